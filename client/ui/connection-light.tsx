import { useText } from '../lib/i18n.ts';
import styles from './connection-light.module.css';

/** What a person is told about the line to the server. */
export type Connection = 'connecting' | 'live' | 'offline' | 'catching-up' | 'restored';

interface ConnectionLightProps {
  readonly connection: Connection;
  /** How many things wait to be sent. */
  readonly waiting: number;
}

/** Shape and words, not colour alone; a reader hears each change. */
export function ConnectionLight({ connection, waiting }: ConnectionLightProps) {
  const t = useText();
  const words =
    connection === 'offline' && waiting > 0
      ? t('shell:connection.offlineWaiting', { count: waiting })
      : t(`shell:connection.${connection}`);
  return (
    <span
      className={styles.light}
      data-connection={connection}
      role="status"
      aria-label={t('shell:connection.label')}
    >
      <span className={styles.dot} aria-hidden="true" />
      {words}
    </span>
  );
}
