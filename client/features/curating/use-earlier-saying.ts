import { useEffect, useState } from 'react';
import { LIMITS } from '../../../core/domain/limits.ts';
import { NO_FILTER } from '../../../core/domain/room/said-filter.ts';
import { asApiError, type ApiError } from '../../lib/errors.ts';
import { useRoomState, useRoomStore } from '../../room/use-room.ts';

/** So long nobody types, before what is looked for is asked of the server. */
const REST_MS = 400;

type Asked = { readonly query: string; readonly before: number; readonly error: ApiError | null };

/**
 * Fetches the newest of the earlier views in which these words stand, where this page does not hold all that was said; the
 * room then holds them beside its own. Tells whether they are on their way, and what went wrong.
 */
export function useEarlierSaying(words: string) {
  const store = useRoomStore();
  const before = useRoomState(({ room }) => room.earlier?.before ?? null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const query = words.trim().slice(0, LIMITS.searchLength);
  const isWanted = query !== '' && before !== null;
  const isAsked = asked?.query === query && asked.before === before;
  useEffect(() => {
    if (!isWanted || isAsked) return undefined;
    let isGone = false;
    const ask = async () => {
      let error: ApiError | null = null;
      try {
        await store.matching({ ...NO_FILTER, q: query }, before);
      } catch (thrown) {
        error = asApiError(thrown);
      }
      if (!isGone) setAsked({ query, before, error });
    };
    // -- ask never rejects.
    const timer = setTimeout(() => void ask(), REST_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [store, query, before, isWanted, isAsked]);
  return { isLooking: isWanted && !isAsked, error: isWanted && isAsked ? asked.error : null };
}
