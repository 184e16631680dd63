import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryCuratingScript } from '../../testing/arbitrary-curating.ts';
import { arbitraryScript, arbitraryTalk, runSteps } from '../../testing/arbitrary.ts';
import {
  as,
  AT,
  itemId,
  participantId,
  poll,
  pollId,
  seated,
  uuid,
  view,
  viewId,
  choose,
} from '../../testing/builders.ts';
import { filesFor } from '../../testing/arbitrary-materials.ts';
import { freshSeed } from '../../testing/seed.ts';
import type { Reason } from '../refusals.ts';
import { ReplyDraft } from '../views.ts';
import { apply, applyAll } from './apply.ts';
import { decide } from './decide.ts';
import {
  Page,
  pageOf,
  saidCounts,
  trimmed,
  viewIn,
  withFound,
  withPage,
  withPagesOf,
  withPoll,
} from './earlier.ts';
import { NO_FILTER, passing } from './said-filter.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';
import { EMPTY_ROOM, type Room } from './state.ts';

const seed = freshSeed();
const options = { seed, numRuns: 100 };
const ALL = { said: Number.MAX_SAFE_INTEGER, roll: Number.MAX_SAFE_INTEGER };

/** Everything that a reader can still ask for, loaded. */
function loadAll(room: Room, whole: Room, limit: number): Room {
  let loaded = room;
  for (let before = room.earlier?.before; before !== undefined; before = loaded.earlier?.before)
    loaded = withPage(loaded, overTheWire(pageOf(whole, { before, limit })));
  return whole.polls.reduce(withPoll, loaded);
}

/** What only somebody can tell who holds the view. */
const OF_A_VIEW: readonly Reason[] = [
  'VIEW_UNKNOWN',
  'ID_TAKEN',
  'OWN_VIEW',
  'NOT_OWN_VIEW',
  'VIEW_WITHDRAWN',
  'ENDORSED_ALREADY',
  'NOT_ENDORSED',
  'MARKED_ALREADY',
  'NOT_MARKED',
  'WORDS_UNCHANGED',
  'EDITED_TOO_OFTEN',
];

const overTheWire = (page: Page): Page => Page.parse(JSON.parse(JSON.stringify(page)));

describe(`a room that does not hold everything (seed ${seed})`, () => {
  const cut = fc.record({
    // Percent of the log.
    at: fc.integer({ min: 0, max: 100 }),
    said: fc.integer({ min: 1, max: 5 }),
    roll: fc.integer({ min: 0, max: 3 }),
    limit: fc.integer({ min: 1, max: 4 }),
    // When a page comes: percent of the later events that come before it.
    loadsAt: fc.integer({ min: 0, max: 99 }),
    // So many events after it was asked for the server read it, or it arrived.
    readLater: fc.integer({ min: 0, max: 6 }),
    comesLater: fc.integer({ min: 0, max: 6 }),
  });

  it('with later events and the earlier pages is the whole room, as the audience sees it [R1] [R3] [R4]', () => {
    let pages = 0;
    fc.assert(
      fc.property(
        fc.oneof(arbitraryTalk, arbitraryScript, arbitraryCuratingScript),
        cut,
        (script, { at, said, roll, limit, loadsAt, readLater, comesLater }) => {
          const { log } = runSteps(script);
          const from = Math.floor((log.length * at) / 100);
          for (const audience of AUDIENCES) {
            const seen = log.map((envelope) => seenBy(envelope, audience));
            const wholeAt = (seq: number) => roomSeenBy(applyAll(EMPTY_ROOM, log.slice(0, seq)), audience);
            let room = trimmed(wholeAt(from), { said, roll });
            const loading = from + Math.floor(((log.length - from) * loadsAt) / 100);
            let page: Page | null = null;
            for (const envelope of seen.slice(from)) {
              if (envelope.seq - 1 === loading && room.earlier !== undefined) {
                const whole = wholeAt(Math.min(loading + readLater, log.length));
                const { before } = room.earlier;
                page = overTheWire(pageOf(whole, { before, limit }));
                const filter = { ...NO_FILTER, by: participantId(1) };
                room = withFound(room, overTheWire(pageOf(whole, { before, limit, filter })));
              }
              if (page !== null && envelope.seq - 1 >= loading + comesLater) {
                const joined = withPage(room, page);
                if (joined !== room) pages += 1;
                room = joined;
                page = null;
              }
              room = apply(room, envelope);
            }
            const whole = wholeAt(log.length);
            // What stands beside the part that is held follows what happens to it as well.
            for (const view of room.earlier?.cited ?? []) expect(view).toEqual(viewIn(whole, view.id));
            expect(saidCounts(room)).toEqual({ views: whole.views.length, replies: whole.replies.length });
            expect(loadAll(room, whole, limit)).toEqual(whole);
          }
        },
      ),
      options,
    );
    expect(pages).toBeGreaterThan(0);
  });

  it('refuses nothing for a view that is merely earlier, and answers as the whole room in all else [R2]', () => {
    let earlier = 0;
    fc.assert(
      fc.property(arbitraryTalk, arbitraryScript, (script, asked) => {
        const whole = runSteps(script).room;
        const room = trimmed(whole, { said: 2, roll: 0 });
        if (room.earlier !== undefined) earlier += 1;
        for (const { who, command } of asked) {
          const facts = { at: AT, files: filesFor(whole, command) };
          const truth = decide(whole, who, command, facts);
          const answer = decide(room, who, command, facts);
          // What it cannot know the server still tells.
          const isUnknowable = !truth.ok && OF_A_VIEW.includes(truth.error.reason);
          if (!isUnknowable || room.earlier === undefined) expect(answer).toEqual(truth);
          else if (!answer.ok) expect(OF_A_VIEW).toContain(answer.error.reason);
        }
      }),
      options,
    );
    expect(earlier).toBeGreaterThan(0);
  });

  it('joins a newer part without losing what was loaded, or takes the newer part alone [R1]', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryTalk, arbitraryScript), cut, (script, { at, said, limit, loadsAt }) => {
        const { log } = runSteps(script);
        const wholeAt = (seq: number) => roomSeenBy(applyAll(EMPTY_ROOM, log.slice(0, seq)));
        const from = Math.floor((log.length * at) / 100);
        const to = from + Math.floor(((log.length - from) * loadsAt) / 100);
        const older = wholeAt(from);
        let held = trimmed(older, { said, roll: ALL.roll });
        if (held.earlier !== undefined)
          held = withPage(held, pageOf(older, { before: held.earlier.before, limit }));
        const newer = trimmed(wholeAt(to), { said, roll: ALL.roll });
        const joined = withPagesOf(newer, held);
        expect(saidCounts(joined)).toEqual(saidCounts(newer));
        expect(joined.views.length).toBeGreaterThanOrEqual(newer.views.length);
        expect(loadAll(joined, wholeAt(to), limit)).toEqual(wholeAt(to));
      }),
      options,
    );
  });

  it('finds of a filter what the whole room holds of it, page by page [R3]', () => {
    const filters = fc.record({
      stance: fc.constantFrom(null, 'support' as const, 'info' as const),
      role: fc.constantFrom(null, 'member' as const, 'department' as const),
      itemId: fc.constantFrom(null, itemId(0), itemId(1)),
      venueId: fc.constantFrom(null, 'v-main', 'v-mobile'),
      by: fc.constantFrom(null, participantId(1)),
      isKeyPoint: fc.constantFrom(null, null, true as const),
      q: fc.constantFrom(null, '意见', '改', '无人说过'),
    });
    fc.assert(
      fc.property(arbitraryTalk, filters, cut, (script, filter, { limit }) => {
        const whole = runSteps(script).room;
        const wanted = [...whole.views, ...whole.replies].filter(passing(filter, whole.participants));
        const found = [];
        for (let before: number | undefined = whole.seq + 1; before !== undefined;) {
          const page: Page = pageOf(whole, { before, limit, filter });
          found.push(...page.views, ...page.replies);
          const left = (page.earlier?.views ?? 0) + (page.earlier?.replies ?? 0);
          expect(found.length + left).toBe(wanted.length);
          before = page.earlier?.before;
        }
        expect(found.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => id).sort());
      }),
      options,
    );
  });
});

