import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { ErrorBody } from '../../core/contract/errors.ts';
import {
  Presence,
  RoomEvents,
  RoomSignals,
  Stopping,
  type ClientMessages,
} from '../../core/contract/socket.ts';
import type { Envelope } from '../../core/domain/events.ts';
import { SessionId } from '../../core/domain/ids.ts';
import type { SignalCounts } from '../../core/domain/signals.ts';
import { ApiError } from './errors.ts';
import { comeBackMs } from './pace.ts';

/** What a line tells its owner. */
export type LineListener = {
  readonly onUp: () => void;
  readonly onDown: () => void;
  readonly onEvents: (events: readonly Envelope[]) => void;
  /** Something came that we cannot read: fetch what is missing by HTTP. */
  readonly onGarbled: () => void;
  readonly onPresence: (presence: Presence) => void;
  readonly onSignals: (counts: SignalCounts) => void;
  readonly onCut: (error: ApiError) => void;
};

/** The line over which one session is heard. It reconnects by itself until closed. */
export type Line = {
  /** Asks to hear the session after a seq; throws ApiError. */
  readonly hear: (after: number) => Promise<{ readonly seq: number; readonly behind: boolean }>;
  readonly close: () => void;
};

const HEAR_MS = 8_000;
const Cut = z.object({ sessionId: SessionId.nullable(), error: ErrorBody });
const HeardAck = z.union([
  z.object({ ok: z.literal(true), value: z.object({ seq: z.number(), behind: z.boolean() }) }),
  z.object({ ok: z.literal(false), error: ErrorBody }),
]);

/** Where the server is, and what a browser sends by itself; nothing in a browser. */
export type LineOptions = {
  readonly url?: string;
  readonly extraHeaders?: Record<string, string>;
  readonly forceNew?: boolean;
};

export function openLine(
  sessionId: SessionId,
  listener: LineListener,
  { url = globalThis.location.origin, ...options }: LineOptions = {},
): Line {
  // What comes in is parsed below, so only what goes out needs its types.
  const socket: Socket<Record<string, (message: unknown) => void>, ClientMessages> = io(url, {
    ...options,
    transports: ['websocket'],
    withCredentials: true,
    // We come back at our own pace, whyever the line broke.
    reconnection: false,
    timeout: 8_000,
  });
  let isCut = false;
  let failures = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let moving: ReturnType<typeof setTimeout> | undefined;

  socket.on('connect', () => {
    failures = 0;
    listener.onUp();
  });
  socket.on('disconnect', () => {
    listener.onDown();
    comeBackIn(comeBackMs(failures, Math.random()));
  });
  socket.on('connect_error', (error) => {
    listener.onDown();
    failures += 1;
    const refusal = ErrorBody.safeParse('data' in error ? error.data : undefined);
    if (refusal.success && (refusal.data.code === 'UNAUTHENTICATED' || refusal.data.code === 'FORBIDDEN')) {
      isCut = true;
      listener.onCut(errorOf(refusal.data));
    } else comeBackIn(comeBackMs(failures, Math.random()));
  });
  socket.on('server:stopping', (message: unknown) => {
    const parsed = Stopping.safeParse(message);
    if (!parsed.success) return;
    clearTimeout(moving);
    moving = setTimeout(() => {
      socket.disconnect();
      comeBackIn(0);
    }, Math.random() * parsed.data.spreadMs);
  });
  socket.on('room:events', (message: unknown) => {
    const parsed = RoomEvents.safeParse(message);
    if (!parsed.success) listener.onGarbled();
    else if (parsed.data.sessionId === sessionId) listener.onEvents(parsed.data.events);
  });
  socket.on('room:presence', (message: unknown) => {
    const parsed = Presence.safeParse(message);
    if (parsed.success && parsed.data.sessionId === sessionId) listener.onPresence(parsed.data);
  });
  socket.on('room:signals', (message: unknown) => {
    const parsed = RoomSignals.safeParse(message);
    if (parsed.success && parsed.data.sessionId === sessionId) listener.onSignals(parsed.data.counts);
  });
  socket.on('room:cut', (message: unknown) => {
    const parsed = Cut.safeParse(message);
    if (parsed.success && parsed.data.sessionId !== null && parsed.data.sessionId !== sessionId) return;
    isCut = true;
    listener.onCut(parsed.success ? errorOf(parsed.data.error) : new ApiError('UNEXPECTED'));
  });
  const comeBack = () => {
    if (isCut) return;
    if (socket.connected) listener.onUp();
    else socket.connect();
  };
  const comeBackIn = (ms: number) => {
    clearTimeout(soon);
    clearTimeout(moving);
    soon = setTimeout(comeBack, ms);
  };
  globalThis.addEventListener?.('online', comeBack);
  // The browser knows of a lost network long before a heartbeat is missed.
  globalThis.addEventListener?.('offline', listener.onDown);

  return {
    hear: async (after) => {
      const ack = HeardAck.safeParse(
        await ask(() => socket.timeout(HEAR_MS).emitWithAck('room:hear', { sessionId, after })),
      );
      if (!ack.success) throw new ApiError('UNEXPECTED', { cause: ack.error });
      if (!ack.data.ok) throw errorOf(ack.data.error);
      return ack.data.value;
    },
    close: () => {
      isCut = true;
      clearTimeout(soon);
      clearTimeout(moving);
      globalThis.removeEventListener?.('online', comeBack);
      globalThis.removeEventListener?.('offline', listener.onDown);
      socket.off();
      socket.disconnect();
    },
  };
}

async function ask(emit: () => Promise<unknown>): Promise<unknown> {
  try {
    return await emit();
  } catch (cause) {
    throw new ApiError('OFFLINE', { cause });
  }
}

function errorOf({ reason, details, requestId, message }: ErrorBody): ApiError {
  return new ApiError(reason, { details, requestId, message });
}
