import { waitingAmendments } from '../../core/domain/room/amending.ts';
import { openRemarks } from '../../core/domain/room/remarking.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { useText } from '../lib/i18n.ts';

/** Before a text is laid before people, or sealed: what nobody has decided on. Advice, no wall [O12] [O13]. */
export function BesideTextAdvice({ room }: { readonly room: Room }) {
  const t = useText();
  const waiting = waitingAmendments(room).length;
  const open = openRemarks(room).length;
  return waiting + open === 0 ? null : <p>{t('text:beside.advice', { waiting, open })}</p>;
}
