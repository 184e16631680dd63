import type { ReactNode } from 'react';
import styles from './amendments.module.css';
import { changeOf } from './word-change.ts';

type AmendedWordsProps = { readonly old: string; readonly fresh: string };

/** Old words with what would go struck out, and what would come beside it. */
export function AmendedWords({ old, fresh }: AmendedWordsProps): ReactNode {
  const { from, to, words } = changeOf(old, fresh);
  return (
    <>
      {old.slice(0, from)}
      {to > from ? <del className={styles.old}>{old.slice(from, to)}</del> : null}
      {words === '' ? null : <ins className={styles.fresh}>{words}</ins>}
      {old.slice(to)}
    </>
  );
}
