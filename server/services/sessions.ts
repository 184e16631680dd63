import type { SessionSummary } from '../../core/contract/sessions.ts';
import { OrgId, type ParticipantId, type PollId, type SessionId } from '../../core/domain/ids.ts';
import { may } from '../../core/domain/people.ts';
import { answerOf, isAsked } from '../../core/domain/room/answers.ts';
import { statesOf } from '../../core/domain/room/course.ts';
import { guardDelegation } from '../../core/domain/room/inviting.ts';
import { boxesOf, remindersOf, votesOf } from '../../core/domain/room/reminding.ts';
import { seatOf, type Room } from '../../core/domain/room/state.ts';
import { AppError } from '../app-error.ts';
import type { BoxStore } from '../ports/box-store.ts';
import type { Reviewing } from '../ports/session-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { earlierPlan } from './earlier-plan.ts';
import { planSession, type PlanningDeps, type PlanRequest } from './planning.ts';
import { enterFor, type StandingDeps } from './standing.ts';

/** What sessions need of the world. */
export type SessionsDeps = PlanningDeps &
  StandingDeps & { readonly clock: Clock; readonly boxes: Pick<BoxStore, 'issueOf'> };

export type Sessions = ReturnType<typeof createSessions>;

/** Sessions in short, and how they are planned. */
export function createSessions(deps: SessionsDeps) {
  return {
    list: async (who: SignedIn): Promise<SessionSummary[]> => {
      const { office, orgId } = who;
      const house =
        office === null || orgId === null
          ? null
          : { orgId: OrgId.parse(orgId), hasPrivate: office === 'admin' };
      const found = await deps.sessions.list(who.personId, house, await reviewingOf(deps, who));
      return who.isGuest ? [...found] : await withAnswers(deps, found);
    },
    get: async (who: SignedIn, sessionId: SessionId): Promise<SessionSummary> => {
      await enterFor(deps, { who, sessionId, act: 'room:read' });
      const summary = await deps.sessions.find(sessionId, who.personId, await reviewingOf(deps, who));
      if (summary === null) throw new AppError('SESSION_UNKNOWN');
      return summary;
    },
    earlierPlan: (who: SignedIn, sessionId: SessionId) => earlierPlan(deps, who, sessionId),
    plan: (who: SignedIn, request: PlanRequest) => planSession(deps, who, request),
  };
}

/** Only so many sessions that go on or are to come are asked how they stand: nobody has more at once. */
const MOST_ASKED = 20;

type Own = Pick<NonNullable<SessionSummary['seat']>, 'answer' | 'mayDelegate' | 'reminders' | 'votes'>;
const NOT_ASKED: Own = { answer: null, mayDelegate: false, reminders: [], votes: [] };

/** Whether invitations to it are still answered. */
const isToCome = ({ state }: Pick<Room, 'state'>) => state === 'scheduled' || state === 'collecting';

/** What somebody has answered to each invitation that waits for it, as their rooms have it [I2]. */
async function withAnswers(
  { rooms, clock, boxes }: SessionsDeps,
  found: readonly SessionSummary[],
): Promise<SessionSummary[]> {
  const isOpen = ({ state, seat }: SessionSummary) => seat !== null && statesOf('castBallot').includes(state);
  const asked = found.filter(isOpen).slice(0, MOST_ASKED);
  const answers = await Promise.all(
    asked.map(async ({ id, seat }): Promise<[string, Own]> => {
      // One room that cannot be read does not take the others from anybody's list.
      const room = await rooms.current(id).catch(() => null);
      if (room === null) return [id, NOT_ASKED];
      const own = seat === null ? undefined : seatOf(room, seat.participantId);
      if (own === undefined) return [id, NOT_ASKED];
      const reminders = [...remindersOf(room, own.id, clock.now())];
      const untaken = await untakenBy(boxes, room, { sessionId: id, own: own.id });
      const votes = [...votesOf(room, own.id, clock.now(), untaken)];
      if (!isAsked(room, own) || !isToCome(room)) return [id, { ...NOT_ASKED, reminders, votes }];
      const mayDelegate = guardDelegation(room, { kind: 'participant', id: own.id }, own.id).ok;
      return [id, { answer: answerOf(own), mayDelegate, reminders, votes }];
    }),
  );
  const known = new Map(answers);
  return found.map(({ seat, ...session }) => {
    return { ...session, seat: seat === null ? null : { ...seat, ...(known.get(session.id) ?? NOT_ASKED) } };
  });
}

type InRoom = { readonly sessionId: SessionId; readonly own: ParticipantId };

/** Boxes that no token was taken out of for somebody's place; one that cannot be asked now is none of them. */
async function untakenBy(
  boxes: Pick<BoxStore, 'issueOf'>,
  room: Room,
  { sessionId, own }: InRoom,
): Promise<ReadonlySet<PollId>> {
  const asked = boxesOf(room, own).map(async ({ pollId, place }) => {
    try {
      return (await boxes.issueOf({ sessionId, pollId }, place)) === null ? [pollId] : [];
    } catch {
      return [];
    }
  });
  return new Set((await Promise.all(asked)).flat());
}

/** Whose plans somebody may approve [S7]. */
async function reviewingOf({ sessions }: SessionsDeps, who: SignedIn): Promise<Reviewing> {
  if (who.office === null || who.orgId === null || !may(who.office, 'session:approve')) return 'none';
  return (await sessions.hasOtherAdmin(OrgId.parse(who.orgId), who.personId)) ? 'others' : 'all';
}
