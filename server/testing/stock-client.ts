import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { polyfill, type Gateway, type Person } from './text-stage.ts';
import { typeInto, wordsOf } from './yjs-words.ts';

/** A stock client, as y-websocket ships it. */
export type Client = {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  readonly text: () => string;
  readonly type: (words: string) => void;
  readonly closed: () => number | null;
};

const clients: Client[] = [];

export function stockClient(
  gateway: Pick<Gateway, 'url'>,
  documentId: string,
  person: Person,
  doc = new Y.Doc(),
  params: Record<string, string> = {},
): Client {
  const provider = new WebsocketProvider(gateway.url, documentId, doc, {
    WebSocketPolyfill: polyfill(person),
    disableBc: true,
    params,
    maxBackoffTime: 200,
  });
  let code: number | null = null;
  provider.on('closed', (event) => {
    ({ code } = event);
  });
  const client = {
    doc,
    provider,
    text: () => wordsOf(doc),
    type: (words: string) => typeInto(doc, words),
    closed: () => code,
  };
  clients.push(client);
  return client;
}

export function stopClients(): void {
  for (const client of clients.splice(0)) client.provider.destroy();
}
