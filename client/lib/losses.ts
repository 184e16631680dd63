import type { WebsocketProvider } from 'y-websocket';
import type { Reason } from '../../core/domain/refusals.ts';
import { passingReasonOf } from './collab-ears.ts';
import { comeBackMs } from './pace.ts';
import { isForGood } from './why-shut.ts';

/** After so many attempts the library waits as long as it is let. */
const PACE_FROM = 10;
/** A browser says no more than this of a line that broke, and of a door that stayed shut. */
const NO_WORD = 1006;
/** A hall whose lines were refused at one moment does not ask at one moment. */
const ASK_WITHIN_MS = 2_000;

type LossEars = {
  /** Asks why a door stays shut, which a browser does not tell; it does not fail. */
  readonly whyShut: () => Promise<Reason | null>;
  /** Why there is no line, as far as anybody knows. */
  readonly away: (reason: Reason | null) => void;
  /** The door stays shut for good, for this reason: we knock no more. */
  readonly shut: (reason: Reason) => void;
};

/** Paces how a lost line comes back, and tells why it went. */
export function hearLosses(provider: WebsocketProvider, { whyShut, away, shut }: LossEars): void {
  let isAsking = false;
  async function ask(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * ASK_WITHIN_MS));
    const reason = await whyShut();
    isAsking = false;
    if (provider.wsconnected || !provider.shouldConnect) return;
    if (reason === null || !isForGood(reason)) return away(reason);
    provider.disconnect();
    shut(reason);
  }
  provider.on('connection-close', (event) => {
    const code = event?.code ?? NO_WORD;
    if (!provider.wsconnected && code === NO_WORD) void ask(); // it does not fail
    else away(passingReasonOf(code));
    // The library would bring a whole hall back after 200 ms sharp: its longest wait is made its only one, and ours.
    provider.wsUnsuccessfulReconnects = Math.max(provider.wsUnsuccessfulReconnects, PACE_FROM);
    provider.maxBackoffTime = comeBackMs(provider.wsUnsuccessfulReconnects - PACE_FROM, Math.random());
  });
}
