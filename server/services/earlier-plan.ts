import type { EarlierPlan } from '../../core/contract/sessions.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { chair } from '../../core/domain/room/guards.ts';
import { meetingRulesOf } from '../../core/domain/room/meeting-rules.ts';
import type { AgendaItem, AgendaPlan } from '../../core/domain/sessions.ts';
import { AppError } from '../app-error.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { enterFor, type StandingDeps } from './standing.ts';

/** What another session can be planned from: how this one was arranged and who was asked, nothing that was said [K3]. */
export async function earlierPlan(
  deps: StandingDeps,
  who: SignedIn,
  sessionId: SessionId,
): Promise<EarlierPlan> {
  const { room } = await enterFor(deps, { who, sessionId, act: 'session:plan' });
  if (room.plan === null) throw new AppError('SESSION_UNKNOWN');
  const { id: _id, documentId: _text, documentTitle: _title, studioName: _studio, ...plan } = room.plan;
  const { studioId, seats } = await deps.sessions.rosterOf(sessionId);
  const host = chair(room);
  return {
    plan: { ...plan, agenda: room.agenda.map(planOf), rules: meetingRulesOf(room) },
    studioId,
    roll: seats.map(({ personId, role }) => ({ personId, role })),
    hostPersonId: seats.find(({ id }) => id === host)?.personId ?? null,
  };
}

/** An item without what became of it. */
function planOf({ id, title, kind, speakerRole, minutes, posting }: AgendaItem): AgendaPlan {
  return { id, title, kind, speakerRole, minutes, ...(posting === undefined ? {} : { posting }) };
}
