import type { Translate } from '../lib/i18n.ts';

/** Something said, as far as its words are concerned. */
type Said = { readonly text: string; readonly withdrawnAt?: string | undefined };

/** Why there are no words any more; null where there are some. */
export function whyNoWords(t: Translate, { text, withdrawnAt }: Said): string | null {
  if (withdrawnAt !== undefined) return t('room:views.withdrawn');
  return text === '' ? t('room:views.erased') : null;
}

/** What was said, or why it is not there. */
export function shownWords(t: Translate, said: Said): string {
  return whyNoWords(t, said) ?? said.text;
}
