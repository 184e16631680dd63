import type { SignalKind } from '../../../core/domain/signals.ts';
import styles from './signals.module.css';

const SHAPES: Readonly<Record<SignalKind, string>> = {
  // Two hands, an ear that is struck out, a clock.
  applause:
    'M5 9l4-5 2 1.500-3 4M4 11l5-6M3 12.500C2 10 3 8.500 4.500 8M5 14c3 1.500 6 0 7.500-2.500L14 8l-2-1-2 3',
  unheard: 'M5 6a3 3 0 0 1 6 0c0 2.500-2.500 3-2.500 5.500A1.700 1.700 0 0 1 5.500 12M2 2l12 12',
  overtime: 'M8 2.500a5.500 5.500 0 1 1 0 11 5.500 5.500 0 0 1 0-11zM8 5v3.200l2.300 1.500',
};

interface SignalMarkProps {
  readonly kind: SignalKind;
}

/** The shape of a signal; its word stands beside it. */
export function SignalMark({ kind }: SignalMarkProps) {
  return (
    <svg className={styles.mark} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={SHAPES[kind]} />
    </svg>
  );
}
