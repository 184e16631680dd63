import { describe, expect, it } from 'vitest';
import { ParticipantId } from '../../../core/domain/ids.ts';
import type { Role } from '../../../core/domain/people.ts';
import { EMPTY_ROOM, type Room, type Seat } from '../../../core/domain/room/state.ts';
import { CHAIR_STANCES, STANCES } from '../../../core/domain/views.ts';
import { speakingRights } from './speaking-rights.ts';

const idOf = (n: number) => ParticipantId.parse(`00000000-0000-4000-8000-00000000000${n}`);

function seat(n: number, role: Role): Seat {
  return {
    id: idOf(n),
    role,
    name: role,
    affiliation: '',
    venueId: 'v',
    isGuest: false,
    enteredAt: 't',
    removedAt: null,
  };
}

const seats = [seat(1, 'host'), seat(2, 'resident'), seat(3, 'department'), seat(4, 'observer')];
const room: Room = {
  ...EMPTY_ROOM,
  plan: {} as NonNullable<Room['plan']>,
  state: 'in_session',
  participants: Object.fromEntries(seats.map((s) => [s.id, s])),
};
const as = (n: number) => ({ kind: 'participant', id: idOf(n) }) as const;

describe('speakingRights', () => {
  it('offers a resident every stance and no reply of a department [V4] [D1]', () => {
    const rights = speakingRights(room, as(2));
    expect(rights.stances).toEqual(STANCES);
    expect(rights.viewRefusal).toBeNull();
    expect(rights.replyRefusal?.reason).toBe('ROLE_MAY_NOT');
  });

  it('leaves whoever holds the chair only stances that take no side [V4]', () => {
    expect([...speakingRights(room, as(1)).stances].sort()).toEqual([...CHAIR_STANCES].sort());
  });

  it('tells an observer and a paused room why not [P1] [S3]', () => {
    expect(speakingRights(room, as(4)).viewRefusal?.reason).toBe('ROLE_MAY_NOT');
    const paused = speakingRights({ ...room, state: 'paused' }, as(2));
    expect(paused.viewRefusal?.reason).toBe('SESSION_NOT_OPEN');
    expect(paused.stances).toEqual(STANCES);
    expect(speakingRights(room, as(4)).stances).toEqual([]);
  });

  it('knows that a department has nothing to answer before the first view [D1]', () => {
    expect(speakingRights(room, as(3)).replyRefusal?.reason).toBe('VIEW_UNKNOWN');
  });
});
