import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { openText } from '../../client/lib/collab.ts';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';
import { createLedger, type Ledger } from './text-ledger.ts';
import { openLine, type TextLine } from './text-line.ts';
import type { Person } from './text-stage.ts';

/** Somebody who writes with a real client: what they did and were told stands in their ledger. */
export type TextWriter = {
  readonly name: string;
  readonly doc: Y.Doc;
  readonly line: TextLine;
  readonly ledger: Ledger;
  /** Whether everything done so far was called saved. */
  readonly isSaved: () => boolean;
  /** Whether the text has come down this line. */
  readonly hasText: () => boolean;
  /** What the client says of itself, for a test that failed. */
  readonly state: () => string;
  readonly close: () => void;
};

type Opening = {
  readonly name: string;
  readonly documentId: string;
  readonly person: Person;
  /** Where they come in: the url of a process. */
  readonly url: string;
};

/** Somebody with the product's own client, as a page has it. */
export function productWriter({ name, documentId, person, url }: Opening): TextWriter {
  const doc = new Y.Doc();
  const line = openLine(person, url);
  const ledger = createLedger();
  const text = openText({ documentId, personId: person.personId, doc, url, WebSocketPolyfill: line.Socket });
  const isSaved = (): boolean => text.saveState().kind === 'saved';
  // The light is said of everything done before: it turns from saved in the very call that changes the text.
  text.subscribe(() => {
    if (isSaved()) ledger.acknowledge(ledger.length());
  });
  return {
    name,
    doc,
    line,
    ledger,
    isSaved: () => isSaved() && ledger.isSettled(),
    hasText: isSaved,
    state: () => JSON.stringify(text.saveState()),
    close: () => {
      text.close();
      doc.destroy();
    },
  };
}

const ASK_AGAIN_MS = 50;
// Each client listens for the end of the process, to say goodbye.
process.setMaxListeners(200);

/** Somebody with y-websocket as it is shipped, who asks by barriers whether it is saved. */
export function stockWriter({ name, documentId, person, url }: Opening): TextWriter {
  const doc = new Y.Doc();
  const line = openLine(person, url);
  const ledger = createLedger();
  const refusals: string[] = [];
  const provider = new WebsocketProvider(url, documentId, doc, {
    WebSocketPolyfill: line.Socket,
    disableBc: true,
    maxBackoffTime: 300,
  });
  provider.messageHandlers[COLLAB_MESSAGE.barrier] = (_encoder, decoder) => {
    const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder));
    ledger.acknowledge(decoding.readVarUint(inner));
  };
  provider.messageHandlers[COLLAB_MESSAGE.standing] = () => undefined;
  provider.messageHandlers[COLLAB_MESSAGE.refused] = (_encoder, decoder) => {
    refusals.push(decoding.readVarString(decoder));
  };
  let asked = 0;
  // A lost connection takes the questions with it.
  provider.on('connection-close', () => {
    asked = 0;
  });
  const asking = setInterval(() => {
    // Only once the server has had the answer to what it lacks: a barrier before it speaks of less.
    if (!provider.synced || provider.ws === null || asked === ledger.length() || ledger.isSettled()) return;
    asked = ledger.length();
    provider.ws.send(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, COLLAB_MESSAGE.barrier);
        encoding.writeVarUint8Array(
          encoder,
          encoding.encode((inner) => encoding.writeVarUint(inner, asked)),
        );
      }),
    );
  }, ASK_AGAIN_MS);
  return {
    name,
    doc,
    line,
    ledger,
    isSaved: () => provider.synced && ledger.isSettled(),
    hasText: () => provider.synced,
    state: () => JSON.stringify({ synced: provider.synced, asked, acked: ledger.acknowledged(), refusals }),
    close: () => {
      clearInterval(asking);
      provider.destroy();
      doc.destroy();
    },
  };
}
