import { describe, expect, it } from 'vitest';
import { linkHash, toEnvelope, type LogRow } from '../../core/domain/chain.ts';
import type { Envelope } from '../../core/domain/events.ts';
import type { ParticipantId, SessionId } from '../../core/domain/ids.ts';
import { EMPTY_ROOM } from '../../core/domain/room/state.ts';
import { catchUp, createHeldRooms, goOn, NOTHING_HELD } from './held-rooms.ts';

/** A log of so many rows, chained; told apart from others by who wrote it. */
function log(length: number, by: Envelope['by'] = 'office') {
  let headHash = '';
  const rows = Array.from({ length }, (_, i): LogRow => {
    const at = `2026-11-21T08:00:00.${String(i % 1_000).padStart(3, '0')}Z`;
    const payload = { type: 'session:paused' } as const;
    const row = { seq: i + 1, at, by, payload, personal: null, salt: null, commitment: null };
    headHash = linkHash(headHash, row);
    return { ...row, hash: headHash };
  });
  const rowsAfter = async (after: number, limit: number) => rows.slice(after, after + limit);
  return { seq: length, headHash, rowsAfter };
}
/** What a process that appended the end of a log behind the first so many says of it. */
async function committedBehind(behind: number, { seq, headHash, rowsAfter }: ReturnType<typeof log>) {
  const events = (await rowsAfter(behind, seq)).map(toEnvelope);
  return { behind: log(behind).headHash, headHash, events };
}
const id = (n: number) => `session ${n}` as SessionId;
const heldAt = (seq: number) => ({ room: { ...EMPTY_ROOM, seq }, lastAt: '', erasedAt: null, headHash: '' });

describe('goOn', () => {
  it('goes on behind the log it holds, and behind no other of the same length [L1] [L2]', async () => {
    const held = await catchUp(NOTHING_HELD, log(3));
    const next = await committedBehind(3, log(5));
    expect(goOn(held, next)).toMatchObject({ room: { seq: 5 }, headHash: log(5).headHash });
    expect(goOn(held, { ...next, behind: 'another end' })).toBeNull();
    expect(goOn(held, { ...next, events: next.events.slice(1) })).toBeNull();
  });
});

describe('catchUp', () => {
  it('reads page by page up to the seq it is asked for, not further [L5]', async () => {
    const held = await catchUp(NOTHING_HELD, { ...log(9_000), seq: 2_500 });
    expect(held.room.seq).toBe(2_500);
    expect((await catchUp(held, log(2_501))).room.seq).toBe(2_501);
  });

  it('reads nothing when nothing is missing', async () => {
    const held = heldAt(7);
    const rowsAfter = () => Promise.reject(new Error('read'));
    expect(await catchUp(held, { seq: 7, headHash: '', rowsAfter })).toEqual(held);
  });

  it('begins anew when the log is shorter than what was held', async () => {
    expect((await catchUp(heldAt(50), log(3))).room).toMatchObject({ seq: 3, state: 'paused' });
    // Grown again to the same length since: only its end tells.
    expect((await catchUp(heldAt(3), log(3))).room).toMatchObject({ seq: 3, state: 'paused' });
  });

  it('begins anew when the log goes on behind another row than the one it holds [L2]', async () => {
    const held = await catchUp(NOTHING_HELD, log(3));
    const other = log(2_500, 'another' as ParticipantId);
    const anew = await catchUp(held, other);
    expect(anew).toEqual(await catchUp(NOTHING_HELD, other));
    // Its own log is read from where it ends.
    const asked: number[] = [];
    const own = log(2_500);
    const rowsAfter = (after: number, limit: number) => own.rowsAfter(asked[asked.push(after) - 1]!, limit);
    expect((await catchUp(held, { ...own, rowsAfter })).headHash).toBe(own.headHash);
    expect(asked).toEqual([3, 1_003, 2_003]);
  });

  it('begins anew when names were erased from the log since, and only then [E2]', async () => {
    const erasedAt = '2026-12-01T00:00:00.000Z';
    const anew = await catchUp(heldAt(3), { ...log(3), erasedAt });
    expect(anew).toMatchObject({ room: { seq: 3, state: 'paused' }, erasedAt });
    expect((await catchUp(anew, { ...log(3), erasedAt })).room).toBe(anew.room);
    expect((await catchUp(anew, log(3))).room).toBe(anew.room);
  });

  it('stops at a log that ends too early, and at a gap [L1]', async () => {
    await expect(catchUp(NOTHING_HELD, { ...log(3), seq: 5 })).rejects.toThrow('ends at 3');
    const { rowsAfter } = log(9);
    const skipping = (after: number, limit: number) => rowsAfter(after + 1, limit);
    await expect(catchUp(NOTHING_HELD, { seq: 5, headHash: '', rowsAfter: skipping })).rejects.toThrow('gap');
  });
});

describe('createHeldRooms', () => {
  it('drops the room that was not used for longest', () => {
    const held = createHeldRooms({ rooms: 2, events: 1_000 });
    held.keep(id(1), heldAt(1));
    held.keep(id(2), heldAt(2));
    held.get(id(1));
    held.keep(id(3), heldAt(3));
    expect([1, 2, 3].map((n) => held.get(id(n)).room.seq)).toEqual([1, 0, 3]);
  });

  it('drops by size too, but never the room in use', () => {
    const held = createHeldRooms({ rooms: 10, events: 100 });
    held.keep(id(1), heldAt(40));
    held.keep(id(1), heldAt(50));
    held.keep(id(2), heldAt(50));
    expect(held.get(id(1)).room.seq).toBe(50);
    held.keep(id(3), heldAt(500));
    expect([1, 2, 3].map((n) => held.get(id(n)).room.seq)).toEqual([0, 0, 500]);
  });

  it('follows a room that it holds, which is no use of it', async () => {
    const held = createHeldRooms({ rooms: 2, events: 1_000 });
    held.keep(id(1), await catchUp(NOTHING_HELD, log(3)));
    held.keep(id(2), heldAt(2));
    const committed = await committedBehind(3, log(5));
    expect([id(1), id(2), id(3)].map((one) => held.wants(one, 3))).toEqual([false, true, false]);
    expect(held.wants(id(1), 5)).toBe(true);
    held.follow(id(1), committed);
    held.follow(id(3), committed);
    held.keep(id(4), heldAt(4));
    // The first was used before the second, whatever others said in it since.
    expect([1, 2, 3, 4].map((n) => held.get(id(n)).room.seq)).toEqual([0, 2, 0, 4]);
  });

  it('counts what it followed among what it holds', async () => {
    const held = createHeldRooms({ rooms: 10, events: 10 });
    held.keep(id(1), heldAt(6));
    held.keep(id(2), await catchUp(NOTHING_HELD, log(3)));
    held.follow(id(2), await committedBehind(3, log(5)));
    expect([1, 2].map((n) => held.get(id(n)).room.seq)).toEqual([0, 5]);
  });
});
