import {
  createContext,
  createElement,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { SessionId } from '../../core/domain/ids.ts';
import type { RoomDoor } from '../../core/contract/room.ts';
import { createLiveRoom, type LiveRoom, type LiveState, type Sent } from './live-room.ts';
import type { DoorInput } from './commands.ts';

const RoomContext = createContext<LiveRoom | null>(null);

/** The live room of a session for as long as the component is shown. */
export function useRoom(sessionId: SessionId): LiveRoom {
  const room = useMemo(() => createLiveRoom(sessionId), [sessionId]);
  useEffect(() => room.start(), [room]);
  return room;
}

interface RoomProviderProps {
  readonly store: LiveRoom;
  readonly children: ReactNode;
}

/** Makes a room known to everything inside. */
export function RoomProvider({ store, children }: RoomProviderProps) {
  return createElement(RoomContext, { value: store }, children);
}

/** The room around this component, for acts; read it through useRoomState. */
export function useRoomStore(): LiveRoom {
  const room = useContext(RoomContext);
  if (room === null) throw new Error('no RoomProvider around this component');
  return room;
}

/** A part of the room's state; drawn again only when that part changes (compared one level deep). */
export function useRoomState<T>(select: (state: LiveState) => T): T {
  const store = useRoomStore();
  const last = useRef<{ readonly state: LiveState; readonly select: unknown; readonly value: T } | null>(
    null,
  );
  const read = () => {
    const state = store.state();
    const before = last.current;
    if (before !== null && before.state === state && before.select === select) return before.value;
    const fresh = select(state);
    const value = before !== null && isAlike(before.value, fresh) ? before.value : fresh;
    last.current = { state, select, value };
    return value;
  };
  return useSyncExternalStore(store.subscribe, read);
}

/** Sends a command to the room around this component. */
export function useSend(): <D extends RoomDoor>(door: D, input: DoorInput<D>) => Promise<Sent> {
  return useRoomStore().send;
}

function isAlike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([key, value]) => Object.is(value, Reflect.get(b, key)));
}
