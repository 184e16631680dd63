import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess, type ServerProcess } from '../e2e/support/server-process.ts';
import { createHistogram, type Histogram } from '../load/histogram.ts';
import type { ListenerTools } from '../load/listener.ts';
import { createPacketReader } from '../load/packets.ts';
import { createPictureReader } from '../load/pictures.ts';
import { openStage, type Stage } from '../load/stage.ts';
import { startEmbeddedPostgres } from '../server/embedded/postgres.ts';
import { cpuOf, cpuOfPostgres } from './cpu.ts';

const quiet = () => undefined;

/** CPU seconds so far: of the server's process since it started, of its PostgreSQL, and of whoever asks. */
export type Spent = { readonly server: number; readonly postgres: number; readonly load: number };

/** One process that may be killed, on a PostgreSQL that is not. */
export type House = {
  readonly process: ServerProcess;
  readonly url: string;
  /** A session of its own, with nobody in it but its chair. */
  readonly stage: (people: number) => Promise<Stage>;
  readonly rssMb: () => Promise<number>;
  readonly spent: () => Spent;
  readonly close: () => Promise<void>;
};

export async function openHouse(): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'shangliang-bench-'));
  const postgres = await startEmbeddedPostgres(folder);
  const server = await startProcess({ databaseUrl: postgres.url, redisUrl: null });
  const { url } = server;
  const postmaster = parseInt(await readFile(join(folder, 'postgres/cluster/postmaster.pid'), 'utf8'), 10);
  const credentials = { urls: [url], login: null, password: null, studioId: null };
  return {
    process: server,
    url,
    stage: (people) => openStage({ credentials, editors: 0, people, told: quiet }),
    rssMb: async () => {
      const status = await readFile(`/proc/${server.pid() ?? 0}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1_024;
    },
    spent: () => ({
      server: cpuOf(server.pid() ?? 0),
      postgres: cpuOfPostgres(postmaster),
      load: cpuOf(process.pid),
    }),
    close: async () => {
      await server.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs work in a house that goes away. */
export async function inHouse<T>(work: (house: House) => Promise<T>): Promise<T> {
  const house = await openHouse();
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}

/** Ears that measure how long views take to be seen. */
export function measuringEars(url: string): {
  readonly tools: ListenerTools;
  readonly seen: Histogram;
  readonly posting: (viewId: string) => void;
} {
  const seen = createHistogram();
  const postedAt = new Map<string, number>();
  return {
    seen,
    posting: (viewId) => void postedAt.set(viewId, performance.now()),
    tools: {
      doors: [url],
      read: createPacketReader(),
      look: createPictureReader(),
      seen: (viewIds) => {
        for (const id of viewIds) {
          const at = postedAt.get(id);
          if (at !== undefined) seen.add(performance.now() - at);
        }
      },
      jitter: Math.random,
    },
  };
}
