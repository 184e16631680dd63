// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionId } from '../../core/domain/ids.ts';
import { openLine, type Line } from './socket.ts';

type Listener = (message?: unknown) => void;
const { sockets } = vi.hoisted(() => ({ sockets: [] as FakeSocket[] }));

/** A socket of the library, as a test drives it. */
type FakeSocket = {
  readonly isUp: () => boolean;
  /** When it was asked to connect. */
  readonly connects: number[];
  readonly hear: (name: string, message?: unknown) => void;
};

vi.mock('socket.io-client', () => ({
  io: () => {
    const listeners = new Map<string, Listener>();
    const connects: number[] = [];
    const socket = {
      connected: false,
      on: (name: string, listener: Listener) => void listeners.set(name, listener),
      off: () => listeners.clear(),
      connect: () => void connects.push(Date.now()),
      disconnect: () => hear('disconnect', 'io client disconnect'),
    };
    const hear = (name: string, message?: unknown) => {
      if (name === 'connect') socket.connected = true;
      if (name === 'disconnect') socket.connected = false;
      listeners.get(name)?.(message);
    };
    sockets.push({ isUp: () => socket.connected, connects, hear });
    return socket;
  },
}));

const sessionId = SessionId.parse('5b0f8f0e-3a52-4c1d-9d5c-0f5b6c1d2e3f');
const listener = {
  onUp: () => undefined,
  onDown: () => undefined,
  onEvents: () => undefined,
  onGarbled: () => undefined,
  onPresence: () => undefined,
  onSignals: () => undefined,
  onCut: vi.fn(),
};
let lines: Line[];

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  listener.onCut.mockClear();
  sockets.splice(0);
  lines = Array.from({ length: 200 }, () => openLine(sessionId, listener));
  for (const socket of sockets) socket.hear('connect');
});
afterEach(() => {
  for (const line of lines) line.close();
  vi.useRealTimers();
});

/** How many tried to connect, by half seconds. */
function triesByHalf(halves: number): number[] {
  const all = sockets.flatMap(({ connects }) => connects);
  return Array.from({ length: halves }, (_, n) => all.filter((at) => Math.floor(at / 500) === n).length);
}

describe('openLine', () => {
  it('brings a hall back spread over a second when all lines break at once', () => {
    for (const socket of sockets) socket.hear('disconnect', 'transport close');
    vi.advanceTimersByTime(3_000);
    expect(sockets.every(({ connects }) => connects.length === 1)).toBe(true);
    for (const tries of triesByHalf(6)) expect(tries).toBeLessThan(sockets.length * 0.6);
  });

  it('tries until the server is there', () => {
    const [socket] = sockets;
    socket?.hear('disconnect', 'transport close');
    for (let n = 1; n <= 20; n += 1) {
      vi.advanceTimersByTime(11_000);
      expect(socket?.connects).toHaveLength(n);
      socket?.hear('connect_error', new Error('refused'));
    }
  });

  it('moves over within the time that a server gives which is about to stop, at once and on its own', () => {
    for (const socket of sockets) socket.hear('server:stopping', { spreadMs: 4_000 });
    expect(sockets.every(({ isUp }) => isUp())).toBe(true);
    vi.advanceTimersByTime(4_001);
    expect(sockets.every(({ connects }) => connects.length === 1)).toBe(true);
    for (const tries of triesByHalf(8)) expect(tries).toBeLessThan(sockets.length * 0.5);
  });

  it('does not move twice when the server hangs up meanwhile', () => {
    const [socket] = sockets;
    socket?.hear('server:stopping', { spreadMs: 60_000 });
    socket?.hear('disconnect', 'transport close');
    vi.advanceTimersByTime(3_000);
    socket?.hear('connect');
    vi.advanceTimersByTime(60_000);
    expect(socket?.connects).toHaveLength(1);
  });

  it('stays away once it was cut or closed', () => {
    const [cut, closed] = sockets;
    cut?.hear('room:cut', { sessionId: null, error: {} });
    cut?.hear('disconnect', 'io server disconnect');
    lines[1]?.close();
    vi.advanceTimersByTime(60_000);
    expect([cut?.connects, closed?.connects]).toEqual([[], []]);
    expect(listener.onCut).toHaveBeenCalledOnce();
  });
});
