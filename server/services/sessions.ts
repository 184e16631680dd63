import type { SessionSummary } from '../../core/contract/sessions.ts';
import { OrgId, type SessionId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
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
      return [...(await deps.sessions.list(who.personId, house))];
    },
    get: async (who: SignedIn, sessionId: SessionId): Promise<SessionSummary> => {
      await enterFor(deps, { who, sessionId, act: 'room:read' });
      const summary = await deps.sessions.find(sessionId, who.personId);
      if (summary === null) throw new AppError('SESSION_UNKNOWN');
      return summary;
    },
    earlierPlan: (who: SignedIn, sessionId: SessionId) => earlierPlan(deps, who, sessionId),
    plan: (who: SignedIn, request: PlanRequest) => planSession(deps, who, request),
  };
}
