import { signalRoutes } from '../../../core/contract/signals.ts';
import type { SessionId } from '../../../core/domain/ids.ts';
import type { SignalKind } from '../../../core/domain/signals.ts';
import { call } from '../../lib/api.ts';

/** Sends a signal; when I may send another of its kind, in milliseconds from now. Throws ApiError. */
export async function sendSignal(sessionId: SessionId, kind: SignalKind): Promise<number> {
  const { restMs } = await call(signalRoutes.sendSignal, { params: { sessionId }, body: { kind } });
  return restMs;
}
