import { DOORS } from '../../core/contract/limits.ts';
import type { Presence } from '../../core/contract/socket.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { ROLES } from '../../core/domain/people.ts';
import type { Log } from '../log.ts';
import type { Bus } from '../ports/bus.ts';
import { PRESENCE_CHANNEL, type Present, type PresenceStore } from '../ports/presence.ts';

export type PresencePorts = {
  readonly bus: Bus;
  /** Null: this is the only process. */
  readonly store: PresenceStore | null;
  readonly log: Log;
  /** Who is connected to a session here, a person in two tabs twice. */
  readonly here: (sessionId: SessionId) => Promise<readonly Present[]>;
  readonly sessions: () => readonly SessionId[];
  readonly tell: (presence: Presence) => void;
};

/** At most two packets a second, however people come and go. */
const COUNT_MS = 500;
/** How often this process repeats who is here, well within the store's expiry, and counts the others again [M6]. */
const REFRESH_MS = 2_000;

/**
 * Why a session is counted. hint: another process said so. repeat: time passed, and what is said here must not expire.
 * news: somebody came, went or moved here, which the others are told to count.
 */
type Cause = 'hint' | 'repeat' | 'news';
const CAUSES: readonly Cause[] = ['hint', 'repeat', 'news'];

/** Counts who is connected. Ephemeral: nothing of it is stored, and a wrong number heals by itself. */
export async function createPresence(ports: PresencePorts) {
  const { bus, store, log } = ports;
  const waiting = new Map<SessionId, NodeJS.Timeout>();
  const counting = new Set<SessionId>();
  /** The strongest cause since the last count. */
  const causes = new Map<SessionId, Cause>();
  const last = new Map<SessionId, string>();
  let isClosed = false;
  const isOurs = (sessionId: SessionId) => ports.sessions().includes(sessionId);

  const count = async (sessionId: SessionId, cause: Cause) => {
    const here = await ports.here(sessionId);
    // Behind the farewell it would be said again that somebody is here.
    if (isClosed) return;
    let everybody: readonly Present[] | null = here;
    if (store !== null) {
      if (cause !== 'hint') await store.tell(sessionId, here);
      everybody = await store.everybody(sessionId);
      if (cause === 'news') bus.publish(PRESENCE_CHANNEL, sessionId);
    }
    if (!isOurs(sessionId)) {
      last.delete(sessionId);
      return;
    }
    const isExact = everybody !== null && (store === null || bus.isHealthy());
    const presence = tally(sessionId, everybody ?? here, isExact);
    const text = JSON.stringify(presence);
    if (last.get(sessionId) === text) return;
    last.set(sessionId, text);
    ports.tell(presence);
  };

  // One count of a session at a time: of two, the older could be told last. What changes meanwhile is counted next.
  const countNow = async (sessionId: SessionId) => {
    waiting.delete(sessionId);
    const cause = causes.get(sessionId) ?? 'hint';
    causes.delete(sessionId);
    counting.add(sessionId);
    try {
      await count(sessionId, cause);
    } catch (error) {
      log.warn({ err: error }, 'presence could not be counted');
    } finally {
      counting.delete(sessionId);
      if (causes.has(sessionId)) arm(sessionId);
    }
  };
  const arm = (sessionId: SessionId) => {
    if (isClosed) return;
    // Never rejects: a count that fails is only logged, and the next change or refresh counts again.
    const timer = setTimeout(() => void countNow(sessionId), COUNT_MS);
    timer.unref();
    waiting.set(sessionId, timer);
  };
  const schedule = (sessionId: SessionId, cause: Cause) => {
    const known = causes.get(sessionId) ?? 'hint';
    causes.set(sessionId, CAUSES.indexOf(cause) > CAUSES.indexOf(known) ? cause : known);
    if (!waiting.has(sessionId) && !counting.has(sessionId)) arm(sessionId);
  };

  const unsubscribe = await bus.subscribe(PRESENCE_CHANNEL, (message) => {
    const sessionId = ports.sessions().find((known) => known === message);
    if (sessionId !== undefined) schedule(sessionId, 'hint');
  });
  const refresher = setInterval(() => {
    if (store !== null) for (const sessionId of ports.sessions()) schedule(sessionId, 'repeat');
  }, REFRESH_MS);
  refresher.unref();

  return {
    /** Somebody came, went, or changed role here. */
    changed: (sessionId: SessionId) => schedule(sessionId, 'news'),
    /** What everybody was told last, for whoever has just come. */
    newest: (sessionId: SessionId): string | undefined => last.get(sessionId),
    /** Tells the others that nobody is here any more. */
    close: async () => {
      isClosed = true;
      unsubscribe();
      clearInterval(refresher);
      for (const timer of waiting.values()) clearTimeout(timer);
      if (store !== null) await Promise.all(ports.sessions().map((sessionId) => store.tell(sessionId, [])));
    },
  };
}

function tally(sessionId: SessionId, present: readonly Present[], exact: boolean): Presence {
  // Somebody in two browsers is one person, even where the processes know of another role for a moment.
  const people = [...new Map(present.map((one) => [one.participantId, one])).values()];
  const venues = [...new Set(people.map(({ venueId }) => venueId))].sort();
  const count = (isIt: (one: Present) => boolean) => people.filter(isIt).length;
  return {
    sessionId,
    online: people.length,
    byRole: ROLES.map((role) => ({ role, online: count((one) => one.role === role) })).filter(
      ({ online }) => online > 0,
    ),
    byVenue: venues.map((venueId) => ({ venueId, online: count((one) => one.venueId === venueId) })),
    people:
      people.length > DOORS.namedOnline ? null : people.map(({ participantId }) => participantId).sort(),
    exact,
  };
}
