import { connect, createServer, type Socket } from 'node:net';
import { slowWire, type Slowness } from './slow-wire.ts';

/** A port that leads to another one, until it is told not to. */
export type FrailPort = {
  readonly port: number;
  /** Resets every connection and refuses new ones, as when the other side is down. */
  readonly cut: () => void;
  /** Keeps connections open and lets nothing through, as when a cable is pulled. */
  readonly swallow: () => void;
  /** Lets requests through and, whenever isNext says so, resets the connection instead of handing an answer back. */
  readonly mute: (isNext: () => boolean) => void;
  /** Lets answers through slowly, on every connection. */
  readonly slow: (slowness: Slowness) => void;
  readonly heal: () => void;
  readonly close: () => Promise<void>;
};

export async function frailPort(target: { host: string; port: number }): Promise<FrailPort> {
  let state: 'whole' | 'cut' | 'swallowing' = 'whole';
  let isMutedNow = () => false;
  let slowness: Slowness | null = null;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    if (state === 'cut') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(target);
    const answer = slowWire(far, near, () => slowness);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => {
        if (from === far && isMutedNow()) near.resetAndDestroy();
        else if (state === 'whole' && from === far) answer(bytes);
        else if (state === 'whole') to.write(bytes);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const end = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut: () => {
      state = 'cut';
      end();
    },
    swallow: () => {
      state = 'swallowing';
    },
    mute: (isNext) => {
      isMutedNow = isNext;
    },
    slow: (given) => {
      slowness = given;
    },
    heal: () => {
      isMutedNow = () => false;
      slowness = null;
      // What was swallowed is lost: a connection that missed a part is no use to anybody.
      if (state === 'swallowing') end();
      state = 'whole';
    },
    close: async () => {
      end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
