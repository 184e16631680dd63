import type { Snapshot } from '../../core/contract/sessions.ts';
import type { Presence } from '../../core/contract/socket.ts';
import type { Envelope } from '../../core/domain/events.ts';
import type { ParticipantId, PollId } from '../../core/domain/ids.ts';
import type { Paper } from '../../core/domain/polls/kinds.ts';
import type { Audience } from '../../core/domain/room/seen-by.ts';
import { EMPTY_ROOM, type Room } from '../../core/domain/room/state.ts';
import { ApiError, asApiError, isPassing } from '../lib/errors.ts';
import type { Line, LineListener } from '../lib/socket.ts';
import { hasGap, takeEvents, takeSnapshot, type Ledger } from './ledger.ts';

export type Connection = 'connecting' | 'live' | 'offline' | 'catching-up' | 'restored';

export type RoomState = {
  /** loading until the first snapshot; failed when there is none, with the reason in error. */
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly error: ApiError | null;
  readonly connection: Connection;
  /** The empty room until the first snapshot. */
  readonly room: Room;
  readonly audience: Audience;
  /** My seat; null for the office that only looks after the session. */
  readonly participantId: ParticipantId | null;
  /** My own papers in named polls. */
  readonly papers: Readonly<Record<string, Paper>>;
  /** Add to this device's clock to get the server's, in milliseconds. */
  readonly clockOffsetMs: number;
  readonly presence: Presence | null;
  /** Why the server no longer lets us hear; final. */
  readonly cut: ApiError | null;
};

export type RoomStorePorts = {
  readonly snapshot: () => Promise<Snapshot>;
  readonly eventsAfter: (seq: number) => Promise<{ readonly events: readonly Envelope[]; readonly more: boolean }>;
  readonly openLine: (listener: LineListener) => Line;
  readonly after: (ms: number, act: () => void) => () => void;
  readonly now: () => number;
  readonly random: () => number;
};

