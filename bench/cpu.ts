import { readdirSync, readFileSync } from 'node:fs';

// Linux counts in hundredths of a second, whatever its own clock does (USER_HZ).
const TICKS_PER_SECOND = 100;

/** CPU seconds that a process, and the children it waited for, have used so far. */
export function cpuOf(pid: number): number {
  // utime, stime, cutime, cstime
  const ticks = statOf(pid).slice(11, 15).map(Number);
  return total(ticks) / TICKS_PER_SECOND;
}

/** CPU seconds of a PostgreSQL server: of its postmaster and of every backend that runs now or has ended. */
export function cpuOfPostgres(postmaster: number): number {
  return total(familyOf(postmaster).map(cpuOf));
}

/** A process and its children. */
export function familyOf(pid: number): readonly number[] {
  return [pid, ...childrenOf(pid)];
}

export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return Number(statOf(pid)[1]) === parent;
      } catch {
        // It ended between the listing and the question.
        return false;
      }
    });
}

/** Fields of /proc/PID/stat behind the name, which may hold anything but its last bracket. */
function statOf(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
