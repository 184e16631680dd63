import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryModerated } from '../../testing/arbitrary-moderation.ts';
import { runSteps } from '../../testing/arbitrary.ts';
import { as } from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { Envelope, type RoomEvent } from '../events.ts';
import { ViewId } from '../ids.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { applyAll } from './apply.ts';
import { trimmed } from './earlier.ts';
import { byOf } from './envelop.ts';
import { moderationFor } from './my-moderation.ts';
import { caseOf } from './reviewing.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy, seenBy, seenLater } from './seen-by.ts';
import { EMPTY_ROOM, type Room } from './state.ts';

const seed = freshSeed();
const options = { seed, numRuns: 60 };

/** Everything that is given out of a room and its log, as one text an audience. */
function givenTo(room: Room, log: readonly Envelope[]) {
  return AUDIENCES.map((audience) => ({
    audience,
    live: log.map((envelope) => seenBy(envelope, audience)),
    later: log.map((envelope) => seenLater(envelope, audience, room)),
    picture: roomSeenBy(room, audience),
  }));
}

/** What an event publishes, or shows again. */
function grantedIn(event: RoomEvent | undefined): ViewId | null {
  if (event?.type === 'view:passed') return event.view.id;
  if (event?.type === 'reply:passed') return ViewId.parse(event.reply.id);
  return event?.type === 'view:restored' ? event.viewId : null;
}

describe(`a moderated meeting (seed ${seed})`, () => {
  it('folds and splits as every log does, and shows each audience the fold of what it sees [X2] [L4] [L6]', () => {
    fc.assert(
      fc.property(arbitraryModerated, (script) => {
        const { log, room } = runSteps(script);
        const read = log.map((envelope) => Envelope.parse(JSON.parse(JSON.stringify(envelope))));
        expect(applyAll(EMPTY_ROOM, read)).toEqual(room);
        for (const { event } of log) {
          const { payload, personal } = splitPersonal(event);
          expect(joinPersonal(payload, personal)).toEqual(event);
          expect(JSON.stringify(payload)).not.toContain('绝密');
          expect(JSON.stringify(payload)).not.toContain('与议题无关');
        }
        for (const { live, later, picture } of givenTo(room, log)) {
          expect(applyAll(EMPTY_ROOM, live)).toEqual(picture);
          expect(applyAll(EMPTY_ROOM, later)).toEqual(picture);
        }
      }),
      options,
    );
  });

  it('gives nobody the words of a view that was never published, nor whose it was [X2]', () => {
    fc.assert(
      fc.property(arbitraryModerated, (script) => {
        const { log, room } = runSteps(script);
        const published = new Set<string>([...room.views, ...room.replies].map(({ id }) => id));
        const secret = log.flatMap(({ event }) =>
          event.type === 'view:held' && event.held !== null && !published.has(event.held.id)
            ? [event.held]
            : [],
        );
        for (const given of givenTo(room, log)) {
          const all = JSON.stringify(given);
          for (const { text } of secret) expect(all).not.toContain(`"${text}"`);
          expect(all).not.toContain('与议题无关');
          // Of what was hidden or withdrawn everybody's picture holds no word either.
          for (const view of given.picture.views)
            if (view.hidden !== undefined || view.withdrawnAt !== undefined) expect(view.text).toBe('');
          for (const { by, event } of given.live)
            if (event.type === 'view:held' || event.type === 'view:reported') expect(by).toBe('withheld');
        }
        // By their seat somebody is given what is theirs; the queue only whoever moderates.
        for (const n of [1, 3, 4, 6]) {
          const { mine, queue } = moderationFor(room, as(n));
          expect(queue).toBeNull();
          expect(mine.every(({ view }) => JSON.stringify(as(n)).includes(view.by))).toBe(true);
        }
      }),
      options,
    );
  });

  it('refuses with a reason, lets nobody decide on their own refusal, and counts right [X3] [X4] [X8]', () => {
    fc.assert(
      fc.property(arbitraryModerated, (script) => {
        const refuser = new Map<ViewId | null, Envelope['by']>();
        let overturned = 0;
        const { log, room } = runSteps(script, (before, _after, events, who) => {
          const decided = events[0];
          if (decided?.type === 'view:refused' || decided?.type === 'view:hidden')
            refuser.set(decided.viewId, byOf(who));
          const id = grantedIn(decided);
          if (id === null) return;
          if (caseOf(before, id)?.state.phase !== 'appealed') return;
          overturned += 1;
          expect(byOf(who)).not.toBe(refuser.get(id));
        });
        const many = (type: RoomEvent['type']) => log.filter(({ event }) => event.type === type).length;
        for (const { by, event } of log) {
          if (event.type === 'view:refused' || (event.type === 'view:hidden' && event.cause === undefined)) {
            expect(event.why).not.toBe('');
            refuser.set(event.viewId, by);
          }
          if (event.type === 'view:upheld') expect(by).not.toBe(refuser.get(event.viewId));
        }
        const { counts, secrets } = room.moderation ?? {};
        // Kept until the record is made, then told of all at once.
        expect((secrets?.overturned ?? 0) + (counts?.overturned ?? 0)).toBe(overturned);
        const sum = (by: object = {}) => Object.values(by).reduce((all: number, n: number) => all + n, 0);
        expect(counts?.held).toBe(many('view:held'));
        expect(sum(counts?.refused)).toBe(many('view:refused'));
        const cases = secrets?.cases ?? [];
        const open = cases.filter(
          ({ kind, state }) => kind === 'held' && (state.phase === 'waiting' || state.phase === 'appealed'),
        );
        expect(counts?.waiting).toBe(open.length);
      }),
      options,
    );
  });

  it('folds on in a browser that holds a part only: nothing needs an earlier view [X2] [R1]', () => {
    fc.assert(
      fc.property(arbitraryModerated, fc.nat({ max: 60 }), (script, at) => {
        const { log, room } = runSteps(script);
        const from = Math.min(log.length, 30 + at);
        const whole = applyAll(EMPTY_ROOM, log.slice(0, from));
        const part = trimmed(roomSeenBy(whole, 'room'), { said: 2, roll: 10 });
        const rest = log.slice(from).map((envelope) => seenBy(envelope, 'room'));
        expect(applyAll(part, rest).moderation).toEqual(roomSeenBy(room, 'room').moderation);
      }),
      options,
    );
  });
});
