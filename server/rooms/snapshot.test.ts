import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../core/domain/events.ts';
import { ParticipantId } from '../../core/domain/ids.ts';
import { apply } from '../../core/domain/room/apply.ts';
import { EMPTY_ROOM, type Room } from '../../core/domain/room/state.ts';
import { gzipBehind } from '../shared-text.ts';
import { createSnapshots } from './snapshot.ts';

const idOf = (n: number) => ParticipantId.parse(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);

function eventOf(seq: number, event: Envelope['event']): Envelope {
  return { seq, at: '2026-11-22T08:00:00.000Z', by: idOf(0), event };
}

function withAnother(room: Room, n: number): Room {
  const participant = {
    id: idOf(n),
    role: 'resident' as const,
    name: `群众代表 ${n}`,
    affiliation: '',
    venueId: 'main',
    isGuest: true,
  };
  const added = apply(room, eventOf(room.seq + 1, { type: 'participant:added', participant }));
  return apply(added, eventOf(added.seq + 1, { type: 'participant:entered', participantId: idOf(n) }));
}

const roomOf = (count: number): Room =>
  Array.from({ length: count }, (_, n) => n).reduce(withAnother, EMPTY_ROOM);

async function said(snapshots: ReturnType<typeof createSnapshots>, room: Room): Promise<unknown> {
  const { text } = snapshots(room, 'room');
  const stream = gunzipSync(await gzipBehind(text, '}')).toString();
  expect(stream).toBe(`${text.text()}}`);
  return (JSON.parse(stream) as { room: unknown }).room;
}

describe('createSnapshots', () => {
  it('says each room of a hall that comes in, whatever it said before', async () => {
    const snapshots = createSnapshots();
    let room = EMPTY_ROOM;
    for (let n = 0; n < 420; n += 1) {
      room = withAnother(room, n);
      if (n % 7 === 0 || n > 395) expect(await said(snapshots, room)).toEqual(room);
    }
    // Somebody of the settled part changes, and the first of all.
    for (const participantId of [idOf(30), idOf(0)]) {
      const event = {
        type: 'participant:changed' as const,
        participantId,
        role: 'member' as const,
        venueId: 'b',
      };
      room = apply(room, eventOf(room.seq + 1, event));
      expect(await said(snapshots, room)).toEqual(room);
    }
  });

  it('says it at once for all of an audience', () => {
    const snapshots = createSnapshots();
    const room = roomOf(3);
    expect(snapshots(room, 'room')).toBe(snapshots(room, 'room'));
  });

  it('names the same room the same in every process, and another one otherwise', () => {
    const [room, other] = [roomOf(30), createSnapshots()];
    for (let n = 1; n < 30; n += 1) other(roomOf(n), 'room');
    expect(other(roomOf(30), 'room').digest).toBe(createSnapshots()(room, 'room').digest);
    expect(other(withAnother(room, 30), 'room').digest).not.toBe(other(room, 'room').digest);
  });
});
