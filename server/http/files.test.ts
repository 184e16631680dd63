import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Request, Response } from 'express';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../app-error.ts';
import { readFile } from './files.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Somebody who sends a file of a stated length, as they like; what came of it. */
function sends(person: string, length: number) {
  const body = new PassThrough();
  const headers = new Map([
    ['content-type', 'application/octet-stream'],
    ['content-length', String(length)],
  ]);
  const request = Object.assign(body, { get: (name: string) => headers.get(name) });
  const response = new EventEmitter();
  // -- reason: of both only what is used here.
  const read = readFile(request as unknown as Request, response as unknown as Response, {
    limit: 8_000_000,
    sender: { person, party: person, isGuest: false },
  });
  const outcome = read.then(
    ({ bytes }) => `${bytes.byteLength} bytes`,
    (error: unknown) => (error instanceof AppError ? error.reason : String(error)),
  );
  return { body, outcome, answered: () => response.emit('close') };
}

describe('a file on its way in', () => {
  it('that falls silent is cut, and holds no place any more [Y9]', async () => {
    const silent = [sends('甲', 8_000_000), sends('甲', 8_000_000)];
    for (const { body } of silent) body.write(Buffer.alloc(100));
    const third = sends('甲', 3);
    third.body.end('abc');
    expect(await third.outcome).toBe('UPLOADS_AT_ONCE');
    await vi.advanceTimersByTimeAsync(15_000);
    for (const { body, outcome } of silent) {
      expect(body.destroyed).toBe(true);
      expect(await outcome).toBe('MALFORMED');
    }
    const next = sends('甲', 3);
    next.body.end('abc');
    expect(await next.outcome).toBe('3 bytes');
    next.answered();
  });

  it('that is dribbled is cut when a slow line would have brought it [Y9]', async () => {
    const { body, outcome } = sends('乙', 160_000);
    for (let seconds = 0; seconds < 20; seconds += 10) {
      body.write(Buffer.alloc(1));
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(body.destroyed).toBe(true);
    expect(await outcome).toBe('MALFORMED');
    // Slowly, but in time.
    const slow = sends('乙', 160_000);
    for (let seconds = 0; seconds < 16; seconds += 8) {
      slow.body.write(Buffer.alloc(80_000));
      await vi.advanceTimersByTimeAsync(8_000);
    }
    slow.body.end();
    expect(await slow.outcome).toBe('160000 bytes');
    slow.answered();
  });
});
