import type { ReactNode } from 'react';
import styles from './alert.module.css';

interface AlertProps {
  readonly children: ReactNode;
  readonly tone?: 'bad' | 'calm';
}

/** Something that must be read before going on; a reader hears it when it appears. */
export function Alert({ children, tone = 'bad' }: AlertProps) {
  return (
    <div className={styles.alert} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <span aria-hidden="true">{tone === 'bad' ? '▲' : '●'}</span>
      <div>{children}</div>
    </div>
  );
}
