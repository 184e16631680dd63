import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A PostgreSQL that is running on a data folder, as its lock file tells. */
export type Running = { readonly pid: number; readonly port: number };

/**
 * Whether a PostgreSQL runs on this folder, perhaps left behind by a process of ours that was killed. A lock file
 * that names a process which is not a PostgreSQL (numbers are used again after a reboot, and in every container) is
 * taken away, for PostgreSQL itself would believe it.
 */
export function readLockFile(folder: string): Running | undefined {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid < 1 || !isAlive(pid)) return undefined;
  if (isPostgres(pid)) return Number.isInteger(port) && port > 0 ? { pid, port } : undefined;
  unlinkSync(file);
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A process that has died and waits for its parent to notice is no PostgreSQL any more. */
function isPostgres(pid: number): boolean {
  if (existsSync('/proc/self/stat')) {
    try {
      const [, command = '', state = ''] =
        /\((.*)\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return command.includes('postgres') && state !== 'Z';
    } catch {
      return false;
    }
  }
  const listed = spawnSync('ps', ['-p', String(pid), '-o', 'stat=,comm='], { encoding: 'utf8' });
  return listed.error !== undefined || /^[^Z].*postgres/.test(listed.stdout.trim());
}
