import { z } from 'zod';
import { LocalId, ParticipantId } from '../../core/domain/ids.ts';
import { Role } from '../../core/domain/people.ts';
import type { Log } from '../log.ts';
import type { PresenceStore } from '../ports/presence.ts';
import { inTime, quietly, type RedisClient } from './redis-client.ts';

/**
 * How long a process's word about who is connected holds. With the time until another process counts again, the people
 * of one that was killed are gone within ten seconds [G6].
 */
const EXPIRY_MS = 6_500;

const PresentList = z.array(z.strictObject({ participantId: ParticipantId, role: Role, venueId: LocalId }));
const Entry = z.strictObject({ until: z.int(), here: PresentList });

/** One hash a session, one field a process: who is connected there and until when that is to be believed. */
export function createRedisPresence(
  client: Pick<RedisClient, 'isReady' | 'multi'>,
  { self, prefix, log }: { self: string; prefix: string; log: Log },
): PresenceStore {
  // Processes on several machines agree on Redis's clock, whatever their own says.
  let offsetMs = 0;
  const keyOf = (sessionId: string) => `${prefix}presence:${sessionId}`;
  return {
    tell: async (sessionId, here) => {
      if (!client.isReady) return;
      const key = keyOf(sessionId);
      const entry = JSON.stringify({ until: Date.now() + offsetMs + EXPIRY_MS, here });
      const told = here.length === 0 ? client.multi().hDel(key, self) : client.multi().hSet(key, self, entry);
      await inTime(told.pExpire(key, EXPIRY_MS).exec()).catch((error: unknown) => quietly(log, error));
    },
    everybody: async (sessionId) => {
      if (!client.isReady) return null;
      const asked = client.multi().time().hVals(keyOf(sessionId)).execTyped();
      const answer = await inTime(asked).catch(() => null);
      if (answer === null) return null;
      const [[seconds, micros], stored] = answer;
      const now = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
      offsetMs = now - Date.now();
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
