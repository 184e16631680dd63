import { randomUUID } from 'node:crypto';
import type { Log } from '../log.ts';
import type { Bus } from '../ports/bus.ts';
import type { PresenceStore } from '../ports/presence.ts';
import { connect, quietly } from './redis-client.ts';
import { createRedisPresence } from './redis-presence.ts';

export type RedisBus = Bus & { readonly presence: PresenceStore };

const BEAT_MS = 1_000;
/** Silence after which the other processes count as out of reach. */
const SILENCE_MS = 3_000;

/**
 * Hints between processes over Redis. Comes up without Redis, lives through its death, and never rejects: whoever
 * listens repairs itself from PostgreSQL (law 1). Every name begins with the prefix of the installation: another one on
 * the same Redis is neither heard nor told.
 */
export function createRedisBus(
  url: string,
  { prefix, log }: { readonly prefix: string; readonly log: Log },
): RedisBus {
  const self = randomUUID();
  const publisher = connect(url, { log, name: 'publisher', isOfflineQueued: false });
  const subscriber = connect(url, { log, name: 'subscriber', isOfflineQueued: true });
  const listeners = new Map<string, Set<(message: string) => void>>();
  let heardAt = Date.now();

  const handleMessage = (message: string, channel: string) => {
    const [from, text] = split(message);
    const name = channel.slice(prefix.length);
    if (name === self) heardAt = Date.now();
    if (from === self) return;
    for (const listener of listeners.get(name) ?? []) {
      try {
        listener(text);
      } catch (error) {
        log.error({ err: error, channel: name }, 'a listener of the bus failed');
      }
    }
  };
  // Idempotent: the client keeps one listener a channel, however often it is told.
  const subscribe = (name: string) =>
    void subscriber.subscribe(prefix + name, handleMessage).catch((error: unknown) => quietly(log, error));
  const unsubscribe = (name: string) =>
    void subscriber.unsubscribe(prefix + name, handleMessage).catch((error: unknown) => quietly(log, error));
  const isHealthy = () => publisher.isReady && subscriber.isReady && Date.now() - heardAt < SILENCE_MS;
  const publish = (name: string, message: string) => {
    // What a Redis that hangs is told would pile up in memory; the beat alone finds out when it answers again.
    if (!publisher.isReady || (name !== self && !isHealthy())) return;
    void publisher
      .publish(prefix + name, `${self} ${message}`)
      .catch((error: unknown) => quietly(log, error));
  };

  // Hearing one's own beat proves both connections and the subscription, also after Redis came back empty.
  subscribe(self);
  const beat = setInterval(() => publish(self, 'beat'), BEAT_MS);
  beat.unref();
  subscriber.on('ready', () => [self, ...listeners.keys()].forEach(subscribe));

  return {
    publish,
    subscribe: (channel, listener) => {
      const known = listeners.get(channel) ?? new Set();
      known.add(listener);
      if (!listeners.has(channel)) {
        listeners.set(channel, known);
        subscribe(channel);
      }
      return Promise.resolve(() => {
        known.delete(listener);
        if (known.size > 0 || listeners.get(channel) !== known) return;
        listeners.delete(channel);
        unsubscribe(channel);
      });
    },
    isHealthy,
    close: () => {
      clearInterval(beat);
      for (const client of [publisher, subscriber]) if (client.isOpen) client.destroy();
      return Promise.resolve();
    },
    presence: createRedisPresence(publisher, { self, prefix, log }),
  };
}

function split(message: string): readonly [string, string] {
  const space = message.indexOf(' ');
  return [message.slice(0, space), message.slice(space + 1)];
}
