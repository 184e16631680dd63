import type { Me } from '../../../core/contract/accounts.ts';
import { may } from '../../../core/domain/people.ts';

/** Whether the ways to planning are worth showing; the server asks again. */
export function mayPlan({ office, convenes }: Me): boolean {
  return convenes.length > 0 || (office !== null && may(office, 'session:plan'));
}
