import { spelledFingerprint } from '../../../core/domain/polls/box.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { useText } from '../../lib/i18n.ts';
import styles from './polls.module.css';

/** The key of the ballot box as everybody compares it; nothing where there is none. */
export function BoxKeyLine({ poll, isWall = false }: { readonly poll: Poll; readonly isWall?: boolean }) {
  const t = useText();
  if (poll.phase === 'prepared' || poll.key === undefined) return null;
  return (
    <p className={isWall ? undefined : styles.hint} data-testid="box-key">
      {t('room:polls.box.key')}{' '}
      <code className={styles.seal}>{spelledFingerprint(poll.key.fingerprint)}</code>
      {isWall ? null : <> {t('room:polls.box.keyHint')}</>}
    </p>
  );
}
