import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merges } from '../../testing/arbitrary-curating.ts';
import { as, participantId, seated, view, viewId } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { Envelope } from '../events.ts';
import type { ViewId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { applyAll } from './apply.ts';
import { trimmed, viewIn } from './earlier.ts';
import { groupOf, groupsOf } from './groups.ts';
import { guardMerge, guardSplit, supportOf } from './merging.ts';
import { EMPTY_ROOM, type Room } from './state.ts';

const seed = freshSeed();
const options = { seed, numRuns: 100 };
const VIEWS = 6;

/** Views of a member and a resident in turn; a department and an expert endorse some. */
function discussion() {
  const t = seated({ open: true });
  for (let n = 0; n < VIEWS; n += 1) t.must(as(n % 2 === 0 ? 1 : 3), { type: 'postView', view: view(n) });
  return t;
}

const standing = (room: Room) =>
  [...groupsOf(room).others].map(([lead, others]) => [lead, [...others].sort()]);
const sorted = (room: Room) => standing(room).sort((a, b) => String(a[0]).localeCompare(String(b[0])));
const held = (room: Room, ids: readonly ViewId[]) => ids.flatMap((id) => viewIn(room, id) ?? []);

describe(`merging and splitting (seed ${seed})`, () => {
  it('loses no view, word, author or endorsement, and a view stands in one group at most [C3]', () => {
    let reached = 0;
    fc.assert(
      fc.property(fc.array(merges, { minLength: 5, maxLength: 60 }), (script) => {
        const t = discussion();
        const before = t.room();
        for (const command of script) t.ask(as(0), command);
        const room = t.room();
        expect(room.views).toEqual(before.views);
        const { others, leads } = groupsOf(room);
        reached += others.size;
        const all = [...others.values()].flat();
        expect(new Set(all).size).toBe(all.length);
        for (const lead of others.keys()) expect(leads.has(lead)).toBe(false);
        for (const { id } of room.views) expect(groupOf(room, id)).toContain(id);
        // The lineage tells every step, and by whom.
        const steps = t.log.filter(
          ({ event }) => event.type === 'views:merged' || event.type === 'views:split',
        );
        expect(room.merges ?? []).toHaveLength(steps.length);
        expect(steps.every(({ by }) => by === participantId(0))).toBe(true);
        expect(
          applyAll(
            EMPTY_ROOM,
            t.log.map((row) => Envelope.parse(JSON.parse(JSON.stringify(row)))),
          ),
        ).toEqual(room);
      }),
      options,
    );
    expect(reached).toBeGreaterThan(0);
  });

  it('a split takes back what its merge did, whatever else was merged [C3]', () => {
    fc.assert(
      fc.property(fc.array(merges, { maxLength: 30 }), merges, (script, one) => {
        const t = discussion();
        for (const command of script) t.ask(as(0), command);
        if (one.type !== 'mergeViews') return;
        const before = sorted(t.room());
        if (!t.ask(as(0), one).ok) return;
        expect(sorted(t.room())).not.toEqual(before);
        t.must(as(0), { type: 'splitViews', merging: one.merging });
        expect(sorted(t.room())).toEqual(before);
      }),
      options,
    );
  });

  it('counts each person once over a group, as an author or as one who endorses [C4]', () => {
    const endorsing = fc.record({ n: fc.nat({ max: VIEWS - 1 }), who: fc.constantFrom(1, 2, 3, 4, 6) });
    fc.assert(
      fc.property(fc.array(endorsing, { maxLength: 20 }), (script) => {
        const t = discussion();
        for (const { n, who } of script) t.ask(as(who), { type: 'endorseView', viewId: viewId(n) });
        const ids = [0, 1, 2, 3].map(viewId);
        const [lead = viewId(0), ...others] = ids;
        t.must(as(0), { type: 'mergeViews', merging: { lead, others } });
        const room = t.room();
        const { authors, endorsers } = supportOf(room, held(room, groupOf(room, lead)));
        expect(new Set([...authors, ...endorsers]).size).toBe(authors.length + endorsers.length);
        const endorsed = t.log.flatMap(({ by, event }) =>
          event.type === 'view:endorsed' && ids.includes(event.viewId) ? [by] : [],
        );
        expect(new Set([...authors, ...endorsers])).toEqual(
          new Set([participantId(1), participantId(3), ...endorsed]),
        );
      }),
      options,
    );
  });

  it('folds where its views are not held, and a late joiner holds what is read under a held view [C3] [R1]', () => {
    const t = discussion();
    const late = trimmed(t.room(), { said: 1, roll: 0 });
    const known = t.log.length;
    t.must(as(0), { type: 'mergeViews', merging: { lead: viewId(0), others: [viewId(1), viewId(5)] } });
    t.must(as(0), { type: 'spotlightView', viewId: viewId(2) });
    t.must(as(0), { type: 'markView', viewId: viewId(3) });
    const followed = applyAll(late, t.log.slice(known));
    expect(followed.merges).toEqual(t.room().merges);
    expect(followed.spotlight).toEqual(t.room().spotlight);
    const joined = trimmed(t.room(), { said: 1, roll: 0 });
    expect(joined.earlier?.cited.map(({ id }) => id)).toEqual([viewId(0), viewId(1), viewId(2)]);
  });
});

describe('guardMerge', () => {
  const by0 = as(0);
  const two = { lead: viewId(0), others: [viewId(1)] };

  it('lets those who keep the record merge, and nobody else [C3]', () => {
    const room = discussion().room();
    expect(guardMerge(room, by0, two)).toMatchObject({ ok: true });
    expect(guardMerge(room, as(1), two)).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
  });

  it('refuses a view twice, one that is not there, one that was withdrawn, and a group of groups [C3]', () => {
    const t = discussion();
    const reason = (lead: number, ...others: number[]) => {
      const allowed = guardMerge(t.room(), by0, { lead: viewId(lead), others: others.map(viewId) });
      return allowed.ok ? null : allowed.error.reason;
    };
    expect(reason(0, 1, 1)).toBe('FIELD_INVALID');
    expect(reason(0, 0)).toBe('FIELD_INVALID');
    expect(reason(0, 40)).toBe('VIEW_UNKNOWN');
    t.must(as(1), { type: 'withdrawView', viewId: viewId(2) });
    expect(reason(0, 2)).toBe('VIEW_WITHDRAWN');
    t.must(by0, { type: 'mergeViews', merging: two });
    expect(reason(0, 1)).toBe('MERGED_ALREADY');
    expect(reason(1, 3)).toBe('MERGED_ALREADY');
    expect(reason(3, 0)).toBe('MERGED_ALREADY');
    // More can come under a view that leads already.
    expect(reason(0, 3)).toBeNull();
  });

  it('keeps a group to what can be read [C3]', () => {
    const t = seated({ open: true });
    const most = LIMITS.viewsPerMerge;
    for (let n = 0; n <= most; n += 1) t.must(as(1), { type: 'postView', view: view(n) });
    const others = Array.from({ length: most - 1 }, (_, n) => viewId(n + 1));
    t.must(by0, { type: 'mergeViews', merging: { lead: viewId(0), others } });
    expect(guardMerge(t.room(), by0, { lead: viewId(0), others: [viewId(most)] })).toMatchObject({
      error: { reason: 'MERGE_TOO_LARGE', facts: { max: most } },
    });
  });

  it('splits only what is under that view [C3]', () => {
    const t = discussion();
    t.must(by0, { type: 'mergeViews', merging: { lead: viewId(0), others: [viewId(1), viewId(2)] } });
    expect(guardSplit(t.room(), by0, two)).toMatchObject({ ok: true });
    expect(guardSplit(t.room(), by0, { lead: viewId(3), others: [viewId(1)] })).toMatchObject({
      error: { reason: 'NOT_MERGED' },
    });
    t.must(by0, { type: 'splitViews', merging: two });
    expect(groupOf(t.room(), viewId(0))).toEqual([viewId(0), viewId(2)]);
  });
});
