import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Page } from '../../../core/domain/room/earlier.ts';
import { NO_FILTER, type SaidFilter } from '../../../core/domain/room/said-filter.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useRoomStore } from '../../room/use-room.ts';
import { notify } from '../../ui/notices.tsx';
import { isFiltered, type Said } from './stream.ts';

export type EarlierSaid = {
  readonly filter: SaidFilter;
  /** Another filter; its first page of earlier things comes by itself. */
  readonly choose: (filter: SaidFilter) => void;
  /** What is here, with what was fetched for the filter. */
  readonly said: Said;
  /** How many more there are that pass the filter; null while nobody has told yet. */
  readonly count: number | null;
  readonly isLoading: boolean;
  /** One page more. */
  readonly more: () => void;
  /** Everything back to a seq; false when that failed, which is told. */
  readonly backTo: (seq: number) => Promise<boolean>;
};

/** What was said before the part that this room holds: of everything, or of what passes the filter. */
export function useEarlier(room: Room): EarlierSaid {
  const { views, replies, participants, earlier, merges, endorsers } = room;
  const [filter, setFilter] = useState<SaidFilter>(NO_FILTER);
  const { page, isLoading, fetchMatching, backTo } = useFetching(filter);
  const before = page === null ? earlier?.before : page.earlier?.before;
  const choose = (next: SaidFilter) => {
    setFilter(next);
    // A filter over a part of what was said would say "none" where there are some.
    if (isFiltered(next) && earlier !== undefined) fetchMatching(next, earlier.before);
  };
  const isLost = page !== null && !isFollowed(page, earlier);
  const newest = earlier?.before;
  useEffect(() => {
    if (isLost && newest !== undefined) fetchMatching(filter, newest);
  }, [isLost, newest, filter, fetchMatching]);
  const more = useCallback(() => {
    if (before === undefined) return;
    if (isFiltered(filter)) fetchMatching(filter, before);
    else void backTo(null); // -- backTo tells its own failure.
  }, [before, filter, fetchMatching, backTo]);
  const said = useMemo<Said>(() => {
    const from = earlier?.before ?? 0;
    const older = <T extends { readonly seq: number }>(list: readonly T[]) =>
      list.filter(({ seq }) => seq < from);
    // The room follows what happens to them; the page shows them as they were.
    const followed = new Map(earlier?.cited.map((view) => [view.id, view]));
    return {
      views: [...older(page?.views ?? []).map((view) => followed.get(view.id) ?? view), ...views],
      replies: [...older(page?.replies ?? []), ...replies],
      cited: [...(earlier?.cited ?? []), ...(page?.earlier?.cited ?? [])],
      participants,
      ...(merges === undefined ? {} : { merges }),
      ...(endorsers === undefined ? {} : { endorsers }),
    };
  }, [earlier, page, views, replies, participants, merges, endorsers]);
  const left = page === null ? (earlier ?? null) : page.earlier;
  const isUnasked = isFiltered(filter) && page === null && earlier !== undefined;
  const count = isUnasked ? null : (left?.views ?? 0) + (left?.replies ?? 0);
  return { filter, choose, said, count, isLoading, more, backTo };
}

/** One thing at a time is fetched for a filter; what comes for a filter that was left is not shown. */
function useFetching(filter: SaidFilter) {
  const t = useText();
  const store = useRoomStore();
  const [found, setFound] = useState<{ readonly filter: SaidFilter; readonly page: Page } | null>(null);
  const [loading, setLoading] = useState<SaidFilter | null>(null);
  const busy = useRef<SaidFilter | null>(null);
  const alone = useCallback(
    async (one: SaidFilter, work: () => Promise<void>): Promise<boolean> => {
      if (busy.current === one) return true;
      busy.current = one;
      setLoading(one);
      try {
        await work();
        return true;
      } catch (thrown) {
        const { reason, details } = asApiError(thrown);
        notify('bad', reasonText(t, reason, details));
        return false;
      } finally {
        if (busy.current === one) {
          busy.current = null;
          setLoading(null);
        }
      }
    },
    [t],
  );
  const fetchMatching = useCallback(
    (one: SaidFilter, before: number) =>
      // -- alone never rejects.
      void alone(one, async () => {
        const next = await store.matching(one, before);
        setFound((known) => ({
          filter: one,
          // Behind a new picture of the room what was found is found anew.
          page:
            known?.filter === one && known.page.earlier?.before === next.before
              ? joined(next, known.page)
              : next,
        }));
      }),
    [alone, store],
  );
  const backTo = useCallback(
    (seq: number | null) =>
      alone(NO_FILTER, async () => {
        const error = await store.loadEarlier(seq);
        if (error !== null) throw error;
      }),
    [alone, store],
  );
  const page = found?.filter === filter ? found.page : null;
  return { page, isLoading: loading === filter, fetchMatching, backTo };
}

function joined(older: Page, newer: Page): Page {
  return {
    seq: older.seq,
    before: newer.before,
    views: [...older.views, ...newer.views],
    replies: [...older.replies, ...newer.replies],
    earlier: older.earlier,
  };
}

/** Whether the room still holds what was found: a new picture of it, after a long absence, does not. */
function isFollowed({ views }: Page, earlier: Room['earlier']): boolean {
  if (earlier === undefined) return true;
  const held = new Set(earlier.cited.map(({ id }) => id));
  return views.every(({ id, seq }) => seq >= earlier.before || held.has(id));
}
