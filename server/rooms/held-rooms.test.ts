import { describe, expect, it } from 'vitest';
import { toEnvelope, type LogRow } from '../../core/domain/chain.ts';
import { linkHash } from '../../core/domain/linking.ts';
import type { Envelope } from '../../core/domain/events.ts';
import type { ParticipantId, SessionId, ViewId } from '../../core/domain/ids.ts';
import { freshSeed } from '../../core/testing/seed.ts';
import { EMPTY_ROOM } from '../../core/domain/room/state.ts';
import { boundsFor, catchUp, createHeldRooms, goOn, NOTHING_HELD, type HeldRooms } from './held-rooms.ts';
import { bytesOf } from './room-size.ts';

const seed = freshSeed();
/** Numbers from 0 to 1 that look like chance, the same for a seed. */
const chanceFrom = (start: number) => {
  let state = (start % 2_147_483_646) + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};

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
/** A room that counts as many bytes as it has events. */
const heldAt = (seq: number) => ({ ...NOTHING_HELD, room: { ...EMPTY_ROOM, seq }, bytes: seq });

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

describe(`createHeldRooms (seed ${seed})`, () => {
  const seqs = (held: HeldRooms, ns: readonly number[]) => ns.map((n) => held.get(id(n)).room.seq);

  it('drops the room that was not used for longest', () => {
    const held = createHeldRooms({ unheard: 100, all: 100 });
    held.keep(id(1), heldAt(40));
    held.keep(id(2), heldAt(41));
    held.get(id(1));
    held.keep(id(3), heldAt(42));
    expect(seqs(held, [1, 2, 3])).toEqual([40, 0, 42]);
  });

  it('counts a room once however often it is kept, and never drops the room in use', () => {
    const held = createHeldRooms({ unheard: 100, all: 100 });
    held.keep(id(1), heldAt(40));
    held.keep(id(1), heldAt(50));
    held.keep(id(2), heldAt(50));
    expect(seqs(held, [1])).toEqual([50]);
    held.keep(id(3), heldAt(500));
    expect(seqs(held, [1, 2, 3])).toEqual([0, 0, 500]);
  });

  it('drops rooms that nobody hears before any that somebody does, though used since', () => {
    const heard = new Set([id(1), id(2)]);
    const held = createHeldRooms({ unheard: 100, all: 1_000 }, (one) => heard.has(one));
    for (const n of [1, 2, 3, 4]) held.keep(id(n), heldAt(60));
    expect(seqs(held, [1, 2, 3, 4])).toEqual([60, 60, 0, 60]);
    // Who has left is heard no more.
    heard.delete(id(1));
    held.keep(id(5), heldAt(60));
    expect(seqs(held, [1, 2, 3, 4, 5])).toEqual([0, 60, 0, 0, 60]);
  });

  it('stays within its memory also where somebody hears every room', () => {
    const random = chanceFrom(seed);
    const held = createHeldRooms({ unheard: 100, all: 1_000 }, () => true, random);
    const rooms = Array.from({ length: 50 }, (_, n) => n);
    for (const n of rooms) held.keep(id(n), heldAt(40));
    expect(seqs(held, rooms).filter((seq) => seq > 0)).toHaveLength(25);
  });

  it('lets rooms that talk in turn stay, but for about as many as are too many', () => {
    const random = chanceFrom(seed);
    const held = createHeldRooms({ unheard: 100, all: 1_000 }, () => true, random);
    const rooms = Array.from({ length: 102 }, (_, n) => n);
    for (const n of rooms) held.keep(id(n), heldAt(10));
    let folded = 0;
    for (let round = 0; round < 20; round += 1)
      for (const n of rooms) {
        const isHeld = held.get(id(n)).room.seq > 0;
        if (!isHeld) folded += 1;
        held.keep(id(n), heldAt(10));
      }
    // Two too many. The least recently used would always be the next to come: 20 × 102.
    expect(folded).toBeLessThan(20 * 20);
  });

  it('follows a room that it holds, which is no use of it', async () => {
    const three = await catchUp(NOTHING_HELD, log(3));
    const held = createHeldRooms({ unheard: three.bytes + 3_000, all: Infinity });
    held.keep(id(1), three);
    held.keep(id(2), heldAt(2));
    const committed = await committedBehind(3, log(5));
    expect([id(1), id(2), id(3)].map((one) => held.wants(one, 3))).toEqual([false, true, false]);
    expect(held.wants(id(1), 5)).toBe(true);
    held.follow(id(1), committed);
    held.follow(id(3), committed);
    expect(held.wants(id(1), 5)).toBe(false);
    held.keep(id(4), heldAt(4_000));
    // The first was used before the second, whatever others said in it since.
    expect(seqs(held, [1, 2, 3, 4])).toEqual([0, 2, 0, 4_000]);
  });

  it('counts what it followed among what it holds', async () => {
    const three = await catchUp(NOTHING_HELD, log(3));
    const held = createHeldRooms({ unheard: three.bytes + 100, all: Infinity });
    held.keep(id(1), heldAt(60));
    held.keep(id(2), three);
    held.follow(id(2), await committedBehind(3, log(5)));
    expect(seqs(held, [1, 2])).toEqual([0, 5]);
  });
});

describe('boundsFor', () => {
  it('keeps a thousand rooms of twenty in which much was said, in the heap of an ordinary machine', () => {
    const seat = { event: { type: 'participant:entered', participantId: '' as ParticipantId } } as const;
    const view = {
      event: {
        type: 'view:posted',
        view: { id: '' as ViewId, stance: 'info', text: '字'.repeat(20), replyTo: null },
        itemId: null,
      },
    } as const;
    const bytes = bytesOf([
      ...Array.from({ length: 40 }, () => seat),
      ...Array.from({ length: 400 }, () => view),
    ]);
    expect(boundsFor(4 * 1024 ** 3).unheard / bytes).toBeGreaterThan(1_000);
  });
});
