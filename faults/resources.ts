import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import pg from 'pg';
import type { World } from './world.ts';

/** What a process holds. */
export type Held = { readonly sockets: number; readonly rssMb: number };
/** What both processes hold, and what PostgreSQL knows of them. */
export type Resources = {
  readonly processes: readonly Held[];
  readonly backends: number;
  readonly busy: number;
};

/** Counted by the kernel and by PostgreSQL, not by the process itself; null where there is no /proc. */
export async function resourcesOf(world: World): Promise<Resources | null> {
  if (!existsSync('/proc/self/fd')) return null;
  const processes = world.nodes.map(({ process }) => heldBy(process.pid() ?? 0));
  const client = new pg.Client({ connectionString: world.databaseUrl() });
  await client.connect();
  try {
    const { rows } = await client.query<{ backends: number; busy: number }>(
      `select count(*)::int as backends, count(*) filter (where state <> 'idle')::int as busy
         from pg_stat_activity where application_name = 'shangliang'`,
    );
    return { processes, backends: rows[0]?.backends ?? 0, busy: rows[0]?.busy ?? 0 };
  } finally {
    await client.end();
  }
}

export function heldBy(pid: number): Held {
  const folder = `/proc/${pid}/fd`;
  const sockets = readdirSync(folder).filter((name) => linkOf(`${folder}/${name}`).startsWith('socket:'));
  const rssKb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { sockets: sockets.length, rssMb: Number(rssKb) / 1_024 };
}

/** A descriptor may be closed between being listed and being looked at. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Whether somebody holds about what they held before: a tenth more, or a few where there are few. */
export function isBack(now: number, before: number, few: number): boolean {
  return now <= Math.max(before * 1.1, before + few);
}
