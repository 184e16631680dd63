import type { Room } from '../../../core/domain/room/state.ts';
import { isUnpublished, type SessionState } from '../../../core/domain/sessions.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import { timeLeft } from './dates.ts';
import { useServerNow } from '../../lib/clock.ts';

interface StateWordsProps {
  readonly room: Room;
  readonly clockOffsetMs: number;
}

/** What a state that is neither a meeting nor its usual end means for whoever is here, in a sentence or two. */
export function StateWords({ room, clockOffsetMs }: StateWordsProps) {
  const t = useText();
  const nowMs = useServerNow(clockOffsetMs);
  const { state, note, approval } = room;
  const time = note?.until === null || note === undefined ? '' : formatDateTime(note.until);
  if (state === 'collecting') {
    const leftMs = Date.parse(note?.until ?? '') - nowMs;
    return (
      <>
        {leftMs > 0 ? t('room:course.collecting', { time }) : t('room:course.collectingPast', { time })}{' '}
        {/* It changes by itself: read when somebody comes to it, and not each time. */}
        {leftMs > 0 ? (
          <span role="timer" aria-live="off">
            {timeLeft(t, leftMs)}
          </span>
        ) : null}
        {note?.why === null ? null : (
          <>
            {' '}
            <span dir="auto">
              {note?.why === ''
                ? t('room:course.whyErased')
                : t('room:course.longer', { why: note?.why ?? '' })}
            </span>
          </>
        )}
      </>
    );
  }
  if (state === 'adjourned') return <>{t('room:course.adjourned', { time })}</>;
  if (state === 'drafting' || state === 'confirming') return <>{t(`room:concluding.${state}`)}</>;
  if (state === 'scheduled')
    return (
      <>
        {t('room:banner.scheduled')}
        {approval?.isOwn === true ? ` ${t('room:course.approvedOwn')}` : null}
        {approval?.missedCollecting === true
          ? ` ${t('room:course.missedCollecting', { time: formatDateTime(room.plan?.collectUntil ?? approval.at) })}`
          : null}
      </>
    );
  if (isUnpublished(state)) return <>{t(`room:course.${unpublished(state)}`)}</>;
  return null;
}

/** Why, in the words of whoever decided. */
export function ReasonWords({ why }: { readonly why: string | null | undefined }) {
  const t = useText();
  return (
    <span dir="auto">
      {why === '' || why === null || why === undefined
        ? t('room:course.whyErased')
        : t('room:course.reason', { why })}
    </span>
  );
}

function unpublished(state: SessionState): 'draft' | 'inReview' | 'returned' {
  if (state === 'in_review') return 'inReview';
  return state === 'returned' ? 'returned' : 'draft';
}

/** The state with its reason or its date, as one line to be said. */
export function stateSaid(t: Translate, { state, note }: Pick<Room, 'state' | 'note'>): string {
  const name = t(`words:state.${state}`);
  if (note?.until !== undefined && note.until !== null && (note.why ?? '') !== '')
    return t('room:course.saidUntilWhy', {
      state: name,
      time: formatDateTime(note.until),
      why: note.why ?? '',
    });
  if (note?.until !== undefined && note.until !== null)
    return t('room:course.saidUntil', { state: name, time: formatDateTime(note.until) });
  const why = note?.why ?? '';
  return why === '' ? name : t('room:course.saidWhy', { state: name, why });
}
