import { canBeDone } from '../../core/domain/room/course.ts';
import { doorsOpenAt, mustEnter } from '../../core/domain/room/roll.ts';
import type { RoomDoor } from '../../core/contract/room.ts';
import { snapshotRoutes } from '../../core/contract/snapshot.ts';
import { PollId, type SessionId, type ViewId } from '../../core/domain/ids.ts';
import type { View } from '../../core/domain/views.ts';
import { isUnpublished } from '../../core/domain/sessions.ts';
import { Paper } from '../../core/domain/polls/paper.ts';
import { isSecretPoll } from '../../core/domain/polls/poll.ts';
import type { Page } from '../../core/domain/room/earlier.ts';
import type { Room, Seat } from '../../core/domain/room/state.ts';
import type { SaidFilter } from '../../core/domain/room/said-filter.ts';
import { REASONS } from '../../core/domain/refusals.ts';
import { call, callUnlessKnown, newId } from '../lib/api.ts';
import { deviceNow } from '../lib/early.ts';
import { ApiError, asApiError, type ClientReason, type Details } from '../lib/errors.ts';
import { whenIdle } from '../lib/idle.ts';
import { kept } from '../lib/kept.ts';
import { loadMe, whoNow } from '../lib/me.ts';
import { lettersAt, noteSeat } from '../lib/seats.ts';
import type { Letter } from '../lib/letters.ts';
import { createOutbox, type Outbox } from '../lib/outbox.ts';
import type { DoorInput } from './commands.ts';
import { tellCovered } from './covered.ts';
import { clockDoor, doors, fold, isKept, openSoon, reads } from './later.ts';
import type { RoomState } from './room-state.ts';
import { createRoomStore, type RoomStore } from './room-store.ts';
import { createServerClock } from './server-clock.ts';

/** What became of a command, once that is known. */
export type Sent =
  | { readonly ok: true; readonly seq: number | null }
  | { readonly ok: false; readonly reason: ClientReason; readonly details: Details };

/** The room's state with what this person has sent or is about to send. */
export type LiveState = RoomState & {
  /** Oldest first: waiting, sending, sent #seq, refused. */
  readonly letters: readonly Letter[];
  /** How many letters are not there yet. */
  readonly waiting: number;
  /** Letters wait because nobody is signed in any more. */
  readonly heldBy: ClientReason | null;
};

export type LiveRoom = {
  readonly sessionId: SessionId;
  readonly state: () => LiveState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Returns what ends it. */
  readonly start: () => () => void;
  readonly reload: () => void;
  /**
   * Sends a command. Views, replies, ballots, floor requests and tasks are kept and sent when the line is back;
   * the promise then settles late, and `letters` shows how they fare meanwhile. Never rejects.
   */
  readonly send: <D extends RoomDoor>(door: D, input: DoorInput<D>) => Promise<Sent>;
  readonly loadEarlier: RoomStore['loadEarlier'];
  readonly loadPoll: RoomStore['loadPoll'];
  /** The newest things said before a seq that pass a filter. Throws ApiError. */
  readonly matching: (filter: SaidFilter, before: number) => Promise<Page>;
  /** Where a view that is not held stands. Throws ApiError. */
  readonly seqOf: (viewId: ViewId) => Promise<number>;
  /** A view that is not held. Throws ApiError. */
  readonly viewOf: (viewId: ViewId) => Promise<View>;
  /** Again, or never mind, for a letter that was refused. */
  readonly retry: (key: string) => void;
  readonly discard: (key: string) => void;
};

/** Behind the hour of the doors, so that a clock which is a little off does not ask too soon. */
const DOORS_LATE_MS = 1_000;
/** A timer of the browser for more than 24 days fires at once; an hour is as good. */
const LONGEST_WAIT_MS = 3_600_000;
/** Things said of one kind that are loaded at once. */
const MATCHING_SAID = 100;

