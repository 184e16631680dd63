import { z } from 'zod';
import { SessionId } from '../../core/domain/ids.ts';
import { NO_SIGNALS, SignalCounts, withSignal } from '../../core/domain/signals.ts';
import type { Log } from '../log.ts';
import type { Bus } from '../ports/bus.ts';
import { SIGNAL_CHANNEL, type SignalNews, type Signals } from '../ports/signals.ts';

/** What a hall claps in this time is one message to the other processes. */
const GATHER_MS = 200;

const News = z.strictObject({ sessionId: SessionId, counts: SignalCounts });

/** Signals over the bus: gathered for a moment, then told here and to the others. */
export async function createSignals(bus: Bus, log: Log): Promise<Signals> {
  const listeners = new Set<(news: SignalNews) => void>();
  const gathered = new Map<SessionId, SignalCounts>();
  const tell = (news: SignalNews) => {
    for (const listener of listeners) {
      try {
        listener(news);
      } catch (error) {
        log.error({ err: error }, 'signals could not be told');
      }
    }
  };
  const pass = (sessionId: SessionId) => {
    const counts = gathered.get(sessionId) ?? NO_SIGNALS;
    gathered.delete(sessionId);
    tell({ sessionId, counts });
    bus.publish(SIGNAL_CHANNEL, JSON.stringify({ sessionId, counts } satisfies SignalNews));
  };
  await bus.subscribe(SIGNAL_CHANNEL, (message) => {
    const news = read(message);
    if (news !== undefined) tell(news);
  });
  return {
    send: (sessionId, kind) => {
      const waiting = gathered.get(sessionId);
      gathered.set(sessionId, withSignal(waiting ?? NO_SIGNALS, kind));
      if (waiting === undefined) setTimeout(() => pass(sessionId), GATHER_MS).unref();
    },
    hear: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function read(message: string): SignalNews | undefined {
  try {
    return News.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined;
  }
}
