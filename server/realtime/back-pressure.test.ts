import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBackPressure, type Ended } from './back-pressure.ts';
import type { Line } from './waiting.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const MB = 1024 * 1024;

/** A line whose peer reads as it is told to. */
function fakeLine() {
  const state = { queued: 0, written: 0, left: 0, isEnded: false };
  const writeBuffer: unknown[] = [];
  const socket = {
    get writableLength() {
      return state.queued;
    },
    get bytesWritten() {
      return state.written;
    },
    get _handle() {
      return { writeQueueSize: state.left };
    },
    destroy: () => (state.isEnded = true),
  };
  const line = { writeBuffer, request: { socket } } as unknown as Line;
  return {
    line,
    state,
    hold: (packet: unknown) => writeBuffer.push(packet),
    tell: (bytes: number) => {
      state.queued += bytes;
      state.written += bytes;
    },
    read: (bytes: number) => {
      state.queued -= Math.min(bytes, state.queued);
    },
  };
}

function watched() {
  const one = fakeLine();
  const ended: Ended[] = [];
  const pressure = createBackPressure(
    () => [one.line],
    (end) => ended.push(end),
  );
  const pass = (seconds: number, each: () => void = () => undefined) => {
    for (let second = 0; second < seconds; second += 1) {
      each();
      vi.advanceTimersByTime(1_000);
    }
  };
  return { ...one, ended, pass, stop: pressure.stop };
}

describe('createBackPressure', () => {
  it('ends a line once more than 1 MB waits for it, and not before [G4]', () => {
    const { tell, pass, state, ended, stop } = watched();
    tell(MB);
    pass(1);
    expect(state.isEnded).toBe(false);
    tell(1);
    pass(1);
    expect([state.isEnded, ended]).toEqual([true, [{ why: 'too much', bufferedBytes: MB + 1 }]]);
    stop();
  });

  it.each([
    ['texts, by their bytes and not their characters', { data: '我'.repeat(1_000) }, 3_000],
    ['frames', { data: 'x', options: { wsPreEncodedFrame: [Buffer.alloc(4), Buffer.alloc(2_996)] } }, 3_000],
    ['binary packets', { data: Buffer.alloc(3_000) }, 3_000],
  ])('counts what Engine.io holds back: %s [G4]', (_name, packet, size) => {
    const { hold, tell, pass, ended, stop } = watched();
    tell(1_000);
    const most = Math.floor((MB - 1_000) / size);
    for (let count = 0; count < most; count += 1) hold(packet);
    pass(1);
    expect(ended).toEqual([]);
    hold(packet);
    pass(1);
    expect(ended).toEqual([{ why: 'too much', bufferedBytes: 1_000 + (most + 1) * size }]);
    stop();
  });

  it('ends a line that takes nothing at all for ten seconds, however little waits [G4]', () => {
    const { tell, pass, state, ended, stop } = watched();
    tell(500);
    // The first second shows what it has taken so far.
    pass(10, () => tell(10));
    expect(state.isEnded).toBe(false);
    pass(1, () => tell(10));
    expect([state.isEnded, ended]).toEqual([true, [{ why: 'nothing taken', bufferedBytes: 610 }]]);
    stop();
  });

  it.each([
    ['a little of what waits', (line: ReturnType<typeof fakeLine>) => line.read(20)],
    ['a part of one long write', (line: ReturnType<typeof fakeLine>) => (line.state.left -= 20)],
  ])('lets be whoever reads %s, though the queue is never empty and grows', (_name, read) => {
    const one = watched();
    one.tell(100_000);
    one.state.left = 100_000;
    one.pass(60, () => {
      one.tell(1_000);
      if (one.state.written % 9_000 === 0) read(one);
    });
    expect(one.ended).toEqual([]);
    one.stop();
  });
});
