import type { JoinableRole } from './people.ts';
import { refuse, type Refusal } from './refusals.ts';
import { ok, type Result } from './result.ts';
import type { SessionPlan } from './sessions.ts';

/** Whether a session may have such a link. A private one lets nobody watch, and each of its links is one person's [K2]. */
export function guardLink(
  { isPrivate }: Pick<SessionPlan, 'isPrivate'>,
  { role, maxUses }: { readonly role: JoinableRole; readonly maxUses: number },
): Result<null, Refusal> {
  return isPrivate === true && (role === 'observer' || maxUses > 1) ? refuse('LINK_PERSONAL_ONLY') : ok(null);
}
