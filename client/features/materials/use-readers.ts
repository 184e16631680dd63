import { useCallback, useEffect, useState } from 'react';
import { materialRoutes, type MaterialReaders } from '../../../core/contract/materials.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import { call } from '../../lib/api.ts';

/** How often the counts are read again while they are in sight. */
const EVERY_MS = 15_000;

type Read = MaterialReaders['materials'][number];

/** Who has read what, while it is in sight; count: how many materials there are, so that a new one is asked about at once. */
export function useReaders(
  sessionId: SessionId,
  count: number,
): { readonly of: (id: string) => Read | undefined; readonly refresh: () => void } {
  const [read, setRead] = useState<ReadonlyMap<string, Read>>(new Map());
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (count === 0) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      try {
        const { materials } = await call(materialRoutes.getMaterialReaders, {
          params: { sessionId },
          signal: abort.signal,
        });
        if (!abort.signal.aborted) setRead(new Map(materials.map((one) => [one.id, one])));
      } catch {
        // What was read before stays; the light of the room says that the line is away.
      }
      if (!abort.signal.aborted) timer = setTimeout(() => void ask(), EVERY_MS); // ask never rejects
    };
    void ask(); // it never rejects
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
    // -- another turn asks again.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [sessionId, count, turn]);
  const refresh = useCallback(() => setTurn((before) => before + 1), []);
  return { of: (id) => read.get(id), refresh };
}
