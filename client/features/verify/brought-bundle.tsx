import { useRef, useState } from 'react';
import { archiveRoutes } from '../../../core/contract/archives.ts';
import { call } from '../../lib/api.ts';
import { useText } from '../../lib/i18n.ts';
import { Alert } from '../../ui/alert.tsx';
import { Field } from '../../ui/field.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import styles from './brought-bundle.module.css';
import { BundleFindings } from './bundle-findings.tsx';
import { checkpointIn } from './checkpoint.ts';
import { judge, type Judged } from './judge.ts';

type Step =
  | { readonly at: 'none' }
  | { readonly at: 'reading'; readonly name: string }
  | { readonly at: 'done'; readonly name: string; readonly judged: Judged; readonly ours: string | null };

/** A record that somebody brought is verified on this page; nothing of it leaves the device [BU6]. */
export function BroughtBundle() {
  const t = useText();
  const [step, setStep] = useState<Step>({ at: 'none' });
  const [typed, setTyped] = useState('');
  const newest = useRef(0);
  const checkpoint = checkpointIn(typed);
  const take = async (file: File | undefined) => {
    if (file === undefined || checkpoint === undefined) return;
    const turn = (newest.current += 1);
    const { name } = file;
    setStep({ at: 'reading', name });
    const expected = checkpoint === null ? {} : { checkpoint };
    const [judged, ours] = await Promise.all([judge({ file, expected }), ownFingerprint()]);
    // Another one was chosen meanwhile.
    if (turn === newest.current) setStep({ at: 'done', name, judged, ours });
  };
  const isFirst = step.at === 'none';
  return (
    <div className={styles.brought}>
      <p>{t('verify:page.lead')}</p>
      <p>{t('verify:page.private')}</p>
      <details>
        <summary>{t('verify:page.hasCheckpoint')}</summary>
        <Field
          label={t('verify:page.checkpoint')}
          hint={t('verify:page.checkpointHint')}
          error={checkpoint === undefined ? t('verify:page.checkpointWrong') : undefined}
          value={typed}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => setTyped(target.value)}
        />
      </details>
      <FileDrop
        accept=".zip,application/zip"
        words={{
          button: t(isFirst ? 'verify:page.choose' : 'verify:page.another'),
          field: t('verify:page.choose'),
          hint: t('verify:page.drop'),
        }}
        isMain={isFirst}
        // -- take never rejects.
        onFile={(file) => void take(file)}
      />
      <div role="status">
        {step.at === 'none' ? null : (
          <p className={styles.meta} dir="auto">
            {t('verify:page.file', { name: step.name })}
          </p>
        )}
        {step.at === 'reading' ? <p>{t('verify:page.reading')}</p> : null}
        {step.at === 'done' && step.judged !== null ? (
          <BundleFindings verdict={step.judged} ours={step.ours} />
        ) : null}
      </div>
      {step.at === 'done' && step.judged === null ? (
        <Alert>
          <p>{t('verify:page.unreadable')}</p>
        </Alert>
      ) : null}
    </div>
  );
}

/** The key of the installation that this page is of; null without a line to it. */
async function ownFingerprint(): Promise<string | null> {
  try {
    return (await call(archiveRoutes.getSigningKey, {})).fingerprint;
  } catch {
    return null;
  }
}
