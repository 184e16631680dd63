import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { part } from '../../ui/part.tsx';
import type { RecountProps } from './recount.tsx';
import styles from './recount.module.css';

const Recount = part(async () => (await import('./recount.tsx')).Recount, {
  of: 'asker',
  texts: ['recount'],
  waiting: 'lines',
});

/** Export and check of a closed poll, folded away until somebody asks; nothing where there is no file of it. */
export function RecountFold(props: RecountProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  if (props.poll.result === null || props.poll.seal === '') return null;
  return (
    <details className={styles.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('room:polls.recount')}</summary>
      {isOpen ? <Recount {...props} /> : null}
    </details>
  );
}
