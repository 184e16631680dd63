import { useState } from 'react';
import type { ParticipantId } from '../../../core/domain/ids.ts';
import { nullifierOf, spelledFingerprint } from '../../../core/domain/polls/box.ts';
import type { ClosedPoll, OpenPoll } from '../../../core/domain/polls/poll.ts';
import type { ReceiptFile } from '../../../core/domain/polls/receipts.ts';
import { fileName } from '../../../core/domain/file-words.ts';
import { download } from '../../lib/download.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { slipKey, type Slip } from '../../room/box/slip.ts';
import { purse } from '../../room/box/own-purse.ts';
import { Button } from '../../ui/button.tsx';
import { printReceipt } from './printed-receipt.ts';
import styles from './polls.module.css';

interface BoxReceiptProps {
  readonly poll: OpenPoll;
  readonly me: ParticipantId;
  readonly tracker: string;
}

/** Counted: the tracker in large letters, to be noted down, copied or taken along; never what was chosen. */
export function BoxReceipt({ poll, me, tracker }: BoxReceiptProps) {
  const t = useText();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(tracker);
      setCopied(true);
    } catch {
      // It stands there in large letters.
      setCopied(false);
    }
  };
  return (
    <div className={styles.boxState}>
      <p className={styles.state} data-state="counted" role="status">
        {t('box:cast.title')}
      </p>
      <p>
        {t('box:cast.tracker')}{' '}
        <code className={styles.tracker} data-testid="tracker">
          {tracker}
        </code>
      </p>
      <p>{t('box:cast.keep')}</p>
      <div className={styles.boxActs}>
        {/* -- copy tells its own failure. */}
        <Button isSmall onClick={() => void copy()}>
          {t(isCopied ? 'box:cast.copied' : 'box:cast.copy')}
        </Button>
        <TakeReceipt poll={poll} me={me} />
      </div>
    </div>
  );
}

interface TakeReceiptProps {
  readonly poll: OpenPoll | ClosedPoll;
  readonly me: ParticipantId;
}

/** A receipt in words, as a file and on paper. */
type Written = { readonly tracker: string; readonly text: string };

/** The receipt as a file or on paper, with what proves that the box took the ballot. */
export function TakeReceipt({ poll, me }: TakeReceiptProps) {
  const t = useText();
  const written = async (): Promise<Written | null> => {
    const slip = await purse.read(slipKey(poll.draft.id, me));
    if (slip === null || slip.receipt === null) return null;
    const { receipt } = slip;
    return { tracker: receipt.tracker, text: receiptText(t, poll, { ...slip, receipt }) };
  };
  const take = async () => {
    const own = await written();
    if (own === null) return;
    const name = fileName(t('box:receipt.name', { tracker: own.tracker }), 'txt');
    download(name, own.text, 'text/plain;charset=utf-8');
  };
  const print = async () => {
    const own = await written();
    if (own !== null) printReceipt(own);
  };
  return (
    <>
      {/* -- a device that kept it reads it. */}
      <Button isSmall onClick={() => void take()}>
        {t('box:cast.download')}
      </Button>
      {/* -- as above. */}
      <Button isSmall onClick={() => void print()}>
        {t('box:cast.print')}
      </Button>
      <p className={styles.hint}>{t('box:cast.downloadHint')}</p>
    </>
  );
}

function receiptText(
  t: Translate,
  { draft, seal, key }: OpenPoll | ClosedPoll,
  { msg, receipt }: Pick<Slip, 'msg'> & { readonly receipt: NonNullable<Slip['receipt']> },
): string {
  const { fingerprint = '', receipts = '' } = key ?? {};
  const signed = { pollId: draft.id, nullifier: nullifierOf(msg), ...receipt };
  const file: ReceiptFile = { format: 'shangliang/receipt/1', seal, fingerprint, receipts, ...signed };
  return t('box:receipt.lines', {
    question: draft.question,
    page: `${window.location.origin}/recount`,
    key: spelledFingerprint(fingerprint),
    file: JSON.stringify(file),
    ...file,
  });
}
