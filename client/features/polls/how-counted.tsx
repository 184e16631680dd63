import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { part } from '../../ui/part.tsx';
import styles from './polls.module.css';
import type { WorkedExampleProps } from './worked-example.tsx';

const WorkedExample = part(async () => (await import('./worked-example.tsx')).WorkedExample, {
  of: 'asker',
  texts: ['examples'],
  waiting: 'lines',
});

/** 怎么算: folded away until somebody wants to know. */
export function HowCounted({ ask }: WorkedExampleProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles.how} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('room:polls.how')}</summary>
      {isOpen ? <WorkedExample ask={ask} /> : null}
    </details>
  );
}
