import { describe, expect, it } from 'vitest';
import { EMPTY_ROOM, type Room, type Seat } from '../../../core/domain/room/state.ts';
import { musterOf, wholeRoll } from './muster.ts';

function seat(id: string, over: Partial<Seat>): Seat {
  return {
    id: id as Seat['id'],
    role: 'member',
    name: id,
    affiliation: '',
    venueId: 'main',
    isGuest: false,
    enteredAt: null,
    removedAt: null,
    ...over,
  };
}

const seats = [
  seat('a', { role: 'observer', enteredAt: 't' }),
  seat('b', { role: 'convener' }),
  seat('c', { venueId: 'mobile', enteredAt: 't' }),
  seat('d', { enteredAt: 't', removedAt: 't' }),
];
const plan = {
  venues: [
    { id: 'main', name: 'Hall', kind: 'main' },
    { id: 'mobile', name: 'Phones', kind: 'mobile' },
  ],
} as unknown as NonNullable<Room['plan']>;
const room: Room = { ...EMPTY_ROOM, plan, participants: Object.fromEntries(seats.map((s) => [s.id, s])) };

describe('musterOf', () => {
  it('groups by venue and by role in the order of the table, without those removed', () => {
    const [main, mobile] = musterOf(room);
    expect(main?.roles.map((group) => group.role)).toEqual(['convener', 'observer']);
    expect(main).toMatchObject({ expected: 2, present: 1 });
    expect(mobile).toMatchObject({ expected: 1, present: 1 });
  });
});

describe('wholeRoll', () => {
  it('counts who is expected and who came in [P4]', () => {
    expect(wholeRoll(room)).toEqual({ expected: 3, present: 2, excused: 0 });
  });
});
