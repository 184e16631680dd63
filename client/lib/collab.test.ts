import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../core/contract/errors.ts';
import { openText, type OpenText } from './collab.ts';

/** A line that opens when it is told, and remembers when it was asked for. */
class FakeWebSocket {
  static all: FakeWebSocket[] = [];
  readonly at = Date.now();
  readyState = 0;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  constructor() {
    FakeWebSocket.all.push(this);
  }
  readonly send = () => undefined;
  readonly close = () => undefined;
}

let texts: OpenText[];
// The library listens for the end of the process, once for every text.
process.setMaxListeners(200);
beforeEach(async () => {
  vi.useFakeTimers({ now: 0 });
  FakeWebSocket.all = [];
  texts = Array.from({ length: 100 }, (_, n) =>
    openText({
      documentId: 'd',
      personId: `p${n}`,
      doc: new Y.Doc(),
      url: 'ws://hall.test/collab',
      WebSocketPolyfill: FakeWebSocket as unknown as typeof WebSocket,
    }),
  );
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => {
  for (const text of texts) text.close();
  vi.useRealTimers();
});

describe('openText', () => {
  it.each([CLOSE.goingAway, 1006])('brings writers back spread over a second after %s', async (code) => {
    const first = FakeWebSocket.all;
    expect(first).toHaveLength(texts.length);
    FakeWebSocket.all = [];
    for (const socket of first) socket.onclose?.({ code, reason: '' });
    await vi.advanceTimersByTimeAsync(3_000);
    const came = FakeWebSocket.all.map(({ at }) => Math.floor(at / 500));
    expect(came).toHaveLength(texts.length);
    for (const half of [0, 1, 2])
      expect(came.filter((at) => at === half).length).toBeLessThan(texts.length * 0.65);
  });

  it('does not come back to a text that was closed to it for good', async () => {
    const first = FakeWebSocket.all;
    FakeWebSocket.all = [];
    for (const socket of first) socket.onclose?.({ code: CLOSE.forbidden, reason: 'NOT_IN_SESSION' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeWebSocket.all).toHaveLength(0);
    expect(texts.every((text) => text.ended() === 'NOT_IN_SESSION')).toBe(true);
  });
});
