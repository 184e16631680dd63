import { createClient } from 'redis';
import type { Log } from '../log.ts';

/** A connection of its own for rate limits: a limit must never wait in a line behind hints. */
export async function connectRateRedis(
  url: string,
  log: Log,
): Promise<{ client: object; close: () => Promise<void> }> {
  const client = createClient({
    url,
    // Better to count in this process than to hold a person's request while Redis is away.
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    socket: { connectTimeout: 2_000, reconnectStrategy: (tries) => Math.min(tries * 200, 3_000) },
  });
  let isAway = false;
  client.on('error', (error: unknown) => {
    if (!isAway) log.warn({ err: error }, 'Redis is away: rates are counted by each process for itself');
    isAway = true;
  });
  client.on('ready', () => {
    isAway = false;
  });
  // Reconnecting goes on behind; the start does not wait for a Redis that is away.
  await Promise.race([
    client.connect().catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, 2_000).unref()),
  ]);
  return {
    client,
    close: async () => {
      client.destroy();
      await Promise.resolve();
    },
  };
}
