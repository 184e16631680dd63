import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { freePort } from '../server/testing/free-port.ts';

const Targets = z.tuple([z.object({ webSocketDebuggerUrl: z.url() })]);

/** A way into a process of Node that shall be measured: set its environment before it starts. */
export type Inspector = {
  readonly env: Readonly<Record<string, string>>;
  /** MB that the process holds when it has thrown away what it can. */
  readonly heldMb: (pid: number) => Promise<number>;
};

export async function inspector(): Promise<Inspector> {
  const port = await freePort();
  return {
    env: { NODE_OPTIONS: `--inspect=127.0.0.1:${port} --inspect-publish-uid=http` },
    heldMb: async (pid) => {
      const [{ webSocketDebuggerUrl }] = Targets.parse(
        await (await fetch(`http://127.0.0.1:${port}/json/list`)).json(),
      );
      const socket = new WebSocket(webSocketDebuggerUrl);
      await once(socket, 'open');
      try {
        return await steady(async () => {
          const answered = once(socket, 'message');
          socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
          await answered;
          // What was collected is given back to the kernel beside the work.
          await wait(500);
          return residentMb(pid);
        });
      } finally {
        // An inspector says no goodbye.
        socket.terminate();
      }
    },
  };
}

/** Once more until it becomes no less: pages go back to the kernel now and then, twenty MB at a time. */
async function steady(collect: () => Promise<number>): Promise<number> {
  let least = await collect();
  for (let [idle, left] = [0, 20]; idle < 4 && left > 0; left -= 1) {
    const next = await collect();
    idle = next < least - 0.2 ? 0 : idle + 1;
    least = Math.min(least, next);
  }
  return least;
}

function residentMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kb) / 1_024;
}
