import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { projectRoot } from '../paths.ts';
import { freePort } from './free-port.ts';
import { TextDeed, type TextStep, type TextTrouble } from './text-troubles.ts';
import { until } from './until.ts';

/** One real process that serves texts, at an address that stays the same over restarts. */
export type TextNode = {
  /** Where /collab is: what clients take. */
  readonly url: string;
  readonly start: () => Promise<void>;
  /** Ends it at once, as a crash would. */
  readonly kill: () => Promise<void>;
  /** Asks it to stop, and waits until it has: the code with which it ended, null when it was struck down. */
  readonly stop: () => Promise<number | null>;
  /** Holds it where it is, as a pause of the machine would, and lets it go on. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Resolves when the trouble is armed. Another one at the same step takes its place; 'none' ends all. */
  readonly trouble: (trouble: TextTrouble) => Promise<void>;
  /** Waits until a step that was armed has been come to. */
  readonly met: (step: TextStep) => Promise<void>;
  /** Waits until it is gone, of what it was told to die of. */
  readonly gone: () => Promise<void>;
  /** Longest turn of its loop since it was last asked, in ms of its own computing. */
  readonly longestTurnMs: () => Promise<number>;
  /** null while it does not run. */
  readonly pid: () => number | null;
  /** How often it did so, over all its lives. */
  readonly did: (deed: TextDeed) => number;
  /** How often it ended although nobody asked it to. */
  readonly crashes: () => number;
};

/** Real processes on one database and, unless they shall meet in the log alone, one Redis. */
export type TextFleet = { readonly nodes: readonly TextNode[]; readonly close: () => Promise<void> };

export type FleetWish = {
  readonly databaseUrl: string;
  /** null: no bus at all. */
  readonly redisUrl: string | null;
  readonly size: number;
};

const Said = z.union([
  z.strictObject({ armed: z.literal(true) }),
  z.strictObject({ met: z.string() }),
  z.strictObject({ did: TextDeed }),
  z.strictObject({ longestTurnMs: z.number() }),
]);

export async function openTextFleet({ size, ...wish }: FleetWish): Promise<TextFleet> {
  const nodes = await Promise.all(Array.from({ length: size }, () => openNode(wish)));
  return {
    nodes,
    close: async () => {
      await Promise.all(nodes.map((node) => node.kill()));
    },
  };
}

async function openNode({ databaseUrl, redisUrl }: Omit<FleetWish, 'size'>): Promise<TextNode> {
  const port = await freePort();
  const given = [databaseUrl, String(port), ...(redisUrl === null ? [] : [redisUrl])];
  const mets = new Set<string>();
  const deeds: Record<TextDeed, number> = { opened: 0, snapshot: 0 };
  let child: ChildProcess | null = null;
  let armed = 0;
  let longestTurnMs: number | null = null;
  let isDoomed = false;
  let crashes = 0;

  const start = async () => {
    const started = spawn(process.execPath, ['--import', 'tsx', 'server/testing/text-process.ts', ...given], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    child = started;
    isDoomed = false;
    mets.clear();
    started.on('message', (message) => {
      const said = Said.parse(message);
      if ('met' in said) mets.add(said.met);
      else if ('did' in said) deeds[said.did] += 1;
      else if ('longestTurnMs' in said) longestTurnMs = said.longestTurnMs;
      else armed += 1;
    });
    started.once('exit', () => {
      if (child !== started) return;
      child = null;
      if (!isDoomed) crashes += 1;
    });
    await Promise.race([
      once(started.stdout as NodeJS.ReadableStream, 'data'),
      once(started, 'exit').then(() => Promise.reject(new Error('a process of texts did not start'))),
    ]);
  };
  await start();
  return {
    url: `ws://127.0.0.1:${port}/collab`,
    start,
    kill: async () => {
      const running = child;
      child = null;
      if (running === null || running.exitCode !== null || running.signalCode !== null) return;
      const exit = once(running, 'exit');
      running.kill('SIGKILL');
      await exit;
    },
    stop: async () => {
      const running = child;
      child = null;
      if (running === null || running.exitCode !== null || running.signalCode !== null) return null;
      const exit = once(running, 'exit');
      running.kill('SIGTERM');
      const [code] = await exit;
      return code;
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    trouble: async (trouble) => {
      const before = armed;
      if (trouble.kind === 'die') isDoomed = true;
      if (trouble.kind === 'none') isDoomed = false;
      if ('at' in trouble) mets.delete(trouble.at);
      child?.send(trouble);
      await until('the trouble is armed', () => armed > before || child === null);
    },
    met: async (step) => {
      await until(`the process comes to ${step}`, () => mets.has(step));
    },
    gone: async () => {
      await until('the process is gone', () => child === null);
    },
    longestTurnMs: async () => {
      longestTurnMs = null;
      child?.send('turns');
      await until('the process tells of its turns', () => longestTurnMs !== null);
      return longestTurnMs ?? Number.NaN;
    },
    pid: () => child?.pid ?? null,
    did: (deed) => deeds[deed],
    crashes: () => crashes,
  };
}
