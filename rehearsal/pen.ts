import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { COLLAB_MESSAGE, SCHEMA_PARAM } from '../core/contract/collab.ts';
import type { DocumentId } from '../core/domain/ids.ts';
import { TEXT_FRAGMENT, TEXT_SCHEMA_VERSION, type OutcomeNode } from '../core/domain/outcome.ts';
import type { Browser } from './doors.ts';
import { toElement } from '../prisma/seed/to-yjs.ts';
import { within } from './within.ts';

/** One person at the shared text, over /collab as any y-websocket client. */
export type Pen = {
  /** Waits until the text here has this many blocks. */
  readonly sees: (blocks: number) => Promise<void>;
  /** Adds a block at the end; resolves when the server says it is saved. */
  readonly append: (block: OutcomeNode) => Promise<void>;
  /** The text as it stands here: to compare with somebody else's. */
  readonly text: () => string;
  readonly close: () => void;
};

/** Long enough for a server that is started again. */
const DEADLINE_MS = 60_000;

/** Opens the text and waits until it is here. */
export async function takePen(browser: Browser, documentId: DocumentId): Promise<Pen> {
  const doc = new Y.Doc();
  const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
  const provider = new WebsocketProvider(`${browser.url.replace(/^http/, 'ws')}/collab`, documentId, doc, {
    WebSocketPolyfill: cookieSocket(browser) as unknown as typeof globalThis.WebSocket, // reason: ws is what a browser has
    params: { [SCHEMA_PARAM]: String(TEXT_SCHEMA_VERSION) },
    disableBc: true,
  });
  const barrier = barriersOf(provider);
  const close = () => {
    provider.destroy();
    doc.destroy();
  };
  try {
    await within(DEADLINE_MS, 'for the text', synced(provider));
  } catch (error) {
    close();
    throw error;
  }
  return {
    sees: (blocks) => within(DEADLINE_MS, `for ${blocks} blocks of the text`, grown(fragment, blocks)),
    append: async (block) => {
      fragment.push([toElement(block)]);
      await within(DEADLINE_MS, 'for the text to be saved', barrier());
    },
    text: () => fragment.toString(),
    close,
  };
}

/** A WebSocket with the cookie that a browser would send by itself. */
export function cookieSocket(browser: Browser) {
  const headers = browser.headers();
  return class extends WebSocket {
    constructor(address: string, protocols?: string[]) {
      super(address, protocols ?? [], { headers });
      this.on('message', (data) => {
        if (data instanceof Buffer) browser.tap('text', data);
      });
    }
  };
}

function synced(provider: WebsocketProvider): Promise<void> {
  return new Promise((resolve, reject) => {
    provider.on('sync', (isSynced: boolean) => {
      if (isSynced) resolve();
    });
    provider.on('connection-close', (event: CloseEvent | null) => {
      // 4400–4499 are final; everything else the provider tries again.
      if (event !== null && event.code >= 4400 && event.code < 4500) {
        reject(new Error(`the text was closed to this person: ${event.code} ${event.reason}`));
      }
    });
  });
}

function grown(fragment: Y.XmlFragment, blocks: number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (fragment.length < blocks) return;
      fragment.unobserve(look);
      resolve();
    };
    fragment.observe(look);
    look();
  });
}

type Asked = { readonly resolve: () => void; readonly reject: (error: Error) => void };

/** Asks the server to say when everything sent so far is committed. */
function barriersOf(provider: WebsocketProvider): () => Promise<void> {
  let count = 0;
  const open = new Map<number, Asked>();
  provider.messageHandlers[COLLAB_MESSAGE.barrier] = (_, decoder) => {
    const [number] = decoding.readVarUint8Array(decoder);
    if (number === undefined) return;
    open.get(number)?.resolve();
    open.delete(number);
  };
  // Whether this person may write shows in their barriers.
  provider.messageHandlers[COLLAB_MESSAGE.standing] = () => undefined;
  provider.messageHandlers[COLLAB_MESSAGE.refused] = (_, decoder) => {
    const reason = decoding.readVarString(decoder);
    for (const { reject } of open.values()) reject(new Error(`the text was not saved: ${reason}`));
  };
  // A lost connection takes the questions with it: they are asked again behind what the new one sends.
  provider.on('sync', (isSynced: boolean) => {
    if (isSynced) for (const number of open.keys()) ask(provider, number);
  });
  return () =>
    new Promise((resolve, reject) => {
      count = (count + 1) % 256;
      open.set(count, { resolve, reject });
      ask(provider, count);
    });
}

function ask(provider: WebsocketProvider, number: number): void {
  if (provider.ws?.readyState !== WebSocket.OPEN) return;
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, COLLAB_MESSAGE.barrier);
  encoding.writeVarUint8Array(encoder, Uint8Array.of(number));
  provider.ws.send(encoding.toUint8Array(encoder));
}
