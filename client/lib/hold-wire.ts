import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import { DOORS } from '../../core/contract/limits.ts';
import { STEP_1 } from './collab-ears.ts';
import { createHold, type Hold } from './hold.ts';
import { rootedBy, type Uprooted, uprooted } from './uprooted.ts';

type Waiting =
  | { readonly way: 'in'; readonly read: () => void }
  /** The server's question what we have: the answer would hold the letters too. */
  | { readonly way: 'asked'; readonly isLive: () => boolean; readonly answer: () => void }
  | { readonly way: 'out'; readonly update: Uint8Array };

/**
 * Lets what is written wait, both ways, while an input method is at work, and so what the server asks.
 * sent: whatever waited is on its way. replant: a word whose paragraph became something else meanwhile belongs there.
 */
export function holdWire(
  provider: WebsocketProvider,
  { sent, replant }: { readonly sent: () => void; readonly replant: (place: Uprooted) => void },
): Hold<Waiting> {
  const { doc, messageHandlers } = provider;
  const send = sendWithin(provider, DOORS.updateBytes);
  /** An answer that is about to be given holds whatever is written now. */
  let isToAnswer = false;
  const hold = createHold<Waiting>((waiting) => {
    const words = waiting.flatMap((one) => (one.way === 'out' ? [one.update] : []));
    const rooted = words.length === 0 ? [] : rootedBy(doc, Y.mergeUpdates(words));
    const asked = waiting.filter((one) => one.way === 'asked').filter(({ isLive }) => isLive());
    // An answer holds them too, with what they build on.
    if (words.length > 0 && asked.length === 0) send(Y.mergeUpdates(words), null);
    isToAnswer = asked.length > 0;
    try {
      takeIn(waiting, rooted);
    } finally {
      isToAnswer = false;
    }
    for (const { answer } of asked) answer();
    sent();
  });
  function takeIn(waiting: readonly Waiting[], rooted: ReturnType<typeof rootedBy>): void {
    // In one transaction, so that the editor draws once.
    const since = doc.transact(({ beforeState }) => {
      for (const one of waiting) if (one.way === 'in') one.read();
      return beforeState;
    }, provider);
    for (const one of rooted) {
      const place = uprooted(doc, since, one);
      if (place !== null) replant(place);
    }
  }
  const sync = messageHandlers[COLLAB_MESSAGE.sync];
  messageHandlers[COLLAB_MESSAGE.sync] = (encoder, decoder, from, isLive, type) => {
    const line = provider.ws;
    // Of a line that is gone it says what was written, but not that we are up to date on the next.
    const read = () => sync?.(encoder, decoder, from, isLive && line === provider.ws, type);
    const answer = (): void => {
      const late = encoding.createEncoder();
      sync?.(late, decoder, from, isLive, type);
      line?.send(encoding.toUint8Array(late));
    };
    const isQuestion = decoding.peekVarUint(decoder) === STEP_1;
    const waits: Waiting = isQuestion
      ? { way: 'asked', isLive: () => line === provider.ws && provider.wsconnected, answer }
      : { way: 'in', read };
    if (!hold.keep(waits, decoder.arr.byteLength)) read();
  };
  doc.off('update', provider._updateHandler);
  provider._updateHandler = (update, origin) => {
    if (origin === provider || isToAnswer) return;
    if (!hold.keep({ way: 'out', update }, update.byteLength)) send(update, origin);
  };
  doc.on('update', provider._updateHandler);
  return hold;
}

/**
 * The server takes no edit that is larger than a limit, but everything that it lacks when it asks: so a larger one, as
 * the undoing of a great deletion, is not sent but asked for, on a new line.
 */
function sendWithin(
  provider: WebsocketProvider,
  bytes: number,
): (update: Uint8Array, origin: unknown) => void {
  const send = provider._updateHandler;
  return (update, origin) => {
    if (update.byteLength <= bytes || !provider.wsconnected) return send(update, origin);
    provider.disconnect();
    provider.connect();
  };
}
