import type { Snapshot } from '../../core/contract/snapshot.ts';
import type { Envelope } from '../../core/domain/events.ts';
import type { PollId } from '../../core/domain/ids.ts';
import type { Paper } from '../../core/domain/polls/kinds.ts';
import { EMPTY_ROOM } from '../../core/domain/room/state.ts';
import type { Tagged } from '../lib/api.ts';
import { asApiError, isFinal, isPassing, type ApiError } from '../lib/errors.ts';
import type { Line, LineListener } from '../lib/socket.ts';
import { hasGap, layAside, replaceRoom, takeEvents, takeSnapshot, type Ledger } from './ledger.ts';
import { createLoading, type Loading, type LoadingPorts } from './loading.ts';
import { START, type RoomState } from './room-state.ts';
import { createWaits } from './waits.ts';

export type RoomStorePorts = LoadingPorts & {
  /** With the time, by this device's clock, at which the server spoke; null when it is still the one of this tag. */
  readonly snapshot: (tag: string | null) => Promise<Tagged<Snapshot> | null>;
  readonly eventsAfter: (
    seq: number,
  ) => Promise<{ readonly events: readonly Envelope[]; readonly more: boolean }>;
  readonly openLine: (listener: LineListener) => Line;
  readonly after: (ms: number, act: () => void) => () => void;
  readonly random: () => number;
};

export type RoomStore = Loading & {
  readonly state: () => RoomState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Opens the line and loads the room; returns what ends it. */
  readonly start: () => () => void;
  /** Loads the room again after it failed. */
  readonly reload: () => void;
  /** Events that came another way, e.g. as the answer to a command. */
  readonly accept: (events: readonly Envelope[]) => void;
  readonly keepPaper: (pollId: PollId, paper: Paper) => void;
};

/** A gap closes by itself when events merely overtook each other; after this it is taken for a loss. */
const GAP_MS = 250;
/** What was missed comes right behind the answer; on a slow line that takes its time. */
const MISSED_MS = 4_000;
const RESTORED_MS = 3_000;
const RETRY_MS = 2_000;
/** A load that failed for no good reason is tried again this many times later each time, up to so much. */
const LONGEST_RETRY = 8;
/** So many pages of events are fetched, or so many events are missing, before a snapshot is the shorter way. */
const PAGES = 8;
const FAR = 500;

