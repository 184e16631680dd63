import type { PollDraft } from '../../core/domain/polls/draft.ts';
import type { Translate } from './i18n.ts';

/** What a poll is called by its kind: a consultation agrees by applause, and carries nothing [B12]. */
export function kindSaid(t: Translate, { ask, rules }: Pick<PollDraft, 'ask' | 'rules'>): string {
  const isCarried = ask.kind === 'acclamation' && rules.profile === 'internal';
  return isCarried ? t('words:acclaimedInternal') : t(`words:poll.${ask.kind}`);
}
