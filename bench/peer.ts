import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import type { Listener } from './audience.ts';
import type { Sample } from './frame.ts';

const Port = z.object({ port: z.int() });
const Cpu = z.object({ cpuUs: z.number() });

/** Broadcasts through a bare peer in a process of its own; measures its CPU per delivery. */
export async function peerBroadcast(
  script: string,
  hear: (port: number) => Promise<Listener>,
  { people, count, everyMs, body }: { people: number; count: number; everyMs: number; body: unknown },
): Promise<Sample> {
  const peer = spawn(process.execPath, [script], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const gone = once(peer, 'exit');
  try {
    const { port } = Port.parse((await once(peer, 'message'))[0]);
    const listeners = await Promise.all(Array.from({ length: people }, () => hear(port)));
    peer.send({ broadcast: { count, everyMs, body } });
    await Promise.all(listeners.map((listener) => listener.reached(count)));
    const answer = once(peer, 'message');
    peer.send({});
    const { cpuUs } = Cpu.parse((await answer)[0]);
    for (const listener of listeners) listener.close();
    return { 'CPU per delivery': cpuUs / (people * count) };
  } finally {
    peer.kill('SIGKILL');
    await gone;
  }
}
