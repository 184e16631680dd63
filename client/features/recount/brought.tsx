import { useEffect, useRef, useState } from 'react';
import { POLL_FILE_BYTES } from '../../../core/domain/polls/exporting.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { kindSaid } from '../../lib/kind-said.ts';
import { Chamber, Checks, Indicative } from '../../room/polls/result-parts.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { RecountVerdict } from '../../room/recount/recount-verdict.tsx';
import type { FileTold, Verified } from '../../room/recount/verified.ts';
import { BroughtReceipt } from './brought-receipt.tsx';
import type { Progress } from './judgement.ts';
import { createJudging, type Judging } from './judging.ts';
import type { FileFault } from './poll-file.ts';
import styles from './brought.module.css';

type Brought =
  | { readonly step: 'none' }
  | { readonly step: 'judging'; readonly name: string; readonly progress: Progress }
  | { readonly step: 'fault'; readonly name: string; readonly fault: FileFault }
  | {
      readonly step: 'read';
      /** Of the files that were brought, so that no receipt is told of beside another file. */
      readonly turn: number;
      readonly name: string;
      readonly file: FileTold;
      readonly verified: Verified;
    };

/** Somebody's file of a poll, chosen or dropped here, is counted again on this page; nothing of it leaves the device [B26]. */
export function BroughtFile() {
  const t = useText();
  const [brought, setBrought] = useState<Brought>({ step: 'none' });
  const newest = useRef(0);
  const judging = useRef<Judging | null>(null);
  useEffect(() => {
    const mine = createJudging();
    judging.current = mine;
    return () => mine.end();
  }, []);
  const stop = () => {
    newest.current += 1;
    judging.current?.cancel();
    setBrought({ step: 'none' });
  };
  const take = async (file: File | undefined) => {
    const judge = judging.current;
    if (file === undefined || judge === null) return;
    if (brought.step === 'judging') judge.cancel();
    const turn = (newest.current += 1);
    const { name } = file;
    // Another one was chosen meanwhile, or none is wanted any more.
    const say = (next: Brought) => {
      if (turn === newest.current) setBrought(next);
    };
    say({ step: 'judging', name, progress: { step: 'reading' } });
    const judged = await judge.file(file, (progress) => say({ step: 'judging', name, progress }));
    say('fault' in judged ? { step: 'fault', name, ...judged } : { step: 'read', turn, name, ...judged });
  };
  const isFirst = brought.step === 'none';
  return (
    <div className={styles.brought}>
      <p>{t('recount:page.lead')}</p>
      <p>{t('recount:page.private')}</p>
      {/* -- a judgement never rejects. */}
      <FileDrop
        accept=".json,application/json"
        words={{
          button: t(isFirst ? 'recount:page.choose' : 'recount:page.another'),
          field: t('recount:page.choose'),
          hint: t('recount:page.drop'),
        }}
        isMain={isFirst}
        onFile={(file) => void take(file)}
      />
      <div role="status">
        {brought.step === 'none' ? null : (
          <p className={styles.meta} dir="auto">
            {t('recount:page.file', { name: brought.name })}
          </p>
        )}
        {brought.step === 'judging' ? <p>{t(`recount:page.${brought.progress.step}`)}</p> : null}
        {brought.step === 'read' ? <RecountVerdict {...brought} nameOf={null} /> : null}
      </div>
      {brought.step === 'judging' ? <Under progress={brought.progress} onStop={stop} /> : null}
      {brought.step === 'fault' ? (
        <Alert>
          <p>{faultSaid(t, brought.fault)}</p>
        </Alert>
      ) : null}
      {brought.step === 'read' && brought.file.hasBox ? (
        <BroughtReceipt
          key={brought.turn}
          judge={async (file) => (await judging.current?.receipt(file)) ?? null}
        />
      ) : null}
      {brought.step === 'read' ? <Told {...brought} /> : null}
    </div>
  );
}

/** How far it is, and the way out. */
function Under({ progress, onStop }: { readonly progress: Progress; readonly onStop: () => void }) {
  const t = useText();
  const known = progress.step === 'signatures' ? { value: progress.done, max: progress.of } : {};
  return (
    <div className={styles.under}>
      <progress className={styles.progress} aria-label={t(`recount:page.${progress.step}`)} {...known} />
      <Button isSmall onClick={onStop}>
        {t('recount:page.stop')}
      </Button>
    </div>
  );
}

function faultSaid(t: Translate, fault: FileFault): string {
  if (fault.why === 'other') return t('recount:faults.other', { place: fault.place });
  return t(`recount:faults.${fault.why}`, { most: POLL_FILE_BYTES / 1024 / 1024 });
}

/** What the file tells: the question, when it was held, and the numbers, which the check above has looked at. */
function Told({ file }: { readonly file: FileTold }) {
  const t = useText();
  const { draft, result, openedAt, closedAt } = file;
  return (
    <section className={styles.poll} aria-label={t('recount:page.told')}>
      <h2 dir="auto">{draft.question}</h2>
      <p className={styles.meta}>
        {kindSaid(t, draft)} · {t(`words:secrecy.${draft.rules.secrecy}`)} ·{' '}
        {t('recount:page.time', { from: formatDateTime(openedAt), to: formatDateTime(closedAt) })}
      </p>
      <h3>{t('recount:page.told')}</h3>
      {result.chambers.map((chamber) => (
        <div key={chamber.id} className={styles.brought}>
          <Chamber {...{ draft, result, chamber }} />
          <Checks {...{ draft, chamber }} />
        </div>
      ))}
      <p className={styles.meta}>
        {t('room:polls.seal')} <code>{file.seal}</code>
      </p>
      <Indicative draft={draft} />
    </section>
  );
}
