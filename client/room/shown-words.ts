import type { View } from '../../core/domain/views.ts';
import type { Translate } from '../lib/i18n.ts';

/** Something said, as far as its words are concerned. */
type Said = {
  readonly text: string;
  readonly withdrawnAt?: string | undefined;
  readonly hidden?: View['hidden'];
};

/** Why there are no words any more; null where there are some. */
export function whyNoWords(t: Translate, { text, withdrawnAt, hidden }: Said): string | null {
  if (withdrawnAt !== undefined) return t('room:views.withdrawn');
  if (hidden !== undefined)
    return t(hidden.byReports === true ? 'room:moderation.hiddenByReports' : 'room:moderation.hiddenFor', {
      reason: t(`room:moderation.reason.${hidden.reason}`),
    });
  return text === '' ? t('room:views.erased') : null;
}

/** What was said, or why it is not there. */
export function shownWords(t: Translate, said: Said): string {
  return whyNoWords(t, said) ?? said.text;
}
