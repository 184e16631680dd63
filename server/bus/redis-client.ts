import { createClient } from 'redis';
import type { Log } from '../log.ts';

const COMMAND_TIMEOUT_MS = 1_000;
/** How often a connection is asked whether anybody is there. */
const PING_MS = 2_000;

/**
 * A connection that never rejects and never gives up. Without a queue, commands sent while Redis is away fail at once
 * instead of piling up.
 */
export function connect(
  url: string,
  { log, name, isOfflineQueued }: { log: Log; name: string; isOfflineQueued: boolean },
) {
  const client = createClient({
    url,
    disableOfflineQueue: !isOfflineQueued,
    // No timeout for each command, which would cost more than the command: whoever waits for an answer bounds that
    // with inTime, and whatever waits longer fails with the connection once nobody answers its ping.
    ...(isOfflineQueued ? {} : { commandOptions: { timeout: 0 } }),
    socket: {
      connectTimeout: 2_000,
      socketTimeout: 12_000,
      reconnectStrategy: (retries) => Math.min(100 * 2 ** Math.min(retries, 5), 2_000),
    },
  });
  let isDown = false;
  client.on('error', (error: unknown) => {
    // Once an outage, not once an attempt.
    if (!isDown)
      log.warn({ err: error, connection: name }, 'redis is away: processes fall back on the database');
    isDown = true;
  });
  client.on('ready', () => {
    if (isDown) log.info({ connection: name }, 'redis is back');
    isDown = false;
  });
  // Rejects only when it is closed while still connecting; attempts that fail are told as errors above.
  void client.connect().catch((error: unknown) => quietly(log, error));
  endWhenSilent(client, log);
  return client;
}
export type RedisClient = ReturnType<typeof connect>;

/**
 * A Redis that hangs, or whose cable was pulled, sends no reset, and what is written to it counts as activity: only a
 * ping without an answer finds out. The connection is then begun anew, and everything that waits on the old one fails.
 */
function endWhenSilent(
  client: Pick<RedisClient, 'isReady' | 'ping' | 'destroy' | 'connect'>,
  log: Log,
): void {
  let isAsking = false;
  const ping = async () => {
    if (isAsking || !client.isReady) return;
    isAsking = true;
    try {
      await inTime(client.ping());
    } catch (error) {
      // Not ready: it was closed meanwhile, or comes back by itself.
      if (!client.isReady) return;
      log.debug({ err: error }, 'a connection to redis is begun anew');
      client.destroy();
      void client.connect().catch((failure: unknown) => quietly(log, failure));
    } finally {
      isAsking = false;
    }
  };
  // Never rejects. The interval lasts as long as the process, like the connection.
  setInterval(() => void ping(), PING_MS).unref();
}

/** An answer, or a rejection when it takes too long: the client's own timeout ends once a command is on the wire. */
export async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('redis does not answer')), COMMAND_TIMEOUT_MS);
  });
  return await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** For promises whose failure costs speed and nothing else. */
export function quietly(log: Log, error: unknown): void {
  log.debug({ err: error }, 'a hint was lost');
}
