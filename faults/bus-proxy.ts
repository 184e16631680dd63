import { connect, createServer, type Socket } from 'node:net';
import type { Chance } from '../load/chance.ts';
import { isPublished, splitFrames } from './resp.ts';

/** What becomes of messages on their way from Redis to a process. */
export type BusTrouble = 'none' | 'dropped' | 'doubled' | 'late';

/** Stands between a process and Redis. Only what is published suffers; answers come as they are. */
export type BusProxy = {
  readonly port: number;
  readonly trouble: (kind: BusTrouble) => void;
  /** How many messages suffered. */
  readonly spoilt: () => number;
  readonly close: () => Promise<void>;
};

/** One message in twenty suffers. One that is late lets those behind it pass. */
const SHARE = 0.05;
const LATE_MS = 300;

export async function busProxy(target: number, chance: Chance): Promise<BusProxy> {
  let kind: BusTrouble = 'none';
  let spoilt = 0;
  const sockets = new Set<Socket>();
  const hand = (near: Socket, frame: Buffer) => {
    if (kind === 'none' || !isPublished(frame) || chance.next() >= SHARE) {
      near.write(frame);
      return;
    }
    spoilt += 1;
    if (kind === 'doubled') near.write(Buffer.concat([frame, frame]));
    if (kind === 'late') setTimeout(() => near.writable && near.write(frame), chance.next() * LATE_MS);
  };
  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port: target });
    let rest: Buffer = Buffer.alloc(0);
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes: Buffer) => {
      const split = splitFrames(Buffer.concat([rest, bytes]));
      rest = split.rest;
      for (const frame of split.frames) hand(near, frame);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    trouble: (next) => {
      kind = next;
    },
    spoilt: () => spoilt,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
