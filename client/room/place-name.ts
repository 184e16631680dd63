import type { Sentence } from '../../core/domain/citing.ts';
import type { Translate } from '../lib/i18n.ts';

/** Where a sentence stands, as people say it: 第 2 条 of a numbered list, or 第 7 句 of the text. */
export function placeName(t: Translate, { heading, point, number }: Sentence): string {
  const place =
    point === null ? t('room:evidence.sentence', { number }) : t('room:evidence.point', { number: point });
  return heading === '' ? place : t('room:evidence.under', { heading, place });
}
