import type { ReactNode } from 'react';
import { useText, type TextKey, type Translate } from '../../lib/i18n.ts';
import { download } from '../../lib/download.ts';
import { Button } from '../../ui/button.tsx';
import { Findings } from '../../ui/findings.tsx';
import { anchorOf } from '../../lib/record-anchors.ts';
import type { Evidence, Finding, Verdict } from './verify.ts';
import styles from './verify-panel.module.css';

const PARTS: Readonly<Record<string, TextKey>> = {
  participants: 'archive:people.title',
  agenda: 'archive:agenda.title',
  views: 'archive:views.title',
  replies: 'archive:views.replies',
  turns: 'archive:floor.title',
  polls: 'archive:polls.title',
  text: 'archive:text.title',
  tasks: 'archive:tasks.title',
};
const BREAKS = {
  gap: 'archive:verify.gap',
  hash: 'archive:verify.hash',
  commitment: 'archive:verify.commitment',
  head: 'archive:verify.head',
} as const satisfies Record<string, TextKey>;

type VerdictBlockProps = { readonly verdict: Verdict; readonly evidence: Evidence };

/** Green or red, in plain words, and with what it was judged from. */
export function VerdictBlock({ verdict, evidence }: VerdictBlockProps): ReactNode {
  const t = useText();
  return (
    <Findings
      verdict={verdict.holds ? 'holds' : 'broken'}
      headline={t(verdict.holds ? 'archive:verify.holds' : 'archive:verify.broken')}
      findings={verdict.findings.map((finding) => ({
        id: finding.check,
        holds: finding.holds,
        text: wordsOf(t, finding),
        why: <BrokenEntry finding={finding} />,
      }))}
    >
      {verdict.holds ? null : <p>{t('archive:verify.next')}</p>}
      <Bundle evidence={evidence} />
    </Findings>
  );
}

function wordsOf(t: Translate, finding: Finding): string {
  switch (finding.check) {
    case 'chain':
      if (!finding.holds) return t(BREAKS[finding.why], { seq: finding.seq });
      return finding.erased === 0
        ? t('archive:verify.chain', { count: finding.rows })
        : `${t('archive:verify.chain', { count: finding.rows })} ${t('archive:verify.erased', { count: finding.erased })}`;
    case 'room': {
      if (finding.holds) return t('archive:verify.room');
      const part = finding.part === null ? undefined : PARTS[finding.part];
      return t('archive:verify.roomDiffers', {
        part: part === undefined ? t('archive:verify.otherPart') : t(part),
      });
    }
    case 'text':
      return t(finding.holds ? 'archive:verify.text' : 'archive:verify.textDiffers');
    case 'boxes':
      return finding.holds
        ? t('archive:verify.boxes', { count: finding.boxes })
        : t('archive:verify.boxDiffers', { question: finding.question ?? '' });
  }
}

/** Leads to the entry on the page, where it is one that stands there. */
function BrokenEntry({ finding }: { readonly finding: Finding }): ReactNode {
  const t = useText();
  if (finding.check !== 'chain' || finding.holds) return null;
  const anchor = anchorOf(finding.seq);
  if (document.getElementById(anchor) === null) return null;
  return (
    <>
      {' '}
      <a href={`#${anchor}`}>{t('archive:verify.goToEntry', { seq: finding.seq })}</a>
    </>
  );
}

/** Everything the verdict rests on, for whoever wants to check it without us. */
function Bundle({ evidence }: { readonly evidence: Evidence }): ReactNode {
  const t = useText();
  const take = (): void =>
    download(`shangliang-${evidence.archive.sessionId}.json`, JSON.stringify(evidence));
  return (
    <p className={styles.bundle}>
      <Button isSmall onClick={take}>
        {t('archive:verify.bundle')}
      </Button>
    </p>
  );
}