/** The room of one session with its real line, doors and storage. */
export function createLiveRoom(sessionId: SessionId): LiveRoom {
  const listeners = new Set<() => void>();
  const settled = new Map<string, (sent: Sent) => void>();
  // With the first picture, or with the news that there is none.
  let decide = () => {};
  const decided = new Promise<void>((resolve) => {
    decide = resolve;
  });
  const store = createRoomStore({
    fold,
    snapshot: (tag) => callUnlessKnown(snapshotRoutes.getSnapshot, { params: { sessionId } }, tag),
    pageBefore: async (before, limit) =>
      call((await reads()).getViews, { params: { sessionId }, query: { before, limit } }),
    poll: async (pollId) => call((await reads()).getPoll, { params: { sessionId, pollId } }),
    eventsAfter: async (after) =>
      call((await reads()).getEvents, { params: { sessionId }, query: { after } }),
    openLine: (listener) => openSoon(sessionId, listener, decided.then(whenIdle)),
    after,
    random: () => Math.random(),
  });
  /** Whose room this is, once this browser knows. */
  let who = whoNow();
  let outbox: Outbox | null = null;
  let isEntering = false;
  let isNoted = false;
  let unwatch: (() => void) | null = null;
  /** What the server's clock said when it was asked for nothing else. */
  let measuredMs: number | null = null;
  const clock = createServerClock({
    ask: async () => {
      const { clockRoutes } = await clockDoor();
      const heard = await callUnlessKnown(clockRoutes.readClock, {}, null);
      if (heard === null) throw new ApiError('OFFLINE');
      return { now: heard.reply.now, askedAt: heard.askedAt, spokenAt: heard.spokenAt };
    },
    found: (offsetMs) => {
      measuredMs = offsetMs;
      refresh();
    },
    after,
  });
  let clockHeard: RoomState['clockHeard'] = null;
  let isOfOffice = false;
  let state: LiveState = { ...store.state(), letters: [], waiting: 0, heldBy: null };

  const refresh = () => {
    const before = state;
    const letters = outbox?.letters() ?? [];
    const waiting = letters.filter(({ state: { kind } }) => kind === 'waiting' || kind === 'sending').length;
    const seen = store.state();
    const clockOffsetMs = measuredMs ?? seen.clockOffsetMs;
    state = { ...seen, clockOffsetMs, letters, waiting, heldBy: outbox?.heldBy() ?? null };
    if (seen.clockHeard !== null && seen.clockHeard !== clockHeard) {
      clockHeard = seen.clockHeard;
      clock.heard(clockHeard);
    }
    if (state.phase !== 'loading') decide();
    settle(letters, settled);
    openOutbox();
    noteMySeat();
    if (state.phase === 'ready') void enter();
    takeSeat();
    if (before.connection !== state.connection && isOnLine(state)) outbox?.wake();
    for (const listener of listeners) listener();
  };

  const deliver = async (letter: Pick<Letter, 'door' | 'params' | 'body' | 'key'>) => {
    // Somebody else signed in from another tab: their cookie must not carry this person's words.
    who ??= whoNow();
    if (whoNow() !== who) throw new ApiError('SIGN_IN_NEEDED');
    const { knock } = await doors();
    const { events } = await knock(sessionId, letter.door, letter);
    store.accept(events);
    tellCovered(letter.door, letter.body, events);
    keepPaper(letter);
    return events[events.length - 1]?.seq ?? null;
  };
  const keepPaper = ({ door, params, body }: Pick<Letter, 'door' | 'params' | 'body'>) => {
    const [pollId, paper] = [PollId.safeParse(params['pollId']), Paper.safeParse(body)];
    if (door !== 'castBallot' || !pollId.success || !paper.success) return;
    const poll = store.state().room.polls.find(({ draft }) => draft.id === pollId.data);
    // A secret paper is forgotten by this device as soon as the box has it.
    if (poll !== undefined && !isSecretPoll(poll)) store.keepPaper(pollId.data, paper.data);
  };

  /** Letters belong to a seat: they are opened once we know whose they are. */
  const openOutbox = () => {
    if (outbox !== null || state.participantId === null) return;
    outbox = createOutbox({
      kept,
      place: lettersAt({ sessionId, participantId: state.participantId }),
      deliver,
      after,
      random: () => Math.random(),
      newKey: newId,
      now: () => Date.now(),
      isReason: (value): value is ClientReason => value === 'OFFLINE' || Object.hasOwn(REASONS, value),
      forgetRefused: (door) => door === 'castBallot',
    });
    outbox.subscribe(refresh);
    refresh();
  };

  /** So that a sign-out knows what on this device is whose. A guest who has just come in is known a moment later. */
  const noteMySeat = () => {
    who ??= whoNow();
    if (isNoted || who === null || state.participantId === null) return;
    isNoted = true;
    noteSeat(kept, who, { sessionId, participantId: state.participantId });
  };

  /** Who was here before the doors of the meeting opened comes to it when they do: nothing else happens at that hour. */
  const watchDoors = (room: Room, seat: Seat | undefined, nowMs: number) => {
    const opens = doorsOpenAt(room);
    const isWatching =
      seat?.isEarly === true && room.state === 'scheduled' && opens !== null && opens > nowMs;
    if (!isWatching || unwatch !== null) return;
    unwatch = after(Math.min(opens - nowMs + DOORS_LATE_MS, LONGEST_WAIT_MS), () => {
      unwatch = null;
      refresh();
    });
  };

  /** Whoever read a draft by their office, and is on its roll, has their seat once it is decided [P15]. */
  const takeSeat = () => {
    if (state.phase !== 'ready' || state.participantId !== null) return;
    const wasDraft = isOfOffice;
    isOfOffice = isUnpublished(state.room.state);
    if (wasDraft && !isOfOffice) store.reload();
  };

  /** Coming in counts as check-in; done once, by itself. A failure is tried again with the next news. */
  const enter = async () => {
    const { participantId, room } = state;
    const seat = participantId === null ? undefined : room.participants[participantId];
    const nowMs = deviceNow() + state.clockOffsetMs;
    watchDoors(room, seat, nowMs);
    const at = new Date(nowMs).toISOString();
    if (isEntering || seat === undefined || !mustEnter(room, seat, at) || !isOnLine(state)) return;
    // A page that nobody looks at waits for no meeting; when it begins, whoever left it open is there.
    if (seat.isEarly === true && room.state === 'scheduled' && document.hidden) return;
    // Whoever only comes to read afterwards was not there.
    if (!canBeDone(room.state, 'room:enter')) return;
    isEntering = true;
    try {
      const { knock } = await doors();
      store.accept((await knock(sessionId, 'enterRoom', {})).events);
      isEntering = false;
    } catch {
      after(3_000, () => {
        isEntering = false;
        refresh();
      });
    }
  };

  return {
    sessionId,
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => {
      const unhear = store.subscribe(refresh);
      const stop = store.start();
      clock.start();
      // Whoever comes back to a page that they had left is in the room again.
      document.addEventListener('visibilitychange', refresh);
      // loadMe never rejects; a guest who has just come in is not known by name yet.
      if (who === null) void loadMe();
      return () => {
        unhear();
        clock.stop();
        document.removeEventListener('visibilitychange', refresh);
        unwatch?.();
        unwatch = null;
        stop();
        outbox?.stop();
        outbox = null;
      };
    },
    reload: store.reload,
    send: async (door, input) => {
      const { body = {} } = input;
      const params = textOf(input.params);
      if (isKept(door) && outbox !== null) {
        const letter = outbox.post({ door, params, body });
        return new Promise((resolve) => settled.set(letter.key, resolve));
      }
      return direct(() => deliver({ door, params, body, key: newId() }));
    },
    loadEarlier: store.loadEarlier,
    loadPoll: store.loadPoll,
    matching: async ({ stance, role, itemId, venueId, by, isKeyPoint, q }, before) => {
      const page = await call((await reads()).getViews, {
        params: { sessionId },
        query: {
          before,
          limit: MATCHING_SAID,
          ...(stance === null ? {} : { stance }),
          ...(role === null ? {} : { role }),
          ...(itemId === null ? {} : { itemId }),
          ...(venueId === null ? {} : { venueId }),
          ...(by === null ? {} : { by }),
          ...(isKeyPoint === null ? {} : { isKeyPoint: 'true' as const }),
          ...(q === null ? {} : { q }),
        },
      });
      store.holdFound(page);
      return page;
    },
    viewOf: async (viewId) => call((await reads()).getView, { params: { sessionId, viewId } }),
    seqOf: async (viewId) => (await call((await reads()).getView, { params: { sessionId, viewId } })).seq,
    retry: (key) => outbox?.retry(key),
    discard: (key) => outbox?.discard(key),
  };
}

/** Params go into an address, so they are texts. */
function textOf(params: object | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, String(value)]));
}

/** A command that is of now or never: tried twice with one key, because the first may have arrived. */
async function direct(deliver: () => Promise<number | null>): Promise<Sent> {
  for (let left = 1; ; left -= 1) {
    try {
      return { ok: true, seq: await deliver() };
    } catch (thrown) {
      const { reason, code, details } = asApiError(thrown);
      if (left === 0 || (code !== 'OFFLINE' && code !== 'UNAVAILABLE')) return { ok: false, reason, details };
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
  }
}

function settle(letters: readonly Letter[], settled: Map<string, (sent: Sent) => void>): void {
  for (const { key, state } of letters) {
    const resolve = settled.get(key);
    if (resolve === undefined || state.kind === 'waiting' || state.kind === 'sending') continue;
    settled.delete(key);
    resolve(
      state.kind === 'sent'
        ? { ok: true, seq: state.seq }
        : { ok: false, reason: state.reason, details: state.details },
    );
  }
}

function isOnLine({ connection }: RoomState): boolean {
  return connection === 'live' || connection === 'restored';
}

function after(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