/** Six views of one member; the last answers the first, and a department answers the second. */
function conversation(): Room {
  const t = seated({ open: true });
  for (let n = 1; n <= 5; n += 1) t.must(as(1), { type: 'postView', view: view(n) });
  t.must(as(3), { type: 'postView', view: view(6, { replyTo: viewId(1) }) });
  const reply = ReplyDraft.parse({
    id: uuid('repl', 1),
    toViews: [viewId(2)],
    commitment: 'can_do',
    text: '好',
  });
  t.must(as(2), { type: 'postReply', reply });
  return t.room();
}

describe('trimmed', () => {
  it('keeps the newest things said and the views that they answer', () => {
    const room = trimmed(conversation(), { said: 2, roll: 50 });
    expect(room.views.map(({ id }) => id)).toEqual([viewId(6)]);
    expect(room.replies).toHaveLength(1);
    expect(room.earlier).toMatchObject({ views: 5, replies: 0 });
    expect(room.earlier?.cited.map(({ id }) => id)).toEqual([viewId(1), viewId(2)]);
    expect(viewIn(room, viewId(2))?.by).toBe(participantId(1));
    expect(viewIn(room, viewId(3))).toBeUndefined();
  });

  it('leaves a room whole that has no more', () => {
    const room = conversation();
    expect(trimmed(room, { said: 7, roll: 50 })).toEqual(room);
  });
});

describe('withPoll', () => {
  it('puts back the roll and papers of a closed poll that many could vote in [R4]', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'preparePoll', poll: poll(0) });
    t.must(as(0), { type: 'openPoll', pollId: pollId(0) });
    t.must(as(1), { type: 'castBallot', pollId: pollId(0), paper: choose('y') });
    expect(trimmed(t.room(), { said: 1, roll: 0 })).toEqual(t.room());
    t.must(as(0), { type: 'closePoll', pollId: pollId(0) });
    const whole = t.room();
    const [closed] = whole.polls;
    if (closed?.phase !== 'closed') throw new Error('not closed');
    const room = trimmed(whole, { said: 1, roll: closed.electorate.length - 1 });
    expect(room.polls[0]).toMatchObject({
      electorate: [],
      ballots: [],
      isBrief: true,
      result: closed.result,
    });
    expect(withPoll(room, closed)).toEqual(whole);
    expect(trimmed(whole, { said: 1, roll: closed.electorate.length })).toEqual(whole);
  });
});

describe('withPage', () => {
  it('takes no page twice and none that leaves a hole [R1]', () => {
    const whole = conversation();
    const room = trimmed(whole, { said: 2, roll: 50 });
    const { before = 0 } = room.earlier ?? {};
    const page = pageOf(whole, { before, limit: 2 });
    const once = withPage(room, page);
    expect(once.views.map(({ id }) => id)).toEqual([viewId(4), viewId(5), viewId(6)]);
    expect(withPage(once, page)).toBe(once);
    expect(withPage(room, pageOf(whole, { before: before - 1, limit: 2 }))).toBe(room);
  });

  it('has no use for a page of a room that is whole', () => {
    const whole = conversation();
    expect(withPage(whole, pageOf(whole, { before: 5, limit: 2, filter: NO_FILTER }))).toBe(whole);
  });
});
