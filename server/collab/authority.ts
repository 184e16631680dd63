import { CLOSE, STATUS } from '../../core/contract/errors.ts';
import type { Envelope, RoomEvent } from '../../core/domain/events.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { REASONS, type Reason } from '../../core/domain/refusals.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { RoomFeed } from '../ports/room-feed.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { Seats } from '../ports/seats.ts';
import type { Cut, SignIns } from '../ports/sign-ins.ts';
import { type Access, accessIn, type Asker } from './access.ts';
import { TEXT_LIMITS } from './limits.ts';
import { type Watched, watchSignIns } from './sign-in-watch.ts';

/** A connection and whose it is. */
export type Admitted = Watched & {
  readonly asker: Asker;
  readonly access: Access;
  /** Of which state of its room its rights were made: answers may overtake each other. */
  roomSeq: number;
};

/** What is done with a connection. */
export type Acts<One> = {
  readonly setAccess: (one: One, access: Access) => void;
  readonly close: (one: One, code: number, why: string) => void;
};

/** Keeps asking who may do what with the texts that are open here (law 6). */
export type Authority<One> = {
  readonly add: (admitted: One) => void;
  readonly remove: (admitted: One) => void;
  readonly recheck: (some: readonly One[]) => Promise<void>;
  /** A sign-in ended or somebody was removed: asks again, and cuts whoever may no longer read. */
  readonly cut: (cut: Cut) => Promise<void>;
  readonly all: () => readonly One[];
  readonly close: () => void;
};

export type AuthorityDeps = {
  readonly rooms: Pick<Rooms, 'current'>;
  readonly signIns: Pick<SignIns, 'stillGood'>;
  readonly seats: Seats;
  /** Tells of what changes in a session, so that nobody waits for the next round. */
  readonly feed: Pick<RoomFeed, 'listen'>;
  readonly log: Log;
};

/** Events after which somebody may do more, or less, than before. */
const TURNS: ReadonlySet<RoomEvent['type']> = new Set<RoomEvent['type']>([
  'session:opened',
  'session:paused',
  'session:resumed',
  'session:adjourned',
  'session:aborted',
  'session:cancelled',
  'session:approved',
  'session:closed',
  'session:ended',
  'session:settled',
  'session:reopened',
  'session:adopted',
  'participant:changed',
  'participant:removed',
  'host:named',
  // They stand at their cursors under another name [U2].
  'names:hidden',
  'silence:ordered',
  'silence:lifted',
  'speaker:muted',
  'speaker:unmuted',
]);

type Watch<One> = { readonly admitted: Set<One>; stop: () => void };

export function createAuthority<One extends Admitted>(deps: AuthorityDeps, acts: Acts<One>): Authority<One> {
  const watches = new Map<SessionId, Watch<One>>();
  // Hints get lost, and a bus says late that it is unwell: sign-ins are asked for all the time, all in one query.
  const signIns = watchSignIns(deps, all, acts.close);
  const round = setInterval(() => {
    for (const [sessionId, { admitted }] of watches) void recheckIn(sessionId, [...admitted]); // it hears of its failures
  }, TEXT_LIMITS.recheckMs);

  function all(): One[] {
    return [...watches.values()].flatMap(({ admitted }) => [...admitted]);
  }

  async function recheck(some: readonly One[]): Promise<void> {
    try {
      const bySession = new Map<SessionId, One[]>();
      for (const one of await signIns.ask(some)) {
        const { sessionId } = one.asker.place;
        bySession.set(sessionId, [...(bySession.get(sessionId) ?? []), one]);
      }
      await Promise.all([...bySession].map(([sessionId, theirs]) => recheckIn(sessionId, theirs)));
    } catch (error) {
      // Storage is away: nothing can be written meanwhile, and the next round asks again.
      deps.log.warn({ err: error }, 'rights could not be asked');
    }
  }

  /** By itself: a session that cannot be read keeps nobody in another. */
  async function recheckIn(sessionId: SessionId, some: readonly One[]): Promise<void> {
    try {
      const room = await deps.rooms.current(sessionId);
      for (const one of some) apply(one, room);
    } catch (error) {
      deps.log.warn({ err: error, sessionId }, 'rights in a session could not be asked');
    }
  }

  function apply(admitted: One, room: Room): void {
    const { asker, access } = admitted;
    if (room.seq < admitted.roomSeq) return;
    admitted.roomSeq = room.seq;
    try {
      acts.setAccess(admitted, accessIn(room, asker, access.participantId));
    } catch (error) {
      const reason = reasonOf(error);
      if (STATUS[REASONS[reason]] >= 500) throw error;
      acts.close(admitted, REASONS[reason] === 'NOT_FOUND' ? CLOSE.unknown : CLOSE.forbidden, reason);
    }
  }

  function hear(sessionId: SessionId, events: readonly Envelope[]): void {
    const watch = watches.get(sessionId);
    if (watch !== undefined && events.some(({ event }) => TURNS.has(event.type)))
      void recheck([...watch.admitted]); // as above
  }

  async function listen(sessionId: SessionId, watch: Watch<One>): Promise<void> {
    try {
      const hearing = await deps.feed.listen(sessionId, (events) => hear(sessionId, events));
      if (watches.get(sessionId) === watch) watch.stop = hearing.stop;
      else hearing.stop();
    } catch (error) {
      deps.log.warn({ err: error, sessionId }, 'a session is not heard; roles are asked every 30 s only');
    }
    // What happened between the handshake and now was told to nobody.
    await recheck([...watch.admitted]);
  }

  return {
    add: (admitted) => {
      const { sessionId } = admitted.asker.place;
      const known = watches.get(sessionId);
      if (known !== undefined) {
        known.admitted.add(admitted);
        // What happened while they were let in was told to those who were in already.
        void recheck([admitted]); // it hears of its failures
        return;
      }
      const watch: Watch<One> = { admitted: new Set([admitted]), stop: () => undefined };
      watches.set(sessionId, watch);
      void listen(sessionId, watch); // it hears of its own failures
    },
    remove: (admitted) => {
      const { sessionId } = admitted.asker.place;
      const watch = watches.get(sessionId);
      watch?.admitted.delete(admitted);
      if (watch === undefined || watch.admitted.size > 0) return;
      watches.delete(sessionId);
      watch.stop();
    },
    recheck,
    cut: async (cut) => {
      const touched = all().filter(({ asker }) =>
        cut.kind === 'sign-in'
          ? asker.signedIn.signInId === cut.signInId
          : asker.signedIn.personId === cut.personId && asker.place.sessionId === cut.sessionId,
      );
      if (touched.length > 0) await recheck(touched);
    },
    all,
    close: () => {
      clearInterval(round);
      signIns.stop();
      for (const { stop } of watches.values()) stop();
    },
  };
}

/** Why somebody is refused; what is no refusal is a fault of ours. */
export function reasonOf(error: unknown): Reason {
  return error instanceof AppError ? error.reason : 'UNEXPECTED';
}
