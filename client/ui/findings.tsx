import type { ReactNode } from 'react';
import styles from './findings.module.css';

/** One thing that was checked; why: what differs, where it does not hold. */
export type Finding = {
  readonly id: string;
  readonly holds: boolean;
  readonly text: string;
  readonly why?: ReactNode;
};

interface FindingsProps {
  /** partly: nothing is wrong, but not everything could be looked at. */
  readonly verdict: 'holds' | 'partly' | 'broken';
  readonly headline: string;
  readonly findings: readonly Finding[];
  readonly children?: ReactNode;
}

/** What a check found: a headline, and one line for each thing that was looked at. */
export function Findings({ verdict, headline, findings, children }: FindingsProps) {
  return (
    <div className={styles.verdict} data-verdict={verdict}>
      <p className={styles.headline}>
        <Sign name={verdict} />
        {headline}
      </p>
      <ul role="list">
        {findings.map(({ id, holds, text, why }) => (
          <li key={id} data-check={id} data-holds={holds}>
            <Sign name={holds ? 'holds' : 'broken'} />
            <span>
              {text}
              {why}
            </span>
          </li>
        ))}
      </ul>
      {children}
    </div>
  );
}

const PATHS = {
  holds: 'M5 12.500l4.500 4.500L19 7.500',
  partly: 'M5 12h14',
  broken: 'M6 6l12 12M18 6L6 18',
} as const;

function Sign({ name }: { readonly name: FindingsProps['verdict'] }) {
  return (
    <svg className={styles.icon} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
