import { useRef, useState } from 'react';
import { RATES } from '../../../core/contract/limits.ts';
import type { SignalKind } from '../../../core/domain/signals.ts';
import { useServerNow } from '../../lib/clock.ts';
import { deviceNow } from '../../lib/early.ts';
import { asApiError, reasonText } from '../../lib/errors.ts';
import { useText } from '../../lib/i18n.ts';
import { useRoomStore } from '../../room/use-room.ts';
import { notify } from '../../ui/notices.tsx';
import { secondsLeft, type Rests } from './resting.ts';

const LONGEST_MS = RATES.signal.windowSeconds * 1_000;

/** Sends signals, and knows how long each kind rests. */
export function useSignalling(): {
  readonly restOf: (kind: SignalKind) => number;
  /** Never rejects: a refusal is told to the person. */
  readonly send: (kind: SignalKind) => Promise<void>;
} {
  const t = useText();
  const { sessionId } = useRoomStore();
  const nowMs = useServerNow(0);
  const [rests, setRests] = useState<Rests>({});
  const sending = useRef(new Set<SignalKind>());
  const rest = (kind: SignalKind, ms: number) =>
    setRests((before) => ({ ...before, [kind]: deviceNow() + ms }));
  const send = async (kind: SignalKind) => {
    if (sending.current.has(kind)) return;
    sending.current.add(kind);
    try {
      const { sendSignal } = await import('./commands.ts');
      rest(kind, await sendSignal(sessionId, kind));
    } catch (thrown) {
      const { reason, details } = asApiError(thrown);
      const { retryAfterMs } = details;
      // It went a moment ago from here or another device of mine: how long it rests is all there is to say.
      if (reason === 'TOO_OFTEN' && typeof retryAfterMs === 'number') rest(kind, retryAfterMs);
      else notify('bad', reasonText(t, reason, details));
    } finally {
      sending.current.delete(kind);
    }
  };
  return { restOf: (kind) => secondsLeft(rests, kind, { nowMs, longestMs: LONGEST_MS }), send };
}
