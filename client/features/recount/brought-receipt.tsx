import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { Alert } from '../../ui/alert.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Findings } from '../../ui/findings.tsx';
import type { ReceiptJudged } from './judgement.ts';
import styles from './brought.module.css';

interface BroughtReceiptProps {
  readonly judge: (file: File) => Promise<ReceiptJudged>;
}

/** A voter's receipt, held against the file above; it does not leave the device either [B37]. */
export function BroughtReceipt({ judge }: BroughtReceiptProps) {
  const t = useText();
  const [found, setFound] = useState<{ readonly judged: ReceiptJudged } | null>(null);
  const take = async (file: File | undefined) => {
    if (file !== undefined) setFound({ judged: await judge(file) });
  };
  const judged = found?.judged ?? null;
  const holds = judged?.findings.every((finding) => finding.holds) === true;
  return (
    <section className={styles.brought} aria-label={t('recount:receipt.heading')}>
      <h2>{t('recount:receipt.heading')}</h2>
      <p>{t('recount:receipt.lead')}</p>
      {/* -- judge never rejects. */}
      <FileDrop
        accept=".txt,.json,text/plain"
        words={{
          button: t('recount:receipt.choose'),
          field: t('recount:receipt.choose'),
          hint: t('recount:receipt.drop'),
        }}
        isMain={false}
        onFile={(file) => void take(file)}
      />
      <div role="status">
        {judged === null ? null : (
          <Findings
            verdict={holds ? 'holds' : 'broken'}
            headline={t(holds ? 'recount:receipt.holds' : 'recount:receipt.broken', {
              tracker: judged.tracker,
            })}
            findings={judged.findings.map(({ check, holds: isRight }) => ({
              id: check,
              holds: isRight,
              text: t(isRight ? `recount:receipt.${check}` : `recount:receipt.${check}Wrong`),
            }))}
          />
        )}
      </div>
      {found !== null && judged === null ? (
        <Alert>
          <p>{t('recount:receipt.none')}</p>
        </Alert>
      ) : null}
    </section>
  );
}
