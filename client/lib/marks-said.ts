import { itemsOf, type Ask, type PollKind } from '../../core/domain/polls/ask.ts';
import type { Mark } from '../../core/domain/polls/marks.ts';
import type { TextKey, Translate } from './i18n.ts';

type Own = Readonly<Partial<Record<Mark, TextKey>>>;

/** Kinds that have words of their own for a mark. */
const OWN: Readonly<Partial<Record<PollKind, Own>>> = {
  conditional: { no: 'words:markIn.conditional.no' },
  consent: { agree: 'words:markIn.consent.agree', block: 'words:markIn.consent.block' },
  acclamation: { block: 'words:markIn.acclamation.block' },
  signup: { yes: 'words:markIn.signup.yes', no: 'words:markIn.signup.no' },
  statements: { agree: 'words:markIn.statements.agree', disagree: 'words:markIn.statements.disagree' },
  election: { yes: 'words:markIn.election.yes', no: 'words:markIn.election.no' },
  slots: { yes: 'words:markIn.slots.yes', no: 'words:markIn.slots.no' },
  paragraphs: { disagree: 'words:markIn.paragraphs.disagree' },
};

/** What a mark is called on the papers of a poll: 有条件赞成（须保障绕行）. */
export function markSaid(t: Translate, ask: Ask, mark: Mark): string {
  if (ask.kind === 'conditional' && mark === 'conditional' && ask.condition !== '')
    return t('words:markIn.conditional.named', { condition: ask.condition });
  return t(OWN[ask.kind]?.[mark] ?? `words:mark.${mark}`);
}

/** What a paper deals with one by one, in the words of the reader's language. */
export function itemsSaid(t: Translate, ask: Ask): readonly { readonly id: string; readonly text: string }[] {
  if (ask.kind !== 'satisfaction') return itemsOf(ask);
  return ask.aspects.map((id) => ({ id, text: t(`words:aspect.${id}`) }));
}
