import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ParticipantId } from '../../../core/domain/ids.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { PendingCard } from './pending-card.tsx';
import type { PendingSaid } from './pending.ts';
import { ReplyCard } from './reply-card.tsx';
import { StreamBar } from './stream-bar.tsx';
import {
  answersOf,
  isFiltered,
  NO_FILTER,
  streamRows,
  type StreamFilter,
  type StreamOrder,
  type StreamRow,
} from './stream.ts';
import styles from './stream.module.css';
import { useStreamScroll } from './use-stream-scroll.ts';
import { ViewCard, type CardActs } from './view-card.tsx';

/** As many cards as are in the page at first; earlier ones come on request. */
const PAGE = 200;

export interface StreamPanelProps {
  readonly room: Room;
  readonly me: ParticipantId | null;
  readonly nameOf: (id: string) => string;
  readonly mayAnswer: boolean;
  readonly mayRespond: boolean;
  readonly onAnswer: (view: View) => void;
  readonly onRespond: CardActs['respond'];
  readonly pending: readonly PendingSaid[];
  readonly isOffline: boolean;
  readonly onRetry: (key: string) => void;
  readonly onEdit: (pending: PendingSaid) => void;
  readonly onDiscard: (key: string) => void;
}

/** The stream of views: threads, replies of departments, and my own words on their way. */
export function StreamPanel(props: StreamPanelProps) {
  const { room, me, nameOf, pending } = props;
  const t = useText();
  const [filter, setFilter] = useState<StreamFilter>(NO_FILTER);
  const [order, setOrder] = useState<StreamOrder>('thread');
  const [limit, setLimit] = useState(PAGE);
  const wanted = useRef<number | null>(null);
  const { views, replies, participants } = room;
  const rows = useMemo(
    () => streamRows({ views, replies, participants }, filter, order),
    [views, replies, participants, filter, order],
  );
  const shown = rows.slice(Math.max(0, rows.length - limit));
  const isMine = useCallback(
    (row: StreamRow) => (row.kind === 'view' ? row.view : row.reply).by === me,
    [me],
  );
  const { scroller, list, unseen, onScroll, toEnd, toSeq } = useStreamScroll(rows, isMine);

  // What was asked for may first have to be let into the page: by dropping the filter, by showing more.
  useEffect(() => {
    if (wanted.current !== null && toSeq(wanted.current)) wanted.current = null;
  });
  useEffect(() => {
    if (pending.length > 0) toEnd();
  }, [pending.length, toEnd]);
  const goTo = useCallback(
    (seq: number) => {
      if (toSeq(seq)) return;
      setFilter(NO_FILTER);
      setLimit(Number.POSITIVE_INFINITY);
      wanted.current = seq;
    },
    [toSeq],
  );
  const { onAnswer, onRespond } = props;
  const acts = useMemo<CardActs>(
    () => ({ answer: onAnswer, respond: onRespond, goTo }),
    [onAnswer, onRespond, goTo],
  );
  const toNew = () => {
    const first = Math.min(...unseen);
    if (rows[rows.length - 1]?.seq === first) toEnd();
    else goTo(first);
  };

  return (
    <div className={styles.stream}>
      <StreamBar
        count={views.length}
        filter={filter}
        onFilter={setFilter}
        order={order}
        onOrder={setOrder}
        agenda={room.agenda}
      />
      <div
        className={styles.scroller}
        ref={scroller}
        onScroll={onScroll}
        tabIndex={0}
        role="region"
        aria-label={t('room:views.heading')}
      >
        {/* Announced by the room, merged; here each card would be read out on its own. */}
        <div
          className={styles.list}
          ref={list}
          role="log"
          aria-live="off"
          aria-label={t('room:views.logLabel')}
        >
          {rows.length > shown.length ? (
            <Button isSmall className={styles.earlier} onClick={() => setLimit(limit + PAGE)}>
              {t('room:views.earlier', { count: rows.length - shown.length })}
            </Button>
          ) : null}
          {rows.length === 0 && pending.length === 0 ? (
            <EmptyStream
              isFiltered={isFiltered(filter)}
              state={room.state}
              onClear={() => setFilter(NO_FILTER)}
            />
          ) : null}
          <Rows
            rows={shown}
            room={room}
            {...{ me, nameOf, acts }}
            mayAnswer={props.mayAnswer}
            mayRespond={props.mayRespond}
          />
          {pending.map((one) => (
            <PendingCard
              key={one.key}
              pending={one}
              isOffline={props.isOffline}
              onRetry={props.onRetry}
              onEdit={props.onEdit}
              onDiscard={props.onDiscard}
            />
          ))}
        </div>
      </div>
      <div className={styles.below}>
        {unseen.length > 0 ? (
          <Button isSmall onClick={toNew}>
            <span aria-hidden="true">↓</span> {t('room:views.newBelow', { count: unseen.length })}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

interface RowsProps extends Pick<StreamPanelProps, 'room' | 'me' | 'nameOf' | 'mayAnswer' | 'mayRespond'> {
  readonly rows: readonly StreamRow[];
  readonly acts: CardActs;
}

function Rows({ rows, room, me, nameOf, mayAnswer, mayRespond, acts }: RowsProps) {
  const answers = useMemo(() => answersOf(room.replies), [room.replies]);
  const titles = useMemo(() => new Map(room.agenda.map(({ id, title }) => [id, title])), [room.agenda]);
  const byId = useMemo(() => new Map(room.views.map((view) => [view.id, view])), [room.views]);
  return rows.map((row) => {
    if (row.kind === 'view') {
      const { view, author, isAnswer, quoted } = row;
      const quotedName = quoted === null ? null : nameOf(quoted.by);
      const itemTitle = view.itemId === null ? null : (titles.get(view.itemId) ?? null);
      return (
        <ViewCard
          key={view.id}
          {...{ view, author, isAnswer, quoted, quotedName, itemTitle, nameOf, mayAnswer, mayRespond, acts }}
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
        key={reply.id}
        {...{ reply, author, itemTitle, answered, nameOf, acts }}
        isMine={reply.by === me}
      />
    );
  });
}

interface EmptyStreamProps {
  readonly isFiltered: boolean;
  readonly state: Room['state'];
  readonly onClear: () => void;
}

function EmptyStream({ isFiltered, state, onClear }: EmptyStreamProps) {
  const t = useText();
  if (isFiltered) {
    return (
      <div className={styles.empty}>
        <p className={styles.emptyTitle}>{t('room:views.emptyFiltered')}</p>
        <Button isSmall onClick={onClear}>
          {t('room:views.clearFilter')}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.empty}>
      <p className={styles.emptyTitle}>{t('room:views.empty')}</p>
      {state === 'archived' ? null : (
        <p>{state === 'scheduled' ? t('room:views.emptyHintScheduled') : t('room:views.emptyHint')}</p>
      )}
    </div>
  );
}
