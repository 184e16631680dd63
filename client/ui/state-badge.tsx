import type { SessionState } from '../../core/domain/sessions.ts';
import { useText } from '../lib/i18n.ts';
import styles from './state-badge.module.css';

interface StateBadgeProps {
  readonly state: SessionState;
  /** Other words than the state's name. */
  readonly label?: string;
}

/** The state of a session in words, with a shape of its own: ring, full dot, two bars, square. */
export function StateBadge({ state, label }: StateBadgeProps) {
  const t = useText();
  return (
    <span className={styles.badge} data-state={state}>
      <span className={styles.shape} aria-hidden="true" />
      {label ?? t(`words:state.${state}`)}
    </span>
  );
}
