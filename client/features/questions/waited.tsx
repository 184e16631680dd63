import { useServerNow } from '../../lib/clock.ts';
import { formatDuration } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './questions.module.css';

interface WaitedProps {
  readonly since: string;
  readonly clockOffsetMs: number;
}

/** How long a question waits, on the server's clock. */
export function Waited({ since, clockOffsetMs }: WaitedProps) {
  const t = useText();
  const ms = Math.max(0, useServerNow(clockOffsetMs) - Date.parse(since));
  return (
    <span className={styles.waited} role="timer">
      {t('room:questions.waited', { time: formatDuration(ms) })}
    </span>
  );
}
