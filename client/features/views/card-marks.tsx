import { isEditable } from '../../../core/domain/room/mending.ts';
import type { ViewId } from '../../../core/domain/ids.ts';
import type { View } from '../../../core/domain/views.ts';
import { useServerNow } from '../../lib/clock.ts';
import { formatTime, formatTimeExact } from '../../lib/format.ts';
import { useText } from '../../lib/i18n.ts';
import { whyNoWords } from '../../room/shown-words.ts';
import { Marked } from './marked.tsx';
import styles from './stream.module.css';

/** How a card stands to whoever looks at it. */
export type Endorsing = 'may' | 'notNow' | 'never';

interface SaidWordsProps {
  readonly said: Parameters<typeof whyNoWords>[1];
  readonly query: string | null;
}

/** What was said, or why it is not there any more. */
export function SaidWords({ said, query }: SaidWordsProps) {
  const t = useText();
  const gone = whyNoWords(t, said);
  return (
    <p className={styles.text} dir="auto">
      {gone === null ? <Marked text={said.text} query={query} /> : <em>{gone}</em>}
    </p>
  );
}

interface MergedWordsProps {
  readonly view: View;
  readonly lead: ViewId;
  readonly query: string | null;
  readonly onGo: (viewId: ViewId) => void;
}

/** A view that is read under another: the way there, and its own words for whoever wants them here. */
export function MergedWords({ view, lead, query, onGo }: MergedWordsProps) {
  const t = useText();
  return (
    <>
      <button type="button" className={styles.quote} onClick={() => onGo(lead)}>
        {t('room:curating.under')}
      </button>
      <details className={styles.edits} open={query !== null || undefined}>
        <summary>{t('room:curating.ownWords')}</summary>
        <SaidWords said={view} query={query} />
      </details>
    </>
  );
}

/** What a view said before it was corrected, for whoever wants to read it. */
export function EarlierWordings({ view }: { readonly view: View }) {
  const t = useText();
  const { edits = [], withdrawnAt, hidden } = view;
  if (edits.length === 0 || withdrawnAt !== undefined || hidden !== undefined) return null;
  // What they put their names to was corrected behind them.
  const before = edits[edits.length - 1]?.endorsed ?? 0;
  return (
    <details className={styles.edits}>
      <summary>
        {t('room:views.edited', { count: edits.length })}
        {before === 0 ? null : <small> {t('room:views.endorsedBefore', { count: before })}</small>}
      </summary>
      <ol>
        {edits.map((edit) => (
          <li key={`${edit.until} ${edit.text}`}>
            <time dateTime={edit.until} title={formatTimeExact(edit.until)}>
              {t('room:views.until', { time: formatTime(edit.until) })}
            </time>
            <span dir="auto">{edit.text === '' ? t('room:views.erased') : edit.text}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

interface EndorseProps {
  readonly name: string;
  readonly count: number;
  readonly isMine: boolean;
  readonly endorsing: Endorsing;
  readonly isBusy: boolean;
  readonly onPress: () => void;
}

/** How many endorse a view, and the way to be one of them. */
export function Endorse({ name, count, isMine, endorsing, isBusy, onPress }: EndorseProps) {
  const t = useText();
  if (endorsing === 'never') return null;
  return (
    <button
      type="button"
      className={styles.act}
      aria-pressed={isMine}
      aria-label={t('room:views.endorseOf', { name, count })}
      aria-busy={isBusy || undefined}
      disabled={endorsing === 'notNow'}
      onClick={() => {
        if (!isBusy) onPress();
      }}
    >
      {isMine ? <span aria-hidden="true">✓ </span> : null}
      {count === 0 ? t('room:views.endorse') : t('room:views.endorseCount', { count })}
    </button>
  );
}

interface OwnActsProps {
  readonly view: View;
  readonly clockOffsetMs: number;
  /** Whether it is corrected at all, apart from the time. */
  readonly mayCorrect: boolean;
  readonly onEdit: () => void;
  readonly onWithdraw: () => void;
}

/** What an author may still do with a view; correcting goes away when its time is over. */
export function OwnActs({ view, clockOffsetMs, mayCorrect, onEdit, onWithdraw }: OwnActsProps) {
  const t = useText();
  const nowMs = useServerNow(clockOffsetMs);
  return (
    <>
      {mayCorrect && isEditable(view, nowMs).ok ? (
        <button
          type="button"
          className={styles.act}
          aria-label={t('room:views.editOwn', { seq: view.seq })}
          onClick={onEdit}
        >
          {t('room:views.edit')}
        </button>
      ) : null}
      <button
        type="button"
        className={styles.act}
        aria-label={t('room:views.withdrawOwn', { seq: view.seq })}
        onClick={onWithdraw}
      >
        {t('room:views.withdraw')}
      </button>
    </>
  );
}
