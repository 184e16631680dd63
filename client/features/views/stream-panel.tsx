import { canBeDone } from '../../../core/domain/room/course.ts';
import { hasEnded, isBefore } from '../../../core/domain/sessions.ts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ParticipantId, ViewId } from '../../../core/domain/ids.ts';
import { saidCounts } from '../../../core/domain/room/earlier.ts';
import { NO_FILTER, type SaidFilter } from '../../../core/domain/room/said-filter.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import type { View } from '../../../core/domain/views.ts';
import { useText } from '../../lib/i18n.ts';
import { useLeads } from '../../room/leading.ts';
import { Button } from '../../ui/button.tsx';
import type { PendingSaid } from './pending.ts';
import { pollRows } from './poll-news.ts';
import { StreamBar } from './stream-bar.tsx';
import { StreamCards } from './stream-cards.tsx';
import { isFiltered, streamRows, type Said, type StreamOrder, type StreamRow } from './stream.ts';
import styles from './stream.module.css';
import { useDeeds } from './use-deeds.tsx';
import { useEarlier, type EarlierSaid } from './use-earlier.ts';
import { useGoing } from './use-going.ts';
import { useShuffle } from './use-shuffle.ts';
import { useStreamList, type Card, type News } from './use-stream-list.ts';
import type { BelowView, CardActs } from './view-card.tsx';

export interface StreamPanelProps {
  readonly room: Room;
  readonly me: ParticipantId | null;
  readonly nameOf: (id: string) => string;
  readonly clockOffsetMs: number;
  readonly mayAnswer: boolean;
  readonly mayRespond: boolean;
  readonly onAnswer: (view: View) => void;
  readonly onRespond: CardActs['respond'];
  readonly below?: BelowView;
  readonly pending: readonly PendingSaid[];
  readonly isOffline: boolean;
  readonly onRetry: (key: string) => void;
  readonly onEdit: (pending: PendingSaid) => void;
  readonly onDiscard: (key: string) => void;
}

