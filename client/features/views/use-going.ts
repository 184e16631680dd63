import { useEffect, useMemo, useRef } from 'react';
import type { ViewId } from '../../../core/domain/ids.ts';
import { NO_FILTER } from '../../../core/domain/room/said-filter.ts';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useRoomStore } from '../../room/use-room.ts';
import { notify } from '../../ui/notices.tsx';
import { isFiltered, rootOf, viewsById } from './stream.ts';
import type { EarlierSaid } from './use-earlier.ts';
import type { Card } from './use-stream-list.ts';

interface Going {
  readonly cards: readonly Card[];
  readonly earlier: EarlierSaid;
  readonly onUnfold: (viewId: ViewId) => void;
  readonly toIndex: (index: number) => void;
}

/**
 * Leads the reader to a card by its seq. What stands in the way is put aside, one thing after another: the filter, a
 * fold, that it is not loaded.
 */
export function useGoing({ cards, earlier, onUnfold, toIndex }: Going) {
  const t = useText();
  const store = useRoomStore();
  const wanted = useRef<number | null>(null);
  const step = useRef<() => void>(() => undefined);
  useEffect(() => {
    step.current = () => {
      if (wanted.current === null) return;
      const index = cards.findIndex(({ seq }) => seq === wanted.current);
      const { filter, choose, said } = earlier;
      const folded = said.views.find(({ seq }) => seq === wanted.current);
      if (index !== -1) {
        wanted.current = null;
        toIndex(index);
      } else if (isFiltered(filter)) choose(NO_FILTER);
      else if (folded !== undefined) onUnfold(rootOf(folded, viewsById({ views: said.views, cited: [] })).id);
      // -- load tells its own failure.
      else void load(wanted.current);
    };
    const load = async (seq: number) => {
      if (!(await earlier.backTo(seq))) wanted.current = null;
    };
    step.current();
  }, [cards, earlier, onUnfold, toIndex]);

  return useMemo(() => {
    const goTo = (seq: number) => {
      wanted.current = seq;
      step.current();
    };
    const find = async (viewId: ViewId) => {
      try {
        goTo(await store.seqOf(viewId));
      } catch (thrown) {
        const { reason, details } = asApiError(thrown);
        notify('bad', reasonText(t, reason, details));
      }
    };
    // -- find tells its own failure.
    return { goTo, goToView: (viewId: ViewId) => void find(viewId) };
  }, [store, t]);
}
