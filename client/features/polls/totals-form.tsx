import { useId, useState } from 'react';
import type { Ask } from '../../../core/domain/polls/ask.ts';
import type { OpenPoll } from '../../../core/domain/polls/poll.ts';
import { canBe, isExcess, receivedIn, Totals } from '../../../core/domain/polls/totals.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { useSend } from '../../room/use-room.ts';
import { useTell } from '../../room/use-tell.ts';
import { Button } from '../../ui/button.tsx';
import fields from '../../ui/form.module.css';
import styles from './polls.module.css';
import own from './tellers.module.css';

/** By the name of the number; of a candidate, by id and mark. */
type Written = Readonly<Record<string, string>>;
/** Blank and invalid papers are none as a rule, and hands are never. */
const NONE_AS_A_RULE: Written = { blank: '0', invalid: '0' };
const OF_HANDS = ['issued', 'yes', 'no', 'abstain', 'blank', 'invalid'] as const;
const OF_PAPERS = ['issued', 'valid', 'blank', 'invalid'] as const;

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
  const { ask } = poll.draft;
  const numbers = numbersOf(t, ask);
  const [written, setWritten] = useState<Written>(NONE_AS_A_RULE);
  const [isAgain, setAgain] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const read = readFrom(ask, written);
  const isTooMany = read !== null && read.issued > poll.electorate.length;
  const isMisfit = read !== null && !canBe(ask, read);
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
      {numbers.map(({ name, text }) => (
        <div key={name} className={fields.field}>
          <label htmlFor={`${id}-${name}`} dir="auto">
            {text}
          </label>
          <input
            id={`${id}-${name}`}
            className={fields.control}
            type="number"
            inputMode="numeric"
            min={0}
            step={1}
            value={written[name] ?? ''}
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
            : isMisfit
              ? t('errors:TOTALS_MISFIT')
              : t(isExcess(read) ? 'room:tellers.sumExcess' : 'room:tellers.sum', {
                  received: receivedIn(read),
                  issued: read.issued,
                })}
      </p>
      <Button kind="main" type="submit" isBusy={isBusy} disabled={read === null || isTooMany || isMisfit}>
        {t('room:tellers.enter')}
      </Button>
    </form>
  );
}

/** What has to be filled in, in the order of the form: papers, and of an election the marks of each candidate. */
function numbersOf(t: Translate, ask: Ask): readonly { readonly name: string; readonly text: string }[] {
  if (ask.kind !== 'election')
    return OF_HANDS.map((name) => ({ name, text: t(`room:tellers.number.${name}`) }));
  return [
    ...OF_PAPERS.map((name) => ({ name, text: t(`room:tellers.number.${name}`) })),
    ...ask.options.flatMap(({ id, text }) => [
      { name: `${id} yes`, text: t('room:tellers.candidate', { name: text, mark: '○' }) },
      { name: `${id} no`, text: t('room:tellers.candidate', { name: text, mark: '×' }) },
    ]),
    ...ask.others.map(({ id, text }) => ({
      name: `${id} yes`,
      text: t('room:tellers.other', { name: text }),
    })),
  ];
}

/** The numbers as they are sent; null as long as one is missing or none. */
function readFrom(ask: Ask, written: Written): Totals | null {
  const filled = (name: string) => {
    const text = written[name]?.trim() ?? '';
    return text === '' ? Number.NaN : Number(text);
  };
  const papers = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, filled(name)]));
  if (ask.kind !== 'election') return Totals.safeParse(papers(OF_HANDS)).data ?? null;
  const marks = [
    ...ask.options.map(({ id }) => [id, { yes: filled(`${id} yes`), no: filled(`${id} no`) }]),
    ...ask.others.map(({ id }) => [id, { yes: filled(`${id} yes`), no: 0 }]),
  ];
  return Totals.safeParse({ ...papers(OF_PAPERS), marks: Object.fromEntries(marks) }).data ?? null;
}
