import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import { bytesWaiting, takenMark, type Line } from './waiting.ts';

const MB = 1024 * 1024;

let near: Socket;
let far: Socket;
let line: Line;
let close: () => void;

beforeEach(async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  far = connect((server.address() as AddressInfo).port, '127.0.0.1');
  [near] = (await once(server, 'connection')) as [Socket];
  line = { writeBuffer: [], request: { socket: near } } as unknown as Line;
  close = () => {
    far.destroy();
    near.destroy();
    server.close();
  };
});
afterEach(() => close());

/** Lets the peer read so many bytes, and no more. */
async function read(bytes: number): Promise<void> {
  let count = 0;
  await until('it is read', () => {
    for (let chunk = far.read(); chunk !== null && count < bytes; chunk = far.read()) count += chunk.length;
    return count >= bytes;
  });
}

describe('takenMark', () => {
  // One long write: the queue's length says nothing of it before its end. Many: it grows all the time.
  it.each([
    ['one long write', 1, 16 * MB],
    ['many writes', 256, MB / 16],
  ])('changes when a peer reads a part of %s, and not when more is told', async (_name, count, size) => {
    for (let written = 0; written < count; written += 1) near.write(Buffer.alloc(size));
    // What the kernel takes by itself is taken.
    let before = '';
    await until('the kernel is full', () => {
      const isSame = before === takenMark(line);
      before = takenMark(line);
      return isSame;
    });
    near.write(Buffer.alloc(1_000));
    expect(takenMark(line)).toBe(before);
    const waiting = bytesWaiting(line);
    expect(waiting).toBeGreaterThan(MB);
    await read(6 * MB);
    await until('it shows', () => takenMark(line) !== before);
    expect(bytesWaiting(line)).toBeGreaterThan(0);
  });
});