/** The stream of views: threads, replies of departments, and my own words on their way. */
export function StreamPanel(props: StreamPanelProps) {
  const { room, me, pending, onAnswer, onRespond } = props;
  const t = useText();
  const [order, setOrder] = useState<StreamOrder>('thread');
  const [unfolded, setUnfolded] = useState<ReadonlySet<ViewId>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const earlier = useEarlier(room);
  const { filter, said } = earlier;
  const seed = useShuffle(room, me, props.clockOffsetMs);
  const polls = usePollRows(room, earlier);
  const rows = useMemo(
    () => streamRows(said, { filter, order, unfolded, polls, ...(seed === undefined ? {} : { seed }) }),
    [said, filter, order, unfolded, polls, seed],
  );
  const cards = useMemo(() => cardsOf(rows, pending, me), [rows, pending, me]);
  const authors = useAuthors(said, filter.by, props.nameOf);
  const list = useStreamList(cards, { scroller, head, onNearStart: earlier.more });
  const { toStart, toEnd, toIndex, news } = list;
  const onUnfold = useCallback((id: ViewId) => setUnfolded((open) => toggled(open, id)), []);
  const going = useGoing({ cards, earlier, onUnfold, toIndex });
  const { clockOffsetMs } = props;
  const { deeds, busy, dialog } = useDeeds({ room, me, clockOffsetMs, goTo: going.goTo });
  const acts = useMemo<CardActs>(
    () => ({ answer: onAnswer, respond: onRespond, fold: onUnfold, ...going, ...deeds }),
    [onAnswer, onRespond, onUnfold, going, deeds],
  );
  useLeads((lead) => {
    if (lead.to === 'view') going.goToView(lead.viewId);
    else if (lead.to === 'said') going.goTo(lead.seq);
    else return false;
    return true;
  });
  useWhole(order === 'support', room, earlier.backTo);
  useEffect(() => {
    if (pending.length > 0) toEnd();
  }, [pending.length, toEnd]);
  useOwnAnswer(rows, me, going.goTo);
  // Another list begins with its newest, once it is drawn.
  const choose = (next: SaidFilter) => {
    earlier.choose(next);
    requestAnimationFrame(order === 'support' ? toStart : toEnd);
  };
  const sort = (next: StreamOrder) => {
    setOrder(next);
    requestAnimationFrame(next === 'support' ? toStart : toEnd);
  };
  const toNew = ({ seqs }: News) => {
    const first = Math.min(...seqs);
    if (rows[rows.length - 1]?.seq === first) toEnd();
    else going.goTo(first);
  };

  return (
    <div className={styles.stream}>
      <StreamBar
        count={saidCounts(room).views}
        filter={filter}
        onFilter={choose}
        order={order}
        onOrder={sort}
        room={room}
        authors={authors}
        isShuffled={seed !== undefined && order === 'thread' && !isFiltered(filter)}
        found={isFiltered(filter) && earlier.count !== null ? rows.length + earlier.count : null}
      />
      <div
        className={styles.scroller}
        ref={scroller}
        onScroll={list.onScroll}
        tabIndex={0}
        role="region"
        aria-label={t('room:views.heading')}
      >
        <div ref={head} className={styles.beginning}>
          <Beginning earlier={earlier} hasSome={rows.length > 0} />
          {rows.length === 0 && pending.length === 0 && earlier.count === 0 ? (
            <EmptyStream
              isFiltered={isFiltered(filter)}
              state={room.state}
              onClear={() => choose(NO_FILTER)}
            />
          ) : null}
        </div>
        {cards.length === 0 ? null : (
          <StreamCards
            {...{ list, room, said, me, rows, acts, busy, clockOffsetMs }}
            query={filter.q}
            nameOf={props.nameOf}
            mayAnswer={props.mayAnswer}
            mayRespond={props.mayRespond}
            below={props.below}
            earlier={earlier.count ?? 0}
            isLoading={earlier.isLoading}
            {...{ pending, isOffline: props.isOffline }}
            onRetry={props.onRetry}
            onEdit={props.onEdit}
            onDiscard={props.onDiscard}
          />
        )}
      </div>
      {dialog}
      <div className={styles.below}>
        {news === null ? null : (
          <Button isSmall onClick={() => toNew(news)}>
            <span aria-hidden="true">{news.side === 'above' ? '↑' : '↓'}</span>{' '}
            {t(`room:views.new.${news.side}`, { count: news.seqs.length })}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What is told of polls among what was said, as far as that is here. */
function usePollRows({ polls }: Room, { said, filter, count }: EarlierSaid) {
  const isAll = count === 0;
  return useMemo(() => {
    if (isFiltered(filter)) return [];
    const all = [...said.views, ...said.replies].sort((a, b) => a.seq - b.seq);
    return pollRows(polls, all, isAll);
  }, [polls, said, filter, isAll]);
}

/** To rank what was said, all of it must be here. */
function useWhole(isWanted: boolean, { earlier }: Room, backTo: EarlierSaid['backTo']) {
  const isMissing = isWanted && earlier !== undefined;
  useEffect(() => {
    // -- backTo tells its own failure.
    if (isMissing) void backTo(1);
  }, [isMissing, backTo]);
}

/** Who said something that is here, and whoever is asked for, by name. */
function useAuthors(said: Said, asked: ParticipantId | null, nameOf: (id: string) => string) {
  return useMemo(() => {
    const ids = new Set([...said.views, ...said.replies].map(({ by }) => by));
    if (asked !== null) ids.add(asked);
    return [...ids]
      .map((id) => ({ value: id, text: nameOf(id) }))
      .sort((a, b) => a.text.localeCompare(b.text));
  }, [said, asked, nameOf]);
}

/** What is above the first card: more of it, or nothing. */
function Beginning({ earlier, hasSome }: { readonly earlier: EarlierSaid; readonly hasSome: boolean }) {
  const t = useText();
  const { count, isLoading, more } = earlier;
  if (isLoading)
    return (
      <p className={styles.earlier} role="status">
        {hasSome ? t('room:views.loadingEarlier') : t('room:views.loadingMatching')}
      </p>
    );
  if (count === 0) return null;
  return (
    <Button isSmall className={styles.earlier} onClick={more}>
      {count === null ? t('room:views.lookEarlier') : t('room:views.earlier', { count })}
    </Button>
  );
}

/** One's own answer goes to its thread, which may be out of sight: shows where it went. */
function useOwnAnswer(rows: readonly StreamRow[], me: ParticipantId | null, goTo: (seq: number) => void) {
  const known = useRef(rows.reduce((seq, row) => Math.max(seq, row.seq), 0));
  useEffect(() => {
    const own = rows.find(
      (row) => row.seq > known.current && row.kind === 'view' && row.isAnswer && row.view.by === me,
    );
    known.current = rows.reduce((seq, row) => Math.max(seq, row.seq), known.current);
    if (own !== undefined && !isTyping()) goTo(own.seq);
  }, [rows, me, goTo]);
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
      {hasEnded(state) ? null : (
        <p>
          {isBefore(state) && !canBeDone(state, 'view:post')
            ? t('room:views.emptyHintScheduled')
            : t('room:views.emptyHint')}
        </p>
      )}
    </div>
  );
}

/** Words on their way have the key that their view will have, so that the card stays the same card. */
function cardsOf(
  rows: readonly StreamRow[],
  pending: readonly PendingSaid[],
  me: ParticipantId | null,
): Card[] {
  return [
    ...rows.map((row) => {
      // A poll comes to everybody by itself: it is none of the new views that are counted.
      if (row.kind === 'poll') return { key: row.id, seq: null, isMine: false };
      const { by } = row.kind === 'view' ? row.view : row.reply;
      return { key: row.id, seq: row.seq, isMine: by === me };
    }),
    ...pending.map(({ draft }) => ({ key: draft.id, seq: null, isMine: true })),
  ];
}

function toggled(open: ReadonlySet<ViewId>, id: ViewId): ReadonlySet<ViewId> {
  const next = new Set(open);
  if (!next.delete(id)) next.add(id);
  return next;
}

function isTyping(): boolean {
  const active = document.activeElement;
  return active instanceof HTMLTextAreaElement && active.value !== '';
}
