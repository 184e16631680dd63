import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { wordRoutes, type ListedWord } from '../../../core/contract/word-list.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import { ListedText, WORD_ACTS, WordAct } from '../../../core/domain/word-list.ts';
import { call } from '../../lib/api.ts';
import { asApiError, reasonText, type ApiError } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import form from '../../ui/form.module.css';
import { Failed, Loading } from '../../ui/states.tsx';
import styles from './words.module.css';

const KEY = ['words'];

/** 词表: the words that the organisation wants looked at, and what becomes of each; for its administrator. */
export function WordList() {
  const t = useText();
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: KEY,
    queryFn: () => call(wordRoutes.listWords, {}),
  });
  const [failed, setFailed] = useState<ApiError | null>(null);
  const [isBusy, setBusy] = useState(false);
  /** Never rejects: what failed is told above the list. */
  const run = async (work: () => Promise<{ words: ListedWord[] }>): Promise<boolean> => {
    setBusy(true);
    setFailed(null);
    try {
      queries.setQueryData(KEY, await work());
      return true;
    } catch (thrown) {
      setFailed(asApiError(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={styles.section} aria-labelledby="words-title">
      <h2 id="words-title">{t('accounts:words.title')}</h2>
      <p className={styles.soft}>{t('accounts:words.about')}</p>
      {failed === null ? null : <Alert>{reasonText(t, failed.reason, failed.details)}</Alert>}
      <AddWords
        isBusy={isBusy}
        onAdd={(words, act) => run(() => call(wordRoutes.putWords, { body: { words, act } }))}
      />
      {isPending ? <Loading lines={3} /> : null}
      {/* -- refetch never rejects: its failure comes back as error. */}
      {error === null ? null : <Failed error={asApiError(error)} onRetry={() => void refetch()} />}
      {data === undefined ? null : (
        <>
          <p className={styles.soft} role="status">
            {data.words.length === 0
              ? t('accounts:words.none')
              : t('accounts:words.count', { count: data.words.length, max: LIMITS.listedWords })}
          </p>
          <ul role="list" className={styles.rows}>
            {data.words.map((one) => (
              <li key={one.id} className={styles.row}>
                <span className={styles.word} dir="auto">
                  {one.word}
                </span>
                <span className={styles.act}>{t(`accounts:words.act.${one.act}`)}</span>
                <Button
                  kind="quiet"
                  isSmall
                  disabled={isBusy}
                  aria-label={t('accounts:words.removeOne', { word: one.word })}
                  // -- run tells its own failure.
                  onClick={() => void run(() => call(wordRoutes.removeWord, { params: { wordId: one.id } }))}
                >
                  {t('accounts:words.remove')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface AddWordsProps {
  readonly isBusy: boolean;
  /** Whether they were taken. */
  readonly onAdd: (words: string[], act: WordAct) => Promise<boolean>;
}

/** As many words at once as somebody has: one on each line. */
function AddWords({ isBusy, onAdd }: AddWordsProps) {
  const t = useText();
  const id = useId();
  const [text, setText] = useState('');
  const [act, setAct] = useState<WordAct>('mask');
  const [wasSubmitted, setSubmitted] = useState(false);
  const lines = [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
  const wrong = wrongIn(lines);
  const isTooMany = lines.length > LIMITS.listedWordsAtOnce;
  const told = wasSubmitted && (wrong !== undefined || isTooMany || lines.length === 0);
  const submit = async () => {
    setSubmitted(true);
    if (wrong !== undefined || isTooMany || lines.length === 0) return;
    if (!(await onAdd(lines, act))) return;
    setText('');
    setSubmitted(false);
  };
  return (
    <form
      className={form.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // -- onAdd tells its own failure.
        void submit();
      }}
    >
      <div className={form.field}>
        <label htmlFor={`${id}-words`}>{t('accounts:words.add')}</label>
        <textarea
          id={`${id}-words`}
          className={form.control}
          rows={3}
          dir="auto"
          value={text}
          aria-invalid={told}
          aria-describedby={`${id}-wrong`}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${id}-wrong`} className={form.error} role="alert">
          {told
            ? isTooMany
              ? t('accounts:words.tooMany', { max: LIMITS.listedWordsAtOnce })
              : t('accounts:words.wrong', { word: wrong ?? '', max: LIMITS.listedWordLength })
            : null}
        </p>
      </div>
      <Choice
        label={t('accounts:words.actLabel')}
        value={act}
        options={WORD_ACTS.map((value) => ({ value, text: t(`accounts:words.acts.${value}`) }))}
        onChoose={(value) => setAct(WordAct.parse(value))}
      />
      <div className={styles.acts}>
        <Button kind="main" type="submit" isBusy={isBusy}>
          {t('accounts:words.put')}
        </Button>
      </div>
    </form>
  );
}

function wrongIn(lines: readonly string[]): string | undefined {
  return lines.find((line) => !ListedText.safeParse(line).success);
}
