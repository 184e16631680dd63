import { mainActOf, postingOf } from '../../../core/domain/room/posting.ts';
import type { AgendaItem } from '../../../core/domain/sessions.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './agenda.module.css';

interface ItemPurposeProps {
  readonly item: AgendaItem;
}

/** What the current item is for, and what may be posted meanwhile. */
export function ItemPurpose({ item }: ItemPurposeProps) {
  const t = useText();
  const posting = postingOf(item);
  return (
    <p className={styles.purpose}>
      {t(`room:agenda.for.${mainActOf(item)}`)} {t(`room:agenda.open.${posting}`)}
    </p>
  );
}
