import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/** Where a server that is measured runs, and where the load does. */
export const CORES = { server: 0, others: 1 } as const;

const everywhere = `0-${cpus().length - 1}`;
const canHold = cpus().length > 1 && spawnSync('taskset', ['-p', String(process.pid)]).status === 0;

/** A command that stays on one core; as it is where cores cannot be told apart. */
export function onCore(core: number | null, command: string, args: readonly string[]) {
  if (core === null || !canHold) return { command, args };
  return { command: 'taskset', args: ['-c', String(core), command, ...args] };
}

/** Does work with this process, and what it starts meanwhile, beside the core of the server. */
export async function besideServer<T>(work: () => Promise<T>): Promise<T> {
  holdTo(String(CORES.others), process.pid);
  try {
    return await work();
  } finally {
    holdTo(everywhere, process.pid);
  }
}

/** Lets a process, and what it starts from now on, run wherever there is room. */
export function letGo(pid: number): void {
  holdTo(everywhere, pid);
}

function holdTo(cores: string, pid: number): void {
  if (canHold) spawnSync('taskset', ['-a', '-c', '-p', cores, String(pid)]);
}
