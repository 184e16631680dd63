import { useText } from '../../lib/i18n.ts';
import { isLoopback } from './loopback.ts';
import styles from './projection.module.css';

interface LoopbackWarningProps {
  readonly url: string;
}

/** A code that leads every phone to itself says so before a hall has scanned it in vain. */
export function LoopbackWarning({ url }: LoopbackWarningProps) {
  const t = useText();
  return isLoopback(url) ? <p className={styles.loopback}>{t('room:links.loopback')}</p> : null;
}
