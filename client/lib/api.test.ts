import { afterEach, describe, expect, it, vi } from 'vitest';
import { accountRoutes } from '../../core/contract/accounts.ts';
import { roomDoors } from '../../core/contract/room.ts';
import { sessionRoutes } from '../../core/contract/sessions.ts';
import { SessionId } from '../../core/domain/ids.ts';
import { uuid, view } from '../../core/testing/builders.ts';
import { call, newId } from './api.ts';
import { askEarly } from './early.ts';
import { ApiError } from './errors.ts';

const sessionId = SessionId.parse(uuid('sess', 1));

function answer(status: number, body: unknown) {
  const asked = vi.fn<(address: string, request: RequestInit) => Promise<Response>>(async () =>
    typeof body === 'string' ? new Response(body, { status }) : Response.json(body, { status }),
  );
  vi.stubGlobal('fetch', asked);
  return asked;
}

/** A body that begins and never ends. */
function stalling(beginning: string): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (body) => body.enqueue(new TextEncoder().encode(beginning)) });
}

/** A body that comes in pieces. */
function fed(pieces: readonly (() => Promise<Uint8Array>)[]): ReadableStream<Uint8Array> {
  const rest = [...pieces];
  return new ReadableStream({
    pull: async (body) => {
      const next = rest.shift();
      if (next === undefined) body.close();
      else body.enqueue(await next());
    },
  });
}

async function slowly(piece: string): Promise<Uint8Array> {
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  return new TextEncoder().encode(piece);
}

const failure = async (promise: Promise<unknown>) => {
  const thrown: unknown = await promise.then(() => null).catch((error: unknown) => error);
  if (!(thrown instanceof ApiError)) throw new Error('no ApiError');
  return thrown;
};

afterEach(() => vi.unstubAllGlobals());

describe('call', () => {
  it('fills the address, the query and the body from the route', async () => {
    const asked = answer(200, { events: [], more: false });
    await call(sessionRoutes.getEvents, { params: { sessionId }, query: { after: 7 } });
    expect(asked.mock.calls[0]?.[0]).toBe(`/api/sessions/${sessionId}/events?after=7`);
    const posted = answer(200, { events: [] });
    await call(roomDoors.postView.route, { params: { sessionId }, body: view(1), key: 'key-00001' });
    const request = posted.mock.calls[0]?.[1];
    expect(request).toMatchObject({
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Idempotency-Key': 'key-00001' },
    });
    expect(JSON.parse(String(request?.body))).toEqual(view(1));
  });

  it('throws the reason, the facts and the request id of the server', async () => {
    const body = {
      code: 'INVALID',
      reason: 'BALLOT_TOO_MANY',
      message: 'x',
      details: { max: 2 },
      requestId: 'r-1',
    };
    answer(400, body);
    expect(await failure(call(accountRoutes.me, {}))).toMatchObject({
      reason: 'BALLOT_TOO_MANY',
      code: 'INVALID',
      details: { max: 2 },
      requestId: 'r-1',
    });
  });

  it.each([
    [
      'a line that is down',
      () => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch'))),
      'OFFLINE',
    ],
    ["a proxy's page", () => answer(502, '<html>Bad gateway</html>'), 'OFFLINE'],
    ['an answer cut short', () => answer(200, '{"personId":'), 'OFFLINE'],
    ['an error in no shape of ours', () => answer(500, { oops: true }), 'UNEXPECTED'],
    [
      'a reason we do not know',
      () => answer(409, { code: 'CONFLICT', reason: 'NEWER', message: '', details: {}, requestId: 'r' }),
      'UNEXPECTED',
    ],
    ['a reply of another version', () => answer(200, { surprise: 1 }), 'CLIENT_OUTDATED'],
  ])('tells %s apart', async (_what, arrange, reason) => {
    arrange();
    expect((await failure(call(accountRoutes.me, {}))).reason).toBe(reason);
  });

  it('calls a server that does not answer unreachable', async () => {
    vi.useFakeTimers();
    vi.stubGlobal(
      'fetch',
      (_address: string, { signal }: RequestInit) =>
        new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
        ),
    );
    const promise = failure(call(accountRoutes.me, {}));
    await vi.advanceTimersByTimeAsync(16_000);
    expect((await promise).reason).toBe('OFFLINE');
    vi.useRealTimers();
  });

  it.each(['a request', 'an early answer'])('does not wait for ever for the rest of %s', async (which) => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', async () => new Response(stalling('{"personId":')));
    if (which === 'an early answer') askEarly(`/sessions/${sessionId}`);
    const promise = failure(call(accountRoutes.me, {}));
    await vi.advanceTimersByTimeAsync(16_000);
    expect((await promise).reason).toBe('OFFLINE');
    vi.useRealTimers();
  });

  it('waits for an answer that comes slowly, as long as more of it comes', async () => {
    vi.useFakeTimers();
    const pieces = ['{"events"', ':', '[],', '"more":', 'false}'].map((piece) => () => slowly(piece));
    vi.stubGlobal('fetch', async () => new Response(fed(pieces)));
    const promise = call(sessionRoutes.getEvents, { params: { sessionId }, query: { after: 7 } });
    await vi.advanceTimersByTimeAsync(51_000);
    expect(await promise).toEqual({ events: [], more: false });
    vi.useRealTimers();
  });

  it('reads letters that were cut in two on the way', async () => {
    const body = { code: 'INVALID', reason: 'MALFORMED', message: '协商', details: {}, requestId: 'r' };
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    const pieces = [...bytes].map((byte) => async () => Uint8Array.of(byte));
    vi.stubGlobal('fetch', async () => new Response(fed(pieces), { status: 400 }));
    expect((await failure(call(accountRoutes.me, {}))).message).toBe('协商');
  });
});

describe('newId', () => {
  it('is a version 4 UUID as the contract wants it, and another each time', () => {
    expect(SessionId.safeParse(newId()).success).toBe(true);
    expect(newId()).not.toBe(newId());
  });
});
