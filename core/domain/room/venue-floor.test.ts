import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFloorScript } from '../../testing/arbitrary-floor.ts';
import { ADMIN, as, AT, CAST, participant, participantId, personId, seated } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { Envelope } from '../events.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { applyAll } from './apply.ts';
import { floorQueue, waitingOf } from './floor-order.ts';
import { floorShares, spokenMsOf, venueShares } from './floor-time.ts';
import { EMPTY_ROOM, type Room } from './state.ts';
import { isAddressed } from './signalling.ts';
import { speakersAt, venueOverrides } from './venue-floor.ts';

const seed = freshSeed();
const DESK = CAST.length;
const [MEMBER, RESIDENT] = [1, 3];
const give = (venueId = 'v-mobile') => ({ type: 'giveVenueFloor', venueId }) as const;
const name = (turn: number, n: number | null) =>
  ({
    type: 'nameVenueSpeaker',
    turn,
    participantId: n === null ? null : participantId(n),
  }) as const;
const later = (seconds: number) => ({ at: new Date(Date.parse(AT) + seconds * 1_000).toISOString() });
const refusal = (reason: string) => ({ error: { reason } });

/** A meeting in two places: the desk of v-mobile and a resident sit there. */
function meeting() {
  const t = seated({ open: true });
  t.must(ADMIN, {
    type: 'addParticipant',
    participant: { ...participant(DESK, 'staff'), venueId: 'v-mobile' },
    personId: personId(DESK),
  });
  t.must(as(0), {
    type: 'changeParticipant',
    participantId: participantId(RESIDENT),
    role: 'resident',
    venueId: 'v-mobile',
  });
  return t;
}

