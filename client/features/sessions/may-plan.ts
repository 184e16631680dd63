import type { Me } from '../../../core/contract/accounts.ts';
import type { SessionSummary } from '../../../core/contract/sessions.ts';
import { may } from '../../../core/domain/people.ts';

/** Whether the ways to planning are worth showing; the server asks again. */
export function mayPlan({ office, convenes }: Me): boolean {
  return convenes.length > 0 || (office !== null && may(office, 'session:plan'));
}

/** Whether another session can be planned after this one: by whoever may plan, and plans or planned this one too. */
export function mayCopy(me: Me, { seat }: SessionSummary): boolean {
  if (!mayPlan(me)) return false;
  // What is of the office is the office's, whatever seat they have [P15].
  return (
    (me.office !== null && may(me.office, 'session:plan')) ||
    (seat !== null && may(seat.role, 'session:plan'))
  );
}
