import { describe, expect, it } from 'vitest';
import { ParticipantId } from '../core/domain/ids.ts';
import { EMPTY_ROOM } from '../core/domain/room/state.ts';
import { createPictureReader } from './pictures.ts';

const own = ParticipantId.parse('0f0e0d0c-0b0a-4908-8706-050403020100');
const seat = { id: own, role: 'resident', name: '他说"seq":7', enteredAt: null, removedAt: null };

/** A snapshot as a server writes it: the seats first. */
function snapshot(room: object): Buffer {
  const { participants, ...rest } = { ...EMPTY_ROOM, ...room };
  const mine = { participantId: own, papers: {} };
  const now = '2026-11-22T08:00:00.000Z';
  return Buffer.from(JSON.stringify({ room: { participants, ...rest }, audience: 'room', mine, now }));
}

describe('createPictureReader', () => {
  it('sees where a room ends, whatever people call themselves', () => {
    const look = createPictureReader();
    const bytes = snapshot({ seq: 41, participants: { [own]: seat } });
    for (let n = 0; n < 3; n += 1) expect(look(bytes, own).seq).toBe(41);
    expect(look(bytes, own).whole().participants[own]).toEqual(seat);
  });

  it('does not take a room in which the person is not', () => {
    expect(() => createPictureReader()(snapshot({ seq: 41 }), own)).toThrow('is not in the room');
  });

  it('finds out when a room ends elsewhere than its first seq says', () => {
    const odd = { [own]: { ...seat, seq: 3 } };
    expect(() => createPictureReader()(snapshot({ seq: 41, participants: odd }), own)).toThrow('elsewhere');
  });
});
