import { useMemo, type KeyboardEvent } from 'react';
import type { ParticipantId, ViewId } from '../../../core/domain/ids.ts';
import {
  endorsersOf,
  guardEndorse,
  guardUnendorse,
  isEndorsedBy,
} from '../../../core/domain/room/endorsing.ts';
import { groupsOf } from '../../../core/domain/room/groups.ts';
import { guardEdit, guardWithdraw } from '../../../core/domain/room/mending.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { hasEnded } from '../../../core/domain/sessions.ts';
import type { Reason } from '../../../core/domain/refusals.ts';
import type { View } from '../../../core/domain/views.ts';
import { useText, type Translate } from '../../lib/i18n.ts';
import type { Endorsing } from './card-marks.tsx';
import { PendingCard, type PendingCardProps } from './pending-card.tsx';
import type { PendingSaid } from './pending.ts';
import { PollNewsCard } from './poll-news-card.tsx';
import { ReplyCard } from './reply-card.tsx';
import { answersOf, viewsById, type Said, type StreamRow } from './stream.ts';
import styles from './stream.module.css';
import type { StreamList } from './use-stream-list.ts';
import { ViewCard, type BelowView, type CardActs, type Place } from './view-card.tsx';

export interface StreamCardsProps extends Omit<PendingCardProps, 'pending'> {
  readonly list: StreamList;
  readonly room: Room;
  readonly said: Said;
  readonly me: ParticipantId | null;
  readonly nameOf: (id: string) => string;
  readonly mayAnswer: boolean;
  readonly mayRespond: boolean;
  readonly acts: CardActs;
  /** Views whose endorsement by me is on its way. */
  readonly busy: ReadonlySet<ViewId>;
  readonly clockOffsetMs: number;
  readonly query: string | null;
  readonly below: BelowView | undefined;
  readonly rows: readonly StreamRow[];
  /** How many are earlier than the first row. */
  readonly earlier: number;
  readonly isLoading: boolean;
  /** What stands behind the rows: my own words on their way. */
  readonly pending: readonly PendingSaid[];
}

/** The cards in sight, each in its place; the browser is told how many there are in all. */
export function StreamCards(props: StreamCardsProps) {
  const { list, rows, earlier, pending } = props;
  const t = useText();
  const { virtual } = list;
  const cardOf = useCardOf(props);
  const { isOffline, onRetry, onEdit, onDiscard } = props;
  const mine = (one: PendingSaid | undefined) =>
    one === undefined ? null : <PendingCard pending={one} {...{ isOffline, onRetry, onEdit, onDiscard }} />;
  const margin = virtual.options.scrollMargin;
  return (
    // Announced by the room, merged: as a feed it is read when somebody goes there, card by card.
    <div
      className={styles.list}
      role="feed"
      aria-label={t('room:views.logLabel')}
      aria-busy={props.isLoading}
      style={{ height: virtual.getTotalSize() }}
      onKeyDown={(event) => turnPage(event, list)}
    >
      {virtual.getVirtualItems().map(({ index, key, start }) => {
        const row = rows[index];
        const place = { position: earlier + index + 1, of: earlier + rows.length };
        return (
          <div
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            data-card={key}
            className={styles.place}
            style={{ top: start - margin }}
          >
            {row === undefined ? mine(pending[index - rows.length]) : cardOf(row, place)}
          </div>
        );
      })}
    </div>
  );
}

/** As readers of a feed expect: Page Down and Page Up go from card to card. */
function turnPage(event: KeyboardEvent<HTMLElement>, { virtual, toIndex }: StreamList): void {
  const step = { PageDown: 1, PageUp: -1 }[event.key];
  const at = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
  if (step === undefined || at === null) return;
  const next = Number(at.dataset['index']) + step;
  if (next < 0 || next >= virtual.options.count) return;
  event.preventDefault();
  toIndex(next);
}

function useCardOf(props: StreamCardsProps) {
  const { room, said, me, nameOf, mayAnswer, mayRespond, acts, clockOffsetMs, query } = props;
  const t = useText();
  const answers = useMemo(() => answersOf(said.replies), [said.replies]);
  const titles = useMemo(() => new Map(room.agenda.map(({ id, title }) => [id, title])), [room.agenda]);
  const byId = useMemo(() => viewsById(said), [said]);
  const { leads } = groupsOf(room);
  return (row: StreamRow, place: Place) => {
    if (row.kind === 'poll') return <PollNewsCard row={row} nameOf={nameOf} {...place} />;
    if (row.kind === 'view') {
      const { view, author, isAnswer, quoted, isQuoteLost, folded } = row;
      const quotedName = quoted === null ? null : nameOf(quoted.by);
      const itemTitle = view.itemId === null ? null : (titles.get(view.itemId) ?? null);
      return (
        <ViewCard
          {...{ view, author, isAnswer, quoted, quotedName, isQuoteLost, folded, itemTitle }}
          {...{ nameOf, mayRespond, acts, clockOffsetMs, query, ...place }}
          below={props.below}
          {...standingOf(room, me, view)}
          lead={leads.get(view.id) ?? null}
          mayAnswer={mayAnswer && view.withdrawnAt === undefined && view.hidden === undefined}
          isEndorsementSent={props.busy.has(view.id)}
          endorsers={endorsedBy(t, endorsersOf(room, view).map(nameOf))}
          isMine={view.by === me}
          replies={answers.get(view.id)}
        />
      );
    }
    const { reply, author } = row;
    const answered = reply.toViews.flatMap((id) => byId.get(id) ?? []);
    const itemTitle = reply.itemId === null ? null : (titles.get(reply.itemId) ?? null);
    return (
      <ReplyCard
        {...{ reply, author, itemTitle, answered, nameOf, acts, query, ...place }}
        isMine={reply.by === me}
      />
    );
  };
}

/** What passes: the button stays, and says by being off that its time comes. */
const NOT_NOW: readonly Reason[] = ['SESSION_NOT_OPEN', 'ALL_SILENT', 'SPEAKER_MUTED'];

/** What I may do with a view now, as the rules that judge it say. */
function standingOf(room: Room, me: ParticipantId | null, view: View) {
  if (me === null)
    return { endorsing: 'never', isEndorsed: false, mayMend: false, mayCorrect: false } as const;
  const who = { kind: 'participant', id: me } as const;
  const isEndorsed = isEndorsedBy(room, view, me);
  const allowed = (isEndorsed ? guardUnendorse : guardEndorse)(room, who, view.id);
  const isOnlyTooEarly = !allowed.ok && NOT_NOW.includes(allowed.error.reason) && !hasEnded(room.state);
  const endorsing: Endorsing = allowed.ok ? 'may' : isOnlyTooEarly && view.by !== me ? 'notNow' : 'never';
  const mayMend = guardWithdraw(room, who, view.id).ok;
  // As of the moment it was posted: when its time is over is the card's to know.
  const mayCorrect = mayMend && guardEdit(room, who, view.id, Date.parse(view.at)).ok;
  return { endorsing, isEndorsed, mayMend, mayCorrect };
}

/** So many are named on a card; of more only how many. */
const NAMED = 5;

function endorsedBy(t: Translate, names: readonly string[]): string {
  const count = names.length;
  if (count === 0) return '';
  const some = names.slice(0, NAMED).join('、');
  return count <= NAMED
    ? t('room:views.endorsedBy', { count, names: some })
    : t('room:views.endorsedByMany', { count, names: some });
}
