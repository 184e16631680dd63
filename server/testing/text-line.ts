import { WebSocket } from 'ws';
import { headersOf, type Person } from './text-stage.ts';

/** The line of one person's browser, in a test's hand. */
export type TextLine = {
  /** What a client takes as its WebSocket. */
  readonly Socket: typeof globalThis.WebSocket;
  /** Breaks the connection that is open; the client may come back at once. */
  readonly cut: () => void;
  /** Breaks it, and lets nothing through until it is plugged in again. */
  readonly pull: () => void;
  readonly plug: () => void;
  /** From the next connection on it leads to the process at this address. */
  readonly lead: (url: string) => void;
};

/** Nobody listens there. */
const NOWHERE = 'ws://127.0.0.1:1';

export function openLine(person: Person, url: string): TextLine {
  let home = url;
  let isPulled = false;
  let socket: WebSocket | null = null;
  function connect(wanted: string, protocols: string[]): WebSocket {
    const { host } = new URL(home);
    const address = new URL(wanted);
    address.host = host;
    socket = new WebSocket(isPulled ? NOWHERE : address.href, protocols, { headers: headersOf(person) });
    return socket;
  }
  const cut = (): void => {
    const broken = socket;
    socket = null;
    // Broken before it was open it says so by an error, and a client that has let go of it hears that no more.
    broken?.on('error', () => undefined);
    broken?.terminate();
  };
  return {
    Socket: function Socket(wanted: string, protocols: string[]) {
      return connect(wanted, protocols);
    } as unknown as typeof globalThis.WebSocket,
    cut,
    pull: () => {
      isPulled = true;
      cut();
    },
    plug: () => {
      isPulled = false;
    },
    lead: (next) => {
      home = next;
    },
  };
}
