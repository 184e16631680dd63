import type { PollRules } from '../../../core/domain/polls/rules.ts';
import type { Countable } from './countable.ts';
import type { FormField, PollForm } from './poll-form.ts';
import type { RulesForm } from './rules-form.ts';

/** What every part of the rules in the form gets. */
export interface RulesPartProps {
  readonly kind: PollForm['kind'];
  readonly rules: RulesForm;
  /** Who could vote, by name. */
  readonly people: readonly Countable[];
  readonly onRules: (change: Partial<RulesForm>) => void;
  readonly faults: readonly FormField[];
  /** The rules as they were told already: these only become stricter [B40]. */
  readonly told?: Pick<PollRules, 'secrecy' | 'shown'>;
  /** A poll that is held again has the rules of the one that was void, but for these and its end [B43]. */
  readonly isAgain?: boolean;
  /** Its rules that are refused today, so that they have to be changed. */
  readonly mends?: readonly string[];
}
