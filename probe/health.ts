import { z } from 'zod';
import type { Options } from './options.ts';

/** Whether the processes that answered at the beginning are those that answer now. */
export type Health = {
  /** How many processes answer. */
  readonly processes: number;
  /** What is wrong with them; SAME while nothing is. */
  readonly trouble: () => Promise<string>;
  /** Resident memory in bytes, where the server may be asked for it. */
  readonly memory: () => Promise<number | null>;
};

/** Nobody was started anew. */
export const SAME = 'the same as before';

const Healthz = z.object({ startedAt: z.string() });
/** Several processes may stand behind one address: so many questions meet all of a few. */
const QUESTIONS = 12;

/** Asks every address who answers. */
export async function createHealth({ urls, metricsToken }: Options): Promise<Health> {
  const answering = async () => {
    const asked = urls.flatMap((url) => Array.from({ length: QUESTIONS }, () => startedAt(url)));
    return new Set(await Promise.all(asked));
  };
  const first = await answering();
  const newest = [...first].sort().at(-1) ?? '';
  return {
    processes: first.size,
    trouble: async () => {
      try {
        const started = [...(await answering())].filter((one) => one > newest);
        return started.length === 0 ? SAME : `started again at ${started.join(' ')}`;
      } catch (error) {
        return `does not answer /healthz: ${String(error)}`;
      }
    },
    memory: async () => {
      if (metricsToken === null) return null;
      const headers = { authorization: `Bearer ${metricsToken}` };
      const answer = await fetch(`${urls[0]}/metrics`, { headers });
      const found = /^process_resident_memory_bytes (\S+)$/m.exec(await answer.text());
      return found === null ? null : Number(found[1]);
    },
  };
}

async function startedAt(url: string): Promise<string> {
  // A connection of its own: behind one address, another process may take it.
  const answer = await fetch(`${url}/healthz`, { headers: { connection: 'close' } });
  return Healthz.parse(await answer.json()).startedAt;
}
