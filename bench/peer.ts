import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { cpuOf, total } from './cpu.ts';

const Port = z.object({ port: z.int() });

/** A bare peer in processes of its own. */
export type Peer = {
  readonly ports: readonly number[];
  /** CPU seconds of its processes. */
  readonly cpuSeconds: () => number;
  readonly pids: readonly number[];
  /** How many of its processes have ended by themselves. */
  readonly ended: () => number;
  readonly stop: () => Promise<void>;
};

type Setting = {
  readonly processes?: number;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** Starts a script of bench/peers, once for each process. */
export async function startPeer(
  script: string,
  { processes = 1, args = [], env = {} }: Setting = {},
): Promise<Peer> {
  const children: ChildProcess[] = [];
  const stop = async () => {
    const gone = children.map(async (child) => {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    });
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(gone);
  };
  try {
    const ports: number[] = [];
    for (let n = 0; n < processes; n += 1) {
      const child = spawn(process.execPath, [`bench/peers/${script}`, ...args], {
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
      ended: () => countEnded(children),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** How many of some processes are there no more. */
export function countEnded(processes: readonly ChildProcess[]): number {
  return processes.filter(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null).length;
}
