import type { SessionSummary } from '../../core/contract/sessions.ts';
import { OrgId, type SessionId } from '../../core/domain/ids.ts';
import { AppError } from '../app-error.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { planSession, type PlanningDeps, type PlanRequest } from './planning.ts';
import { enterFor, type StandingDeps } from './standing.ts';

/** What sessions need of the world. */
export type SessionsDeps = PlanningDeps & StandingDeps;

export type Sessions = ReturnType<typeof createSessions>;

/** Sessions in short, and how they are planned. */
export function createSessions(deps: SessionsDeps) {
  return {
    list: async (who: SignedIn): Promise<SessionSummary[]> => {
      const officeOrgId = who.office === null || who.orgId === null ? null : OrgId.parse(who.orgId);
      return [...(await deps.sessions.list(who.personId, officeOrgId))];
    },
    get: async (who: SignedIn, sessionId: SessionId): Promise<SessionSummary> => {
      await enterFor(deps, { who, sessionId, act: 'room:read' });
      const summary = await deps.sessions.find(sessionId, who.personId);
      if (summary === null) throw new AppError('SESSION_UNKNOWN');
      return summary;
    },
    plan: (who: SignedIn, request: PlanRequest) => planSession(deps, who, request),
  };
}