describe('the floor of a venue', () => {
  it('is asked for by its desk, stands in the queue, and is given, timed and taken back as that of a person [F10]', () => {
    const t = meeting();
    const ask = { type: 'requestVenueFloor', venueId: 'v-mobile' } as const;
    expect(t.ask(as(RESIDENT), ask)).toMatchObject(refusal('ROLE_MAY_NOT'));
    expect(t.ask(as(DESK), { ...ask, venueId: 'v-main' })).toMatchObject(refusal('VENUE_OTHER'));
    expect(t.ask(as(DESK), { ...ask, venueId: 'v-none' })).toMatchObject(refusal('VENUE_UNKNOWN'));
    t.must(as(MEMBER), { type: 'requestFloor' });
    t.must(as(DESK), ask);
    expect(t.ask(as(DESK), ask)).toMatchObject(refusal('FLOOR_ALREADY_REQUESTED'));
    expect(floorQueue(t.room()).map(({ request }) => request.venueId)).toEqual([undefined, 'v-mobile']);
    expect(waitingOf(t.room(), participantId(DESK))).toBeNull();
    // Out of order: that must be meant, and is kept.
    expect(venueOverrides(t.room(), 'v-mobile')).toEqual(['order']);
    expect(t.ask(as(0), give())).toMatchObject(refusal('FLOOR_BEYOND_RULES'));
    expect(t.ask(as(DESK), { ...give(), overrides: ['order'] })).toMatchObject(refusal('ROLE_MAY_NOT'));
    t.must(as(0), { ...give(), overrides: ['order'] });
    expect(t.room().queue).toHaveLength(1);
    expect(t.room().turns).toMatchObject([
      { participantId: null, venueId: 'v-mobile', overrides: ['order'], time: { seconds: 180 } },
    ]);
    expect(t.ask(as(0), { ...give(), overrides: ['order'] })).toMatchObject(refusal('FLOOR_TAKEN'));
    // That it cannot be understood is told to everybody who speaks there, and to the chair.
    expect([0, MEMBER, RESIDENT, DESK].map((n) => isAddressed(t.room(), participantId(n)))).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(t.ask(as(DESK), ask)).toMatchObject(refusal('FLOOR_TAKEN'));
    t.must(as(0), { type: 'pauseFloor' });
    t.must(as(0), { type: 'resumeFloor' }, later(60));
    t.must(as(0), { type: 'extendFloor', seconds: 60 }, later(60));
    expect(t.ask(as(RESIDENT), { type: 'endFloor' })).toMatchObject(refusal('ROLE_MAY_NOT'));
    t.must(as(DESK), { type: 'endFloor' }, later(90));
    expect(spokenMsOf(t.room().turns[0]!, 0)).toBe(30_000);
    // The clock ends it too, and the next who is given the floor.
    t.must(as(0), { ...give(), overrides: ['order'] }, later(100));
    t.must(as(0), { type: 'giveFloor', participantId: participantId(MEMBER) }, later(110));
    expect(t.room().turns.map(({ endedAt }) => endedAt === null)).toEqual([false, false, true]);
  });

  it('keeps the request of a venue whose desk has left, and lets whoever gives the floor take it off [F10]', () => {
    const t = meeting();
    t.must(as(DESK), { type: 'requestVenueFloor', venueId: 'v-mobile' });
    t.must(as(0), { type: 'removeParticipant', participantId: participantId(DESK), why: '换人' });
    expect(t.room().queue).toHaveLength(1);
    t.must(as(0), { type: 'withdrawVenueFloor', venueId: 'v-mobile' });
    expect(t.room().queue).toEqual([]);
  });

  it('counts for the venue until somebody says who spoke there, and then for them [F11] [F7]', () => {
    const t = meeting();
    t.must(as(0), give());
    t.must(as(0), { type: 'endFloor' }, later(60));
    const shares = () => {
      const groups = floorShares(t.room(), 0).map(({ group, spokenMs }) => [group, spokenMs]);
      return { ...Object.fromEntries(groups), venues: venueShares(t.room(), 0) };
    };
    const open = [{ venueId: 'v-mobile', spokenMs: 60_000, turns: 1 }];
    expect(shares()).toMatchObject({ public: 0, members: 0, venues: open });
    expect(speakersAt(t.room(), 'v-mobile').map(({ id }) => id)).toEqual([participantId(RESIDENT)]);
    expect(t.ask(as(MEMBER), name(0, RESIDENT))).toMatchObject(refusal('ROLE_MAY_NOT'));
    expect(t.ask(as(DESK), name(0, MEMBER))).toMatchObject(refusal('SPEAKER_ELSEWHERE'));
    expect(t.ask(as(DESK), name(0, DESK))).toMatchObject(refusal('PARTICIPANT_UNKNOWN'));
    expect(t.ask(as(DESK), name(4, RESIDENT))).toMatchObject(refusal('FLOOR_NOT_HELD'));
    t.must(as(DESK), name(0, RESIDENT));
    expect(shares()).toMatchObject({ public: 60_000, venues: [] });
    const known = t.log.length;
    t.must(as(DESK), name(0, RESIDENT));
    expect(t.log).toHaveLength(known);
    // They have spoken: whoever has not goes before them now.
    t.must(as(RESIDENT), { type: 'requestFloor' });
    t.must(as(MEMBER), { type: 'requestFloor' });
    expect(floorQueue(t.room()).map(({ request }) => request.participantId)).toEqual(
      [MEMBER, RESIDENT].map(participantId),
    );
    // Behind the meeting, while the record is written.
    t.must(as(0), { type: 'endMeeting' });
    t.must(as(DESK), name(0, null));
    expect(shares()).toMatchObject({ public: 0, venues: open });
  });

  it('is spoken of in events that can be read again, and in rooms that fold to the same [L5]', () => {
    fc.assert(
      fc.property(arbitraryFloorScript, (script) => {
        const t = meeting();
        for (const { who, command } of script) t.ask(who, command);
        const read = t.log.map((envelope) => {
          const { payload, personal } = splitPersonal(envelope.event);
          return Envelope.parse({ ...envelope, event: joinPersonal(payload, personal) });
        });
        expect(applyAll(EMPTY_ROOM, read)).toEqual(t.room());
        expectOneHolder(t.room());
      }),
      { seed, numRuns: 100 },
    );
  });
});

/** One turn goes on at most, each is a person's or a venue's, and no venue waits twice. */
function expectOneHolder({ turns, queue }: Room): void {
  expect(turns.filter(({ endedAt }) => endedAt === null).length).toBeLessThanOrEqual(1);
  for (const { participantId: id, venueId } of turns) expect(id === null).toBe(venueId !== undefined);
  const venues = queue.flatMap(({ venueId }) => venueId ?? []);
  expect(new Set(venues).size).toBe(venues.length);
}
