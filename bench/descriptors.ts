import { existsSync, readFileSync } from 'node:fs';

/** What a process needs beside the sockets of a crowd: its pool, its files, requests under way. */
const SPARE = 1_000;

/** Sockets that one process may hold, be it the server or the load generator: Node asks for all that is allowed. */
export function socketsAllowed(): number {
  if (!existsSync('/proc/self/limits')) return Infinity;
  const hard = /^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  // No number: unlimited.
  return hard === undefined ? Infinity : Number(hard) - SPARE;
}

/** Says what is missing before a minute is spent on it. */
export function guardSockets(wanted: number): void {
  const allowed = socketsAllowed();
  if (allowed < wanted)
    throw new Error(
      `${wanted} sockets want ${wanted + SPARE} open files, ${allowed + SPARE} are allowed: ulimit -Hn`,
    );
}
