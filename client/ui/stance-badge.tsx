import type { Stance } from '../../core/domain/views.ts';
import { useText } from '../lib/i18n.ts';
import styles from './stance-badge.module.css';

/** A drawing for each stance beside its colour and its words. */
const DRAWINGS: Readonly<Record<Stance, string>> = {
  support: 'M1.500 6.500 4.500 9.500 10.500 2.500',
  conditional: 'M1 6.500l2.500 2.500L8 3M9.500 8.500h2M10.500 7.500v2',
  oppose: 'M2.500 2.500l7 7M9.500 2.500l-7 7',
  neutral: 'M2 6h8',
  question: 'M3.500 4a2.500 2.500 0 1 1 3.600 2.200C6.200 6.700 6 7.200 6 8M6 10.800v.1',
  suggestion: 'M6 1.500v6M3 4.500l3-3 3 3M2.500 10.500h7',
  info: 'M6 5.500v5M6 2v.1',
};

interface StanceMarkProps {
  readonly stance: Stance;
}

/** The drawing alone; the stance is said by words nearby. */
export function StanceMark({ stance }: StanceMarkProps) {
  return (
    <svg className={styles.mark} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <path d={DRAWINGS[stance]} />
    </svg>
  );
}

export function StanceBadge({ stance }: StanceMarkProps) {
  const t = useText();
  return (
    <span className={styles.badge} data-stance={stance}>
      <StanceMark stance={stance} />
      {t(`words:stance.${stance}`)}
    </span>
  );
}
