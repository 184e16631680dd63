import { apply } from '../../core/domain/room/apply.ts';
import { randomUUID } from 'node:crypto';
import { accountRoutes } from '../../core/contract/accounts.ts';
import { ErrorBody } from '../../core/contract/errors.ts';
import type { CommandReply } from '../../core/contract/door.ts';
import { roomDoors } from '../../core/contract/room.ts';
import type { ReplyOf, Route } from '../../core/contract/route.ts';
import { sessionRoutes } from '../../core/contract/sessions.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { ApiError } from '../../client/lib/errors.ts';
import { createKept } from '../../client/lib/kept.ts';
import { createOutbox, type Outbox } from '../../client/lib/outbox.ts';
import { openLine } from '../../client/lib/socket.ts';
import { createRoomStore, type RoomStore } from '../../client/room/room-store.ts';
import { openBrowser, type Browser } from '../../rehearsal/doors.ts';

/** Somebody with the real client's outbox, line and picture of the room, and no screen. */
export type Visitor = {
  readonly participantId: string;
  readonly store: RoomStore;
  readonly outbox: Outbox;
  /** Requests that had to be made again, and why. */
  readonly repeated: readonly string[];
  readonly leave: () => void;
};

type Ask = <R extends Route>(route: R, parts: Parts) => Promise<ReplyOf<R>>;
type Parts = {
  readonly params: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly key?: string;
};

/** Joins by a link as a guest and stays. */
export async function joinQuietly(url: string, token: string, venueId: string | null): Promise<Visitor> {
  const browser = openBrowser(url, () => undefined);
  const body = { token, key: randomUUID(), consent: true as const, name: '', venueId };
  const { sessionId, participantId } = await browser.call(accountRoutes.join, { body });
  const repeated: string[] = [];
  const ask = askerFor(browser);
  const params = { sessionId };
  const store = createRoomStore({
    fold: apply,
    snapshot: async () => ({
      reply: await ask(sessionRoutes.getSnapshot, { params }),
      tag: null,
      askedAt: Date.now(),
      spokenAt: Date.now(),
    }),
    pageBefore: (before, limit) =>
      ask(sessionRoutes.getViews, { params, query: { before: String(before), limit: String(limit) } }),
    poll: (pollId) => ask(sessionRoutes.getPoll, { params: { ...params, pollId } }),
    eventsAfter: (after) => ask(sessionRoutes.getEvents, { params, query: { after: String(after) } }),
    openLine: (listener) =>
      openLine(sessionId, listener, { url, extraHeaders: { ...browser.headers() }, forceNew: true }),
    after,
    random: () => Math.random(),
  });
  const stop = store.start();
  const outbox = createOutbox({
    kept: createKept(() => {
      throw new Error('nothing is kept on a disk here');
    }),
    place: `outbox/${participantId}/`,
    deliver: async (letter) => {
      try {
        const { events } = await command(ask, sessionId, letter);
        store.accept(events);
        return events.at(-1)?.seq ?? null;
      } catch (error) {
        repeated.push(String(error));
        throw error;
      }
    },
    after,
    random: () => Math.random(),
    newKey: () => randomUUID(),
    now: () => Date.now(),
    isReason: (value): value is never => value === 'never',
    forgetRefused: () => false,
  });
  const leave = () => {
    outbox.stop();
    stop();
  };
  return { participantId, store, outbox, repeated, leave };
}

function command(
  ask: Ask,
  sessionId: SessionId,
  letter: {
    readonly door: string;
    readonly params: Readonly<Record<string, string>>;
    readonly body: unknown;
    readonly key: string;
  },
): Promise<CommandReply> {
  const found = Object.entries(roomDoors).find(([name]) => name === letter.door);
  if (found === undefined) throw new Error(`no such door: ${letter.door}`);
  return ask(found[1].route, { ...letter, params: { ...letter.params, sessionId } });
}

/** Asks once, and takes failures as the client does: who does not answer, or not in our words, is offline. */
function askerFor(browser: Browser): Ask {
  return async (route, { params, query = {}, body, key }) => {
    const path = route.path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '');
    let response: Response;
    let content: unknown;
    try {
      response = await fetch(`${browser.url}${path}?${new URLSearchParams(query).toString()}`, {
        method: route.method,
        headers: {
          ...browser.headers(),
          ...(route.method === 'GET' ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(route.method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
        signal: AbortSignal.timeout(15_000),
      });
      content = await response.json();
    } catch (cause) {
      throw new ApiError('OFFLINE', { cause, message: `${route.path}: ${String(cause)}` });
    }
    if (response.ok) return route.reply.parse(content) as ReplyOf<typeof route>;
    const refusal = ErrorBody.safeParse(content);
    if (!refusal.success) throw new ApiError('OFFLINE', { message: `${route.path}: ${response.status}` });
    throw new ApiError(refusal.data.reason, { details: refusal.data.details });
  };
}

function after(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