export type RoomStore = {
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
const RESTORED_MS = 3_000;
const RETRY_MS = 2_000;
/** So many pages of events are fetched before a snapshot is the shorter way. */
const PAGES = 4;

const START: RoomState = {
  phase: 'loading',
  error: null,
  connection: 'connecting',
  room: EMPTY_ROOM,
  audience: 'room',
  participantId: null,
  papers: {},
  clockOffsetMs: 0,
  presence: null,
  cut: null,
};

/** The live picture of one session in this browser. Knows nothing of React, sockets or HTTP: they are handed in. */
export function createRoomStore(ports: RoomStorePorts): RoomStore {
  const listeners = new Set<() => void>();
  let state = START;
  let ledger: Ledger = { room: EMPTY_ROOM, early: new Map() };
  let line: Line | null = null;
  let isUp = false;
  let wasDown = false;
  let isRepairing = false;
  let fruitless = 0;
  /** Rises with every connection, so that an answer from an old one is not believed. */
  let epoch = 0;
  const waits = new Map<string, () => void>();

  const set = (change: Partial<RoomState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const later = (name: string, ms: number, act: () => void) => {
    waits.get(name)?.();
    waits.set(name, ports.after(ms, () => {
      waits.delete(name);
      act();
    }));
  };
  const retryMs = () => RETRY_MS * (0.5 + ports.random());

  const fold = (next: Ledger) => {
    const isNews = next.room !== ledger.room;
    ledger = next;
    if (isNews) set({ room: next.room });
    if (hasGap(next) && state.phase === 'ready' && !waits.has('gap')) later('gap', GAP_MS, () => void repair());
  };
  const accept = (events: readonly Envelope[]) => {
    try {
      fold(takeEvents(ledger, events));
    } catch {
      // An event that does not fit what we hold: our picture is wrong, so take a new one.
      void load();
    }
  };

  /** Takes a snapshot. Never rejects: a failure is the state of the room, and tried again when it may pass. */
  const load = async () => {
    const asked = ports.now();
    try {
      const { room, audience, mine, now } = await ports.snapshot();
      const clockOffsetMs = Date.parse(now) - (asked + ports.now()) / 2;
      const papers = { ...mine.papers, ...pickClosed(state.papers, mine.papers) };
      fold(takeSnapshot(ledger, room));
      set({ phase: 'ready', error: null, audience, participantId: mine.participantId, papers, clockOffsetMs });
      if (isUp) await hear();
    } catch (thrown) {
      failed(asApiError(thrown));
    }
  };
  const failed = (error: ApiError) => {
    if (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN') return end(error);
    if (state.phase !== 'ready') set({ phase: 'failed', error });
    if (isPassing(error.code)) later('load', retryMs(), () => void load());
  };
  const end = (error: ApiError) => {
    set(state.phase === 'ready' ? { cut: error, connection: 'offline' } : { phase: 'failed', error, cut: error });
    stop();
  };

  /** Asks to hear the session from where we are, and says so once everything up to then is here. */
  const hear = async () => {
    const mine = epoch;
    set({ connection: wasDown ? 'catching-up' : state.connection });
    try {
      const heard = await line?.hear(ledger.room.seq);
      if (heard === undefined || mine !== epoch) return;
      if (heard.behind) await refresh();
      else if (heard.seq > ledger.room.seq) await repair();
      if (mine === epoch && isUp) nowLive();
    } catch (thrown) {
      const error = asApiError(thrown);
      if (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN') end(error);
      else if (mine === epoch) later('hear', retryMs(), () => void (isUp && hear()));
    }
  };
  const nowLive = () => {
    set({ connection: wasDown ? 'restored' : 'live' });
    if (wasDown) later('restored', RESTORED_MS, () => state.connection === 'restored' && set({ connection: 'live' }));
    wasDown = false;
  };
  const refresh = async () => {
    const { room, mine } = await ports.snapshot();
    fold(takeSnapshot(ledger, room));
    set({ papers: { ...state.papers, ...mine.papers } });
  };

  /** Fetches what is missing; never rejects, one at a time, and never in a circle: after three in vain, a snapshot. */
  const repair = async () => {
    if (isRepairing) return;
    isRepairing = true;
    const before = ledger.room.seq;
    try {
      let more = true;
      for (let page = 0; more && page < PAGES; page += 1) {
        const found = await ports.eventsAfter(ledger.room.seq);
        accept(found.events);
        more = found.more;
      }
      fruitless = ledger.room.seq > before ? 0 : fruitless + 1;
      if (more || (hasGap(ledger) && fruitless >= 3)) {
        ledger = { room: ledger.room, early: new Map() };
        await refresh();
        fruitless = 0;
      }
    } catch (thrown) {
      const error = asApiError(thrown);
      if (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN') end(error);
    } finally {
      isRepairing = false;
    }
    if (hasGap(ledger)) later('gap', retryMs(), () => void repair());
  };

  const stop = () => {
    for (const cancel of waits.values()) cancel();
    waits.clear();
    line?.close();
    line = null;
    isUp = false;
    epoch += 1;
  };
  const listener: LineListener = {
    onUp: () => {
      isUp = true;
      epoch += 1;
      if (state.phase === 'ready') void hear();
    },
    onDown: () => {
      isUp = false;
      wasDown = true;
      epoch += 1;
      set({ connection: 'offline' });
    },
    onEvents: accept,
    onGarbled: () => void repair(),
    onPresence: (presence) => set({ presence }),
    onCut: end,
  };

  return {
    state: () => state,
    subscribe: (hearer) => {
      listeners.add(hearer);
      return () => listeners.delete(hearer);
    },
    start: () => {
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
  };
}

/** Papers we cast here and the server no longer lists because their polls are closed. */
function pickClosed(had: RoomState['papers'], listed: RoomState['papers']): RoomState['papers'] {
  return Object.fromEntries(Object.entries(had).filter(([pollId]) => !Object.hasOwn(listed, pollId)));
}
