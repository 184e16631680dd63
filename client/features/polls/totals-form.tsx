import { useId, useState } from 'react';
import type { OpenPoll } from '../../../core/domain/polls/poll.ts';
import { isExcess, receivedIn, Totals } from '../../../core/domain/polls/totals.ts';
import { useText } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import fields from '../../ui/form.module.css';
import styles from './polls.module.css';
import own from './tellers.module.css';

const NUMBERS = ['issued', 'yes', 'no', 'abstain', 'blank', 'invalid'] as const;
type Written = Readonly<Record<(typeof NUMBERS)[number], string>>;
/** Blank and invalid papers are none as a rule, and hands are never. */
const NOTHING: Written = { issued: '', yes: '', no: '', abstain: '', blank: '0', invalid: '0' };

interface TotalsFormProps {
  readonly poll: OpenPoll;
  readonly hasEntered: boolean;
}

/** What one teller counted, in large fields; entered, it can be entered again until the other has [B45]. */
export function TotalsForm({ poll, hasEntered }: TotalsFormProps) {
  const t = useText();
  const id = useId();
  const send = useSend();
  const run = useTell();
  const [written, setWritten] = useState<Written>(NOTHING);
  const [isAgain, setAgain] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const read = readFrom(written);
  const isTooMany = read !== null && read.issued > poll.electorate.length;
  if (hasEntered && !isAgain)
    return (
      <div className={styles.acts}>
        <p className={styles.hint}>{t('room:tellers.waits')}</p>
        <Button onClick={() => setAgain(true)}>{t('room:tellers.again')}</Button>
      </div>
    );
  const enter = async () => {
    if (read === null) return;
    setBusy(true);
    await run(send('enterTotals', { params: { pollId: poll.draft.id }, body: read }));
    setBusy(false);
    setAgain(false);
  };
  return (
    <form
      className={own.totals}
      aria-label={t('room:tellers.heading')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // -- a refusal is told by run, which never rejects.
        void enter();
      }}
    >
      {NUMBERS.map((name) => (
        <div key={name} className={fields.field}>
          <label htmlFor={`${id}-${name}`}>{t(`room:tellers.number.${name}`)}</label>
          <input
            id={`${id}-${name}`}
            className={fields.control}
            type="number"
            inputMode="numeric"
            min={0}
            step={1}
            value={written[name]}
            aria-describedby={`${id}-sum`}
            onChange={(event) => setWritten({ ...written, [name]: event.target.value })}
          />
        </div>
      ))}
      <p id={`${id}-sum`} className={styles.hint} role="status">
        {read === null
          ? t('room:tellers.fill')
          : isTooMany
            ? t('errors:TOTALS_ISSUED', { max: poll.electorate.length })
            : t(isExcess(read) ? 'room:tellers.sumExcess' : 'room:tellers.sum', {
                received: receivedIn(read),
                issued: read.issued,
              })}
      </p>
      <Button kind="main" type="submit" isBusy={isBusy} disabled={read === null || isTooMany}>
        {t('room:tellers.enter')}
      </Button>
    </form>
  );
}

/** The numbers as they are sent; null as long as one is missing or none. */
function readFrom(written: Written): Totals | null {
  if (NUMBERS.some((name) => written[name].trim() === '')) return null;
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, Number(written[name])]));
  const read = Totals.safeParse(numbers);
  return read.success ? read.data : null;
}