/** The live picture of one session in this browser. Knows nothing of React, sockets or HTTP: they are handed in. */
export function createRoomStore(ports: RoomStorePorts): RoomStore {
  const listeners = new Set<() => void>();
  const waits = createWaits(ports.after);
  let state = START;
  let ledger: Ledger = { room: EMPTY_ROOM, early: new Map() };
  let line: Line | null = null;
  let isRunning = false;
  let isUp = false;
  let wasDown = false;
  let isRepairing = false;
  /** The line fell before we had caught up. */
  let isStranded = false;
  /** Loads in a row that failed. */
  let failures = 0;
  /** Repairs in a row that brought nothing. */
  let inVain = 0;
  /** Rises whenever the line goes up or down, so that an answer from before is not believed. */
  let epoch = 0;
  /** Where the server stood when it began to tell us; null while it does not. Reached, we are live. */
  let target: number | null = null;
  /** Names the snapshot that was taken last. */
  let tag: string | null = null;
  /** What we hold is known to be wrong: it stays on the screen, but only a snapshot changes it. */
  let isWrong = false;

  const set = (change: Partial<RoomState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const later = (name: string, ms: number, act: () => void) => {
    if (isRunning) waits.set(name, ms, act);
  };
  const retryMs = () => RETRY_MS * (0.5 + ports.random());

  const fold = (next: Ledger) => {
    const isNews = next.room !== ledger.room;
    ledger = next;
    if (isNews) set({ room: next.room });
    if (hasGap(ledger) && state.phase === 'ready' && !waits.has('gap'))
      later('gap', GAP_MS, () => void repair());
    if (target !== null && ledger.room.seq >= target) nowLive();
  };
  const accept = (events: readonly Envelope[]) => {
    if (isWrong) {
      ledger = layAside(ledger, events);
      return;
    }
    try {
      fold(takeEvents(ledger, events));
    } catch {
      // An event that does not fit what we hold: our picture is wrong, so a new one is taken.
      distrust();
      void load();
    }
  };
  const distrust = () => {
    isWrong = true;
    ledger = { room: ledger.room, early: new Map() };
    if (isLive(state)) set({ connection: 'catching-up' });
  };
  const nowLive = () => {
    target = null;
    set({ connection: wasDown ? 'restored' : 'live' });
    if (wasDown)
      later('restored', RESTORED_MS, () => state.connection === 'restored' && set({ connection: 'live' }));
    wasDown = false;
  };

  /** Ends it when the server's word is final; whether something may be tried again is the caller's to know. */
  const endIfFinal = (error: ApiError): boolean => {
    if (!isFinal(error)) return false;
    set(
      state.phase === 'ready'
        ? { cut: error, connection: 'offline' }
        : { phase: 'failed', error, cut: error },
    );
    stop();
    return true;
  };

  /** Takes a snapshot. Throws ApiError. */
  const refresh = async () => {
    const found = await ports.snapshot(isWrong ? null : tag);
    // Nothing has happened since the last one: what we hold is it, or newer.
    if (found === null) {
      set({ phase: 'ready', error: null });
      return;
    }
    const { room, audience, mine, now } = found.reply;
    const clockOffsetMs = Date.parse(now) - found.spokenAt;
    const next = isWrong ? replaceRoom(ledger, room) : takeSnapshot(ledger, room);
    isWrong = false;
    ({ tag } = found);
    fold(next);
    const papers = { ...state.papers, ...mine.papers };
    set({ phase: 'ready', error: null, audience, participantId: mine.participantId, papers, clockOffsetMs });
  };

  /** The first snapshot, or a new one after a fault. Never rejects: a failure is the state of the room. */
  const load = async () => {
    try {
      await refresh();
      failures = 0;
      if (isUp) await hear();
    } catch (thrown) {
      const error = asApiError(thrown);
      if (endIfFinal(error)) return;
      if (state.phase !== 'ready') set({ phase: 'failed', error });
      failures = isPassing(error.code) ? 0 : failures + 1;
      later('load', retryMs() * Math.min(LONGEST_RETRY, 2 ** failures), () => void load());
    }
  };

  /** Asks to hear the session from where we are. Never rejects. */
  const hear = async () => {
    const asked = epoch;
    if (wasDown) set({ connection: 'catching-up' });
    // Another line may fall at the same place: requests bring it too.
    if (isStranded) void repair('whatever there is');
    isStranded = false;
    try {
      if (isWrong) await refresh();
      const heard = asked === epoch ? await line?.hear(ledger.room.seq) : undefined;
      if (heard === undefined || asked !== epoch) return;
      target = heard.seq;
      // We know more than there is: the log was put back from a backup.
      if (heard.behind && heard.seq < ledger.room.seq) distrust();
      if (isWrong || (heard.behind && heard.seq - ledger.room.seq > FAR)) await refresh();
      else fold(ledger);
      if (heard.behind) void repair();
      // Events up to there are on their way; if they do not come, they are fetched.
      else if (target !== null) later('missed', MISSED_MS, () => void repair());
    } catch (thrown) {
      const error = asApiError(thrown);
      if (endIfFinal(error) || asked !== epoch) return;
      later('hear', retryMs(), () => void (isUp && hear()));
      // No answer on a line that stands: a request may still get through.
      if (error.code === 'OFFLINE') void repair('whatever there is');
    }
  };

  const isBehind = () => hasGap(ledger) || (target !== null && ledger.room.seq < target);
  /** Fetches what is missing. Never rejects, never twice at once, never in a circle: in vain three times, a snapshot. */
  const repair = async (what: 'what is missing' | 'whatever there is' = 'what is missing') => {
    if (isRepairing || isWrong || !isRunning || (what === 'what is missing' && !isBehind())) return;
    isRepairing = true;
    const before = ledger.room.seq;
    try {
      let more = true;
      for (let page = 0; more && page < PAGES; page += 1) {
        const found = await ports.eventsAfter(ledger.room.seq);
        accept(found.events);
        more = found.more;
      }
      inVain = ledger.room.seq > before || !isBehind() ? 0 : inVain + 1;
      if (!isWrong && (more || (isBehind() && inVain >= 3))) {
        ledger = { room: ledger.room, early: new Map() };
        await refresh();
        inVain = 0;
      }
    } catch (thrown) {
      endIfFinal(asApiError(thrown));
    } finally {
      isRepairing = false;
    }
    if (isBehind()) later('gap', retryMs(), () => void repair());
  };

  const { loadEarlier, loadPoll } = createLoading({
    ports,
    room: () => ledger.room,
    put: (room) => fold({ ...ledger, room }),
  });

  const turn = (up: boolean) => {
    isUp = up;
    epoch += 1;
    target = null;
  };
  const stop = () => {
    isRunning = false;
    waits.clear();
    line?.close();
    line = null;
    turn(false);
  };
  const listener: LineListener = {
    onUp: () => {
      turn(true);
      if (state.phase === 'ready') void hear();
    },
    onDown: () => {
      isStranded ||= isUp && state.phase === 'ready' && !isLive(state);
      turn(false);
      wasDown = true;
      // Who is online cannot be known from here any more.
      set({ connection: 'offline', presence: null });
    },
    onEvents: accept,
    onGarbled: () => {
      target ??= ledger.room.seq + 1;
      void repair();
    },
    onPresence: (presence) => set({ presence }),
    onCut: (error) => {
      set({ cut: error, connection: 'offline' });
      stop();
    },
  };

  return {
    state: () => state,
    subscribe: (hearer) => {
      listeners.add(hearer);
      return () => listeners.delete(hearer);
    },
    start: () => {
      isRunning = true;
      line = ports.openLine(listener);
      void load();
      return stop;
    },
    reload: () => {
      set({ phase: 'loading', error: null });
      void load();
    },
    accept,
    keepPaper: (pollId, paper) => set({ papers: { ...state.papers, [pollId]: paper } }),
    loadEarlier,
    loadPoll,
  };
}

function isLive({ connection }: RoomState): boolean {
  return connection === 'live' || connection === 'restored';
}
