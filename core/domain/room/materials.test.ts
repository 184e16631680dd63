import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runSteps } from '../../testing/arbitrary.ts';
import { arbitraryMaterialScript, fileId, material, sentFile } from '../../testing/arbitrary-materials.ts';
import { as, ADMIN, AT, OFFICE, participantId, seated } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { LIMITS } from '../limits.ts';
import { splitPersonal } from '../personal.ts';
import { decide } from './decide.ts';
import { materialsOf } from './materials.ts';

const RECORDER = as(5);
const seed = freshSeed();
const add = (n: number) => ({ type: 'addMaterial', material: material(n) }) as const;
const sent = (n: number) => ({ files: [sentFile(n)] });
const stage = () => seated({ open: true });
const idsIn = (t: ReturnType<typeof stage>) => materialsOf(t.room()).map(({ id }) => id);

describe('materials', () => {
  it('are added by whoever runs the session, keeps its record or works for it, before, in and behind the meeting [Y1]', () => {
    for (const who of [as(0), RECORDER, OFFICE]) stage().must(who, add(0), sent(0));
    for (const who of [as(1), as(2), as(3), as(4), ADMIN])
      expect(stage().ask(who, add(0), sent(0))).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    const before = seated({ open: false });
    before.must(as(0), add(0), sent(0));
    const t = stage();
    t.must(as(0), { type: 'endMeeting' });
    t.must(as(0), add(0), sent(0));
    expect(t.room().materials).toEqual([{ ...material(0), by: participantId(0), at: AT }]);
    const closed = stage();
    closed.must(as(0), { type: 'closeSession' }, { text: { head: 1, sha256: '0'.repeat(64) } });
    expect(closed.ask(as(0), add(0), sent(0))).toMatchObject({ error: { reason: 'SESSION_CLOSED' } });
  });

  it('are only what whoever adds them has sent, as it was kept, and stand once [Y1]', () => {
    const t = stage();
    const unsent = { error: { reason: 'FILE_UNKNOWN' } };
    expect(t.ask(as(0), add(0))).toMatchObject(unsent);
    for (const other of [
      sentFile(1),
      sentFile(0, { sha256: 'f'.repeat(64) }),
      sentFile(0, { sizeBytes: 9 }),
      sentFile(0, { kind: 'docx' }),
      sentFile(0, { use: 'picture' }),
      sentFile(0, { usedFor: fileId(0) }),
    ])
      expect(t.ask(as(0), add(0), { files: [other] })).toMatchObject(unsent);
    t.must(as(0), add(0), sent(0));
    expect(t.ask(as(0), add(0), sent(0))).toMatchObject({ error: { reason: 'ID_TAKEN' } });
  });

  it('stay in the list when they are withdrawn, once, and make room for others [Y2]', () => {
    const t = stage();
    for (let n = 0; n < LIMITS.materialsPerSession; n += 1) t.must(as(0), add(n), sent(n));
    const more = LIMITS.materialsPerSession;
    const full = { error: { reason: 'MATERIALS_FULL', facts: { max: more } } };
    expect(t.ask(as(0), add(more), sent(more))).toMatchObject(full);
    const withdraw = { type: 'withdrawMaterial', materialId: fileId(0) } as const;
    expect(t.ask(as(1), withdraw)).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    t.must(RECORDER, withdraw);
    expect(t.ask(as(0), withdraw)).toMatchObject({ error: { reason: 'MATERIAL_WITHDRAWN' } });
    expect(materialsOf(t.room())[0]?.withdrawn).toEqual({ by: participantId(5), at: AT });
    t.must(as(0), add(more), sent(more));
    const ghost = { type: 'withdrawMaterial', materialId: fileId(99) } as const;
    expect(t.ask(as(0), ghost)).toMatchObject({ error: { reason: 'MATERIAL_UNKNOWN' } });
  });

  it('are put before another, or last; where they stand already nothing happens [Y3]', () => {
    const t = stage();
    for (const n of [0, 1, 2]) t.must(as(0), add(n), sent(n));
    const place = (n: number, before: number | null) =>
      ({
        type: 'placeMaterial',
        materialId: fileId(n),
        before: before === null ? null : fileId(before),
      }) as const;
    t.must(as(0), place(2, 0));
    expect(idsIn(t)).toEqual([2, 0, 1].map(fileId));
    t.must(as(0), place(2, null));
    expect(idsIn(t)).toEqual([0, 1, 2].map(fileId));
    for (const there of [place(0, 1), place(2, null), place(1, 1)])
      expect(decide(t.room(), as(0), there)).toEqual({ ok: true, value: [] });
    expect(t.ask(as(0), place(0, 9))).toMatchObject({ error: { reason: 'MATERIAL_UNKNOWN' } });
  });

  it('keep their titles beside the chain, and none gets lost by moving [L4] [Y3]', () => {
    const { payload, personal } = splitPersonal({ type: 'material:added', material: material(0) });
    expect(personal).toEqual({ title: material(0).title });
    expect(JSON.stringify(payload)).not.toContain(material(0).title);
    fc.assert(
      fc.property(arbitraryMaterialScript, (script) => {
        const { log, room } = runSteps(script);
        const added = log.flatMap(({ event }) =>
          event.type === 'material:added' ? [event.material.id] : [],
        );
        expect(
          materialsOf(room)
            .map(({ id }) => id)
            .sort(),
        ).toEqual([...added].sort());
      }),
      { seed, numRuns: 50 },
    );
  });
});
