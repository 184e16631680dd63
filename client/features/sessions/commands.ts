import { officeRoutes, type Studio } from '../../../core/contract/office.ts';
import {
  sessionRoutes,
  type Account,
  type EarlierPlan,
  type SessionSummary,
} from '../../../core/contract/sessions.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import type { BodyOf } from '../../../core/contract/route.ts';
import { call } from '../../lib/api.ts';
import { asApiError } from '../../lib/errors.ts';
import { setMe } from '../../lib/me.ts';

export type PlanBody = BodyOf<typeof sessionRoutes.planSession>;

/** My sessions. A sign-in that ended meanwhile leads to the sign-in page. */
export async function loadSessions(): Promise<readonly SessionSummary[]> {
  return (await asked(call(sessionRoutes.listSessions, {}))).sessions;
}

/** Studios that I can plan for. */
export async function loadStudios(): Promise<readonly Studio[]> {
  return (await asked(call(officeRoutes.listStudios, {}))).studios;
}

/** People who can be put on a roll. */
export async function loadAccounts(): Promise<readonly Account[]> {
  return (await asked(call(sessionRoutes.listAccounts, {}))).accounts;
}

/** What an earlier session was planned as. */
export function loadEarlierPlan(sessionId: SessionId): Promise<EarlierPlan> {
  return asked(call(sessionRoutes.getPlan, { params: { sessionId } }));
}

/** The plan's id is the key: pressing twice plans one session. */
export function planSession(body: PlanBody): Promise<SessionSummary> {
  return asked(call(sessionRoutes.planSession, { body, key: `plan-${body.plan.id}` }));
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    const error = asApiError(thrown);
    if (error.code === 'UNAUTHENTICATED') setMe(null);
    throw error;
  }
}
