import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A PostgreSQL that is running on a data folder, as its lock file tells. */
export type Running = { readonly pid: number; readonly port: number };

/** PostgreSQL makes its lock file and fills it in one breath; one without a number for so long was left by a crash. */
const HALF_WRITTEN_MS = 1_000;

/**
 * Whether a PostgreSQL runs on this folder, perhaps left behind by a process of ours that was killed. A lock file
 * that names another process (numbers are used again after a reboot, and in every container) is taken away, for
 * PostgreSQL itself would believe it; so is one that a crash left empty, for PostgreSQL would not start beside it.
 */
export async function findRunning(folder: string): Promise<Running | undefined> {
  const deadline = Date.now() + HALF_WRITTEN_MS;
  while (existsSync(lockFileOf(folder)) && pidIn(folder) === undefined) {
    if (Date.now() > deadline) rmSync(lockFileOf(folder), { force: true });
    else await sleep(50);
  }
  const pid = pidIn(folder);
  if (pid !== undefined && isAlive(pid) && !isPostgresOn(pid, folder))
    rmSync(lockFileOf(folder), { force: true });
  return readLockFile(folder);
}

/** The PostgreSQL that runs on this folder at this moment. Changes nothing. */
export function readLockFile(folder: string): Running | undefined {
  const pid = pidIn(folder);
  if (pid === undefined || !isAlive(pid) || !isPostgresOn(pid, folder)) return undefined;
  const port = Number(linesOf(folder)[3]);
  return Number.isInteger(port) && port > 0 ? { pid, port } : undefined;
}

function lockFileOf(folder: string): string {
  return join(folder, 'postmaster.pid');
}

function linesOf(folder: string): string[] {
  const file = lockFileOf(folder);
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}

function pidIn(folder: string): number | undefined {
  const pid = Number(linesOf(folder)[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A process that has died and waits for its parent to notice is no PostgreSQL any more; another folder's is not ours. */
function isPostgresOn(pid: number, folder: string): boolean {
  if (existsSync('/proc/self/stat')) {
    try {
      const [, command = '', state = ''] =
        /\((.*)\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return (
        command.includes('postgres') && state !== 'Z' && (worksIn(pid, folder) ?? namesFolder(pid, folder))
      );
    } catch {
      return false;
    }
  }
  const listed = spawnSync('ps', ['-p', String(pid), '-ww', '-o', 'stat=,args='], { encoding: 'utf8' });
  const said = listed.stdout?.trim() ?? '';
  return listed.error !== undefined || (/^[^Z].*postgres/.test(said) && said.includes(folder));
}

/** PostgreSQL works in its data folder. Undefined: we may not look, as root of a container may not. */
function worksIn(pid: number, folder: string): boolean | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    return undefined;
  }
}

/** What it was started with anybody may read. */
function namesFolder(pid: number, folder: string): boolean {
  const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return args.some(
    (arg) => arg === folder || (existsSync(arg) && realpathSync(arg) === realpathSync(folder)),
  );
}
