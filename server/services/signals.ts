import { RATES } from '../../core/contract/limits.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import type { SignalKind } from '../../core/domain/signals.ts';
import { guardSignal } from '../../core/domain/room/signalling.ts';
import { fromRefusal } from '../app-error.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import type { Signals } from '../ports/signals.ts';
import { enterFor, type StandingDeps } from './standing.ts';

export type SignalsDeps = StandingDeps & {
  readonly signals: Signals;
  /** Counts one signal of a key, in all processes together; throws TOO_OFTEN with retryAfterMs. */
  readonly rest: (key: string) => Promise<void>;
};

export type SignalsService = ReturnType<typeof createSignalsService>;

/** What people say to the room without words [Q1]–[Q3]. */
export function createSignalsService(deps: SignalsDeps) {
  return {
    /** Throws every refusal of guardSignal; TOO_OFTEN. */
    send: async (who: SignedIn, sessionId: SessionId, kind: SignalKind): Promise<{ restMs: number }> => {
      const { room, standing } = await enterFor(deps, { who, sessionId, act: 'signal:send' });
      const seat = guardSignal(room, standing);
      if (!seat.ok) throw fromRefusal(seat.error);
      // By the seat: other windows and devices of the same person rest with it.
      await deps.rest(`${sessionId}:${seat.value.id}:${kind}`);
      deps.signals.send(sessionId, kind);
      return { restMs: RATES.signal.windowSeconds * 1_000 };
    },
  };
}
