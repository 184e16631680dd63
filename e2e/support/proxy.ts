import { createConnection, createServer, type Socket } from 'node:net';

/** A wire to a server that a test can cut and mend. */
export type Wire = {
  readonly port: number;
  /** Breaks every connection and lets no new one through. */
  readonly cut: () => void;
  /** Swallows everything, as a tunnel does: nothing breaks, and nothing comes through any more. */
  readonly swallow: () => void;
  /** Everything comes through again; what was swallowed comes late. */
  readonly mend: () => void;
  readonly close: () => Promise<void>;
};

/** Lays a wire to a port on this machine. */
export async function layWire(target: number): Promise<Wire> {
  let isCut = false;
  let isSwallowing = false;
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = createConnection({ host: '127.0.0.1', port: target });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(one);
      // Whatever breaks one end ends the other; the test looks at what people see, not at sockets.
      one.on('error', () => other.destroy());
      one.on('close', () => {
        ends.delete(one);
        other.destroy();
      });
      one.pipe(other);
      if (isSwallowing) one.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('a wire without a port');
  return {
    port: address.port,
    cut: () => {
      isCut = true;
      for (const end of ends) end.destroy();
    },
    swallow: () => {
      isSwallowing = true;
      for (const end of ends) end.pause();
    },
    mend: () => {
      isCut = false;
      isSwallowing = false;
      for (const end of ends) end.resume();
    },
    close: async () => {
      for (const end of ends) end.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
