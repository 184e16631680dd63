import { useEffect, useState } from 'react';
import { ViewId } from '../../core/domain/ids.ts';
import { viewIn } from '../../core/domain/room/earlier.ts';
import type { Room } from '../../core/domain/room/state.ts';
import type { View } from '../../core/domain/views.ts';
import { useRoomState, useRoomStore } from './use-room.ts';

type Held = Pick<Room, 'views' | 'earlier'>;

/** A view that may be earlier than what is held here: then it is fetched. Null until it has come, or when it cannot. */
export function useHeldView(room: Held, viewId: ViewId): View | null {
  return useHeldViews(room, [viewId])[0] ?? null;
}

/** The same for some: those that are here by now, in their order. */
export function useHeldViews(room: Held, viewIds: readonly ViewId[]): readonly View[] {
  const store = useRoomStore();
  const [fetched, setFetched] = useState<ReadonlyMap<ViewId, View>>(new Map());
  const missing = viewIds.filter((id) => viewIn(room, id) === undefined && !fetched.has(id)).join(' ');
  const isOnLine = useRoomState(({ connection }) => connection === 'live' || connection === 'restored');
  useEffect(() => {
    if (missing === '' || !isOnLine) return undefined;
    let isGone = false;
    const fetchView = async (id: ViewId) => {
      try {
        const view = await store.viewOf(id);
        if (!isGone) setFetched((known) => new Map([...known, [id, view]]));
      } catch {
        // Asked for again when the line is back.
      }
    };
    // -- fetchView never rejects.
    for (const id of missing.split(' ')) void fetchView(ViewId.parse(id));
    return () => {
      isGone = true;
    };
  }, [store, missing, isOnLine]);
  return viewIds.flatMap((id) => viewIn(room, id) ?? fetched.get(id) ?? []);
}
