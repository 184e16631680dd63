import { z } from 'zod';
import { ParticipantId } from '../../core/domain/ids.ts';
import { Role } from '../../core/domain/people.ts';
import type { Log } from '../log.ts';
import type { PresenceStore } from '../ports/presence.ts';
import { inTime, quietly, type RedisClient } from './redis-client.ts';

/** How long a process's word about who is connected holds. */
const EXPIRY_MS = 25_000;

const PresentList = z.array(z.strictObject({ participantId: ParticipantId, role: Role }));
const Entry = z.strictObject({ until: z.int(), here: PresentList });

/** One hash a session, one field a process: who is connected there and until when that is to be believed. */
export function createRedisPresence(
  client: Pick<RedisClient, 'isReady' | 'multi' | 'hVals'>,
  { self, prefix, log }: { self: string; prefix: string; log: Log },
): PresenceStore {
  const keyOf = (sessionId: string) => `${prefix}presence:${sessionId}`;
  return {
    tell: async (sessionId, here) => {
      if (!client.isReady) return;
      const key = keyOf(sessionId);
      const entry = JSON.stringify({ until: Date.now() + EXPIRY_MS, here });
      const told = here.length === 0 ? client.multi().hDel(key, self) : client.multi().hSet(key, self, entry);
      await inTime(told.pExpire(key, EXPIRY_MS).exec()).catch((error: unknown) => quietly(log, error));
    },
    everybody: async (sessionId) => {
      if (!client.isReady) return null;
      const stored = await inTime(client.hVals(keyOf(sessionId))).catch(() => null);
      if (stored === null) return null;
      const now = Date.now();
      return stored.flatMap((text) => {
        const entry = read(text);
        return entry !== undefined && entry.until > now ? entry.here : [];
      });
    },
  };
}

function read(text: string): z.infer<typeof Entry> | undefined {
  try {
    return Entry.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
