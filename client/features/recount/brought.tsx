import { useRef, useState } from 'react';
import { POLL_FILE_BYTES, type PollFile } from '../../../core/domain/polls/exporting.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { Chamber, Checks, Indicative } from '../../room/polls/result-parts.tsx';
import { Alert } from '../../ui/alert.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { readPollFile, type FileFault } from './poll-file.ts';
import { verifiedFile, type Verified } from '../../room/recount/verified.ts';
import { RecountVerdict } from '../../room/recount/recount-verdict.tsx';
import styles from './brought.module.css';

type Brought =
  | { readonly step: 'none' }
  | { readonly step: 'reading'; readonly name: string }
  | { readonly step: 'fault'; readonly name: string; readonly fault: FileFault }
  | {
      readonly step: 'read';
      readonly name: string;
      readonly file: PollFile;
      readonly verified: Verified;
    };

/** Somebody's file of a poll, chosen or dropped here, is counted again on this page; nothing of it leaves the device [B26]. */
export function BroughtFile() {
  const t = useText();
  const [brought, setBrought] = useState<Brought>({ step: 'none' });
  const newest = useRef(0);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const turn = (newest.current += 1);
    const { name } = file;
    setBrought({ step: 'reading', name });
    const next = await judged(file);
    // Another one was chosen meanwhile.
    if (turn === newest.current) setBrought({ ...next, name });
  };
  const isFirst = brought.step === 'none';
  return (
    <div className={styles.brought}>
      <p>{t('recount:page.lead')}</p>
      <p>{t('recount:page.private')}</p>
      {/* -- judged never rejects. */}
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
        {brought.step === 'reading' ? <p>{t('recount:page.reading')}</p> : null}
        {brought.step === 'read' ? <RecountVerdict {...brought} nameOf={null} /> : null}
      </div>
      {brought.step === 'fault' ? (
        <Alert>
          <p>{faultSaid(t, brought.fault)}</p>
        </Alert>
      ) : null}
      {brought.step === 'read' ? <Told {...brought} /> : null}
    </div>
  );
}

async function judged(
  brought: File,
): Promise<
  | { readonly step: 'fault'; readonly fault: FileFault }
  | { readonly step: 'read'; readonly file: PollFile; readonly verified: Verified }
> {
  const read = await readPollFile(brought);
  if ('fault' in read) return { step: 'fault', fault: read.fault };
  return { step: 'read', file: read.file, verified: await verifiedFile(read.file) };
}

function faultSaid(t: Translate, fault: FileFault): string {
  if (fault.why === 'other') return t('recount:faults.other', { place: fault.place });
  return t(`recount:faults.${fault.why}`, { most: POLL_FILE_BYTES / 1024 / 1024 });
}

/** What the file tells: the question, when it was held, and the numbers, which the check above has looked at. */
function Told({ file }: { readonly file: PollFile }) {
  const t = useText();
  const { draft, result, openedAt, closedAt } = file;
  return (
    <section className={styles.poll} aria-label={t('recount:page.told')}>
      <h2 dir="auto">{draft.question}</h2>
      <p className={styles.meta}>
        {t(`words:poll.${draft.ask.kind}`)} · {t(`words:secrecy.${draft.rules.secrecy}`)} ·{' '}
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
