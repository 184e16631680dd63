import type { ReactNode } from 'react';
import type { OutcomeNode } from '../../../core/domain/outcome.ts';
import { OutcomeTree } from './outcome-tree.tsx';
import styles from './sheet.module.css';

/** A text as the record shows it. */
export function TextSheet({ text }: { readonly text: OutcomeNode }): ReactNode {
  return (
    <div className={styles.sheet}>
      <OutcomeTree node={text} />
    </div>
  );
}
