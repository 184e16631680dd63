import type { SessionSummary } from '../../core/contract/sessions.ts';
import { OrgId, type SessionId } from '../../core/domain/ids.ts';
import { may } from '../../core/domain/people.ts';
import { AppError } from '../app-error.ts';
import type { Reviewing } from '../ports/session-store.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { earlierPlan } from './earlier-plan.ts';
import { planSession, type PlanningDeps, type PlanRequest } from './planning.ts';
import { enterFor, type StandingDeps } from './standing.ts';

/** What sessions need of the world. */
export type SessionsDeps = PlanningDeps & StandingDeps;

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
      return [...(await deps.sessions.list(who.personId, house, await reviewingOf(deps, who)))];
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

/** Whose plans somebody may approve [S7]. */
async function reviewingOf({ sessions }: SessionsDeps, who: SignedIn): Promise<Reviewing> {
  if (who.office === null || who.orgId === null || !may(who.office, 'session:approve')) return 'none';
  return (await sessions.hasOtherAdmin(OrgId.parse(who.orgId), who.personId)) ? 'others' : 'all';
}
