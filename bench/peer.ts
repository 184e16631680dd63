import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { onCore } from './core.ts';
import { cpuOf, total } from './cpu.ts';

const Port = z.object({ port: z.int() });

/** A bare peer in processes of its own. */
export type Peer = {
  readonly ports: readonly number[];
  /** CPU seconds of its processes. */
  readonly cpuSeconds: () => number;
  readonly pids: readonly number[];
  readonly kill: (n: number) => Promise<void>;
  /** How many of its processes have ended by themselves. */
  readonly ended: () => number;
  readonly stop: () => Promise<void>;
};

type Setting = {
  readonly processes?: number;
  /** The core that they stay on. */
  readonly core?: number | null;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** Starts a script of bench/peers, once for each process. */
export async function startPeer(
  script: string,
  { processes = 1, core = null, args = [], env = {} }: Setting = {},
): Promise<Peer> {
  const children: ChildProcess[] = [];
  const stop = async () => void (await Promise.all(children.map(kill)));
  try {
    const ports: number[] = [];
    for (let n = 0; n < processes; n += 1) {
      const started = onCore(core, process.execPath, [`bench/peers/${script}`, ...args]);
      const child = spawn(started.command, started.args, {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: { ...process.env, ...env },
      });
      children.push(child);
      ports.push(Port.parse((await once(child, 'message'))[0]).port);
    }
    return {
      ports,
      stop,
      cpuSeconds: () => total(children.map(({ pid }) => cpuOf(pid ?? 0))),
      pids: children.map(({ pid }) => pid ?? 0),
      kill: async (n) => {
        const child = children[n];
        if (child !== undefined) await kill(child);
      },
      ended: () => countEnded(children),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (countEnded([child]) > 0) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** How many of some processes are there no more. */
export function countEnded(processes: readonly ChildProcess[]): number {
  return processes.filter(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null).length;
}
