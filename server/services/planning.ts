import type { z } from 'zod';
import type { sessionRoutes, SessionSummary } from '../../core/contract/sessions.ts';
import { canonical } from '../../core/domain/canonical.ts';
import { digest } from '../../core/domain/digest.ts';
import type { OrgId, SessionId, StudioId } from '../../core/domain/ids.ts';
import { may } from '../../core/domain/people.ts';
import type { CommandOf } from '../../core/domain/room/commands.ts';
import { decide } from '../../core/domain/room/decide.ts';
import { envelop } from '../../core/domain/room/envelop.ts';
import { EMPTY_ROOM } from '../../core/domain/room/state.ts';
import { AppError, fromRefusal } from '../app-error.ts';
import type { FoldedWords } from '../../core/domain/word-list.ts';
import type { AccountStore } from '../ports/account-store.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { SessionStore } from '../ports/session-store.ts';
import type { SignedIn } from '../ports/sign-ins.ts';

/** What planning needs of the world. */
export type PlanningDeps = {
  readonly sessions: SessionStore;
  readonly accounts: AccountStore;
  readonly rooms: Rooms;
  /** The list of words that a plan goes by as well [X10]. */
  readonly wordsOfOrg: (orgId: OrgId) => Promise<FoldedWords>;
};

export type PlanRequest = z.infer<typeof sessionRoutes.planSession.body>;
type PlanCommand = CommandOf<'planSession' | 'addParticipant' | 'nameHost' | 'submitPlan'>;

/** A convener plans through the office of the studio [S2]. */
const office = { kind: 'office', office: 'admin' } as const;
const atOnce = 50;

/**
 * Plans a session: its rows, then its log. Every step has its own idempotency key made of the session's id and the
 * whole body, so the same request again finishes what a crash left, and another body under the same id is refused.
 */
export async function planSession(
  deps: PlanningDeps,
  who: SignedIn,
  request: PlanRequest,
): Promise<SessionSummary> {
  const orgId = await guardPlanner(deps, who, request.studioId);
  const [first, ...others] = commandsOf(request);
  if (first === undefined) throw new Error('a plan has a first command');
  // A plan that is kept already is not judged anew: the same request again is answered as the first.
  const isKept = (await deps.sessions.orgOf(request.plan.id)) !== null;
  rehearse([first, ...others], isKept ? [] : await deps.wordsOfOrg(orgId));
  const known = await deps.accounts.withAccount(
    orgId,
    request.roll.map((entry) => entry.personId),
  );
  if (!request.roll.every((entry) => known.has(entry.personId))) throw new AppError('PARTICIPANT_UNKNOWN');
  const { id, title, mode, documentId } = request.plan;
  const { studioId, startsAt } = request;
  const isPrivate = request.plan.isPrivate === true;
  const { personId: plannedBy } = who;
  const row = { id, orgId, studioId, title, mode, documentId, startsAt, isPrivate, plannedBy };
  if (!(await deps.sessions.create(row))) throw new AppError('ID_TAKEN');
  await submitAll(deps, {
    who,
    sessionId: id,
    seal: digest(canonical(request)),
    commands: [first, ...others],
  });
  const summary = await deps.sessions.find(id, who.personId, 'none');
  if (summary === null) throw new AppError('SESSION_UNKNOWN');
  return summary;
}

async function guardPlanner(
  { sessions, accounts }: PlanningDeps,
  who: SignedIn,
  studioId: StudioId,
): Promise<OrgId> {
  const orgId = await sessions.orgOfStudio(studioId);
  if (orgId !== null && orgId === who.orgId && who.office !== null && may(who.office, 'session:plan'))
    return orgId;
  const convenes = who.isGuest ? [] : await accounts.convenes(who.personId);
  if (orgId !== null && convenes.some((studio) => studio.studioId === studioId)) return orgId;
  // A studio of one's own house is no secret; another's looks as if it did not exist.
  throw new AppError(orgId !== null && orgId === who.orgId ? 'ROLE_MAY_NOT' : 'STUDIO_UNKNOWN');
}

function commandsOf({ plan: wished, startsAt, roll, hostId, as }: PlanRequest): PlanCommand[] {
  const { startsAt: _startsAt, ...rest } = wished;
  const plan = startsAt === null ? rest : { ...rest, startsAt };
  return [
    as === undefined ? { type: 'planSession', plan } : { type: 'planSession', plan, begins: 'draft' },
    ...roll.map(({ personId, ...participant }): PlanCommand => {
      return { type: 'addParticipant', personId, participant: { ...participant, isGuest: false } };
    }),
    ...(hostId === null ? [] : [{ type: 'nameHost', participantId: hostId } as const]),
    // Asked for approval when everybody is on the roll: the departments there count [S9].
    ...(as === 'in_review' ? [{ type: 'submitPlan' } as const] : []),
  ];
}

/** Judges the whole plan before the first row is written: a plan is kept whole or not at all. */
function rehearse(commands: readonly PlanCommand[], words: FoldedWords): void {
  const people = commands.flatMap((command) => (command.type === 'addParticipant' ? [command.personId] : []));
  if (new Set(people).size !== people.length) throw new AppError('ALREADY_THERE');
  let room = EMPTY_ROOM;
  for (const command of commands) {
    const decided = decide(room, office, command, { words });
    if (!decided.ok) throw fromRefusal(decided.error);
    room = envelop(room, { by: 'office', at: '2000-01-01T00:00:00.000Z', events: decided.value }).room;
  }
}

async function submitAll(
  { rooms }: PlanningDeps,
  {
    who,
    sessionId,
    seal,
    commands,
  }: { who: SignedIn; sessionId: SessionId; seal: string; commands: PlanCommand[] },
): Promise<void> {
  const submit = (command: PlanCommand, index: number) =>
    rooms.submit({
      sessionId,
      who: office,
      actor: who.personId,
      // Whoever plans needs no seat; but that they may is asked again by what stores each command [P13].
      claim: { signInId: who.signInId, personId: who.personId, seat: null },
      key: `plan-${seal.slice(0, 40)}-${index}`,
      command,
    });
  // The plan comes first and the chair last; the roll between goes in batches of the room's queue.
  for (const [index, command] of commands.entries()) {
    if (command.type !== 'addParticipant') await submit(command, index);
    else if ((index - 1) % atOnce === 0)
      await Promise.all(
        commands
          .slice(index, index + atOnce)
          .map((next, offset) => ({ next, at: index + offset }))
          .filter(({ next }) => next.type === 'addParticipant')
          .map(({ next, at }) => submit(next, at)),
      );
  }
}
