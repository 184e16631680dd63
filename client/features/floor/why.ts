import { AHEAD_BECAUSE, type Waiting } from '../../../core/domain/room/floor-order.ts';
import type { Translate } from '../../lib/i18n.ts';

/** Why somebody waits at their place, in one sentence; '' at the first place. */
export function whyThere(t: Translate, { place, ahead }: Pick<Waiting, 'place' | 'ahead'>): string {
  if (place === 1) return '';
  const reasons = AHEAD_BECAUSE.flatMap((because) => {
    const count = ahead[because];
    return count === undefined ? [] : [t(`room:floor.ahead.${because}`, { count })];
  });
  return t('room:floor.aheadOf', { count: place - 1, reasons: reasons.join(t('room:floor.aheadJoin')) });
}
