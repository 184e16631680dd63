import { WebSocket } from 'ws';
import { z } from 'zod';
import type { SessionId } from '../core/domain/ids.ts';
import { within } from '../rehearsal/within.ts';
import { openEar, parseTold } from './ear.ts';
import type { Guest } from './hall.ts';
import { createLedger, type Ledger } from './ledger.ts';

/** Somebody who listens, and at a peer also says. */
export type Listener = Pick<Ledger, 'heard' | 'times'> & { readonly close: () => void };
export type Speaker = Listener & { readonly ask: (name: string, message: unknown) => Promise<unknown> };

// Only as much as is used: a load generator that checks every field measures itself.
const Told = z.tuple([z.literal('room:events'), z.object({ events: z.array(z.object({ seq: z.int() })) })]);
const Said = z.tuple([z.literal('said'), z.object({ n: z.int() })]);
const Hearing = z.object({ ok: z.literal(true) });

/** Checks each message once, not once for each of those who hear it. */
function once<T>(check: (event: unknown) => T): (event: unknown) => T {
  const known = new WeakMap<object, { readonly value: T }>();
  return (event) => {
    if (typeof event !== 'object' || event === null) return check(event);
    const found = known.get(event) ?? { value: check(event) };
    known.set(event, found);
    return found.value;
  };
}
const seqsOf = once((event) => (Told.safeParse(event).data?.[1].events ?? []).map(({ seq }) => seq));
const numberOf = once((event) => Said.parse(event)[1].n);

const bareNumberOf = once((message) => z.object({ n: z.int() }).parse(message).n);

/** Hears a session of ours by seq, behind an event that is known. */
export async function hearRoom({ browser }: Guest, sessionId: SessionId, after: number): Promise<Listener> {
  const ledger = createLedger(after);
  const ear = await openEar(browser.url, browser.headers(), (event) => {
    for (const seq of seqsOf(event)) ledger.hear(seq);
  });
  Hearing.parse(await ear.ask('room:hear', { sessionId, after }));
  return { ...ledger, close: ear.close };
}

/** Hears the bare Socket.io peer, which promises no order among its processes. */
export async function hearSocketIo(port: number): Promise<Speaker> {
  const ledger = createLedger(null);
  const ear = await openEar(`http://127.0.0.1:${port}`, {}, (event) => ledger.hear(numberOf(event)));
  return { ...ledger, ...ear };
}

/** Hears the bare ws peer. */
export async function hearWs(port: number): Promise<Speaker> {
  const ledger = createLedger(null);
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  socket.on('message', (data: Buffer) => {
    ledger.hear(bareNumberOf(parseTold(data, 0)));
  });
  const opened = new Promise((resolve) => socket.once('open', resolve));
  await within(60_000, 'for the peer', opened);
  return {
    ...ledger,
    ask: async (_name, message) => socket.send(JSON.stringify(message)),
    close: () => socket.close(),
  };
}
