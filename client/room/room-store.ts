import { SIGNAL_WINDOW_MS } from '../../core/contract/limits.ts';
import type { Envelope } from '../../core/domain/events.ts';
import type { PollId } from '../../core/domain/ids.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import { asApiError, isFinal, isPassing, type ApiError } from '../lib/errors.ts';
import type { Line, LineListener } from '../lib/socket.ts';
import { createLoading, type Loading, type LoadingPorts } from './loading.ts';
import { createPicture, type PicturePorts } from './picture.ts';
import { createRepairing, type RepairingPorts } from './repairing.ts';
import { isLive, ownFacts, START, type RoomState } from './room-state.ts';
import { createWaits } from './waits.ts';

export type RoomStorePorts = LoadingPorts &
  Pick<PicturePorts, 'snapshot' | 'fold'> &
  Pick<RepairingPorts, 'eventsAfter'> & {
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
/** So many events are missing before a snapshot is the shorter way. */
const FAR = 500;
const READY = { phase: 'ready', error: null } as const;

/** The live picture of one session in this browser. Knows nothing of React, sockets or HTTP: they are handed in. */
export function createRoomStore(ports: RoomStorePorts): RoomStore {
  const listeners = new Set<() => void>();
  const waits = createWaits(ports.after);
  let state = START;
  let line: Line | null = null;
  let isRunning = false;
  let isUp = false;
  let wasDown = false;
  /** The line fell before we had caught up. */
  let isStranded = false;
  /** Loads in a row that failed. */
  let failures = 0;
  /** Rises whenever the line goes up or down, so that an answer from before is not believed. */
  let epoch = 0;
  /** Where the server stood when it began to tell us; null while it does not. Reached, we are live. */
  let target: number | null = null;

  const set = (change: Partial<RoomState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const later = (name: string, ms: number, act: () => void) => {
    if (isRunning) waits.set(name, ms, act);
  };
  const retryMs = () => RETRY_MS * (0.5 + ports.random());

  /** Looks at where we are: something is missing, or we have caught up. */
  const look = () => {
    if (picture.hasGap() && state.phase === 'ready' && !waits.has('gap'))
      later('gap', GAP_MS, () => void repair());
    if (target !== null && picture.room().seq >= target) nowLive();
  };
  const accept = (events: readonly Envelope[]) => {
    if (!picture.take(events)) void load();
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

  const picture = createPicture({
    snapshot: ports.snapshot,
    fold: ports.fold,
    folded: (isNews) => {
      if (isNews) set({ room: picture.room() });
      look();
    },
    distrusted: () => {
      if (isLive(state)) set({ connection: 'catching-up' });
    },
    refreshed: (found) => set(found === null ? READY : { ...READY, ...ownFacts(state, found) }),
  });

  /** The first snapshot, or a new one after a fault. Never rejects: a failure is the state of the room. */
  const load = async () => {
    try {
      await picture.refresh();
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
      if (picture.isWrong()) await picture.refresh();
      const heard = asked === epoch ? await line?.hear(picture.room().seq) : undefined;
      if (heard === undefined || asked !== epoch) return;
      target = heard.seq;
      // We know more than there is: the log was put back from a backup.
      if (heard.behind && heard.seq < picture.room().seq) picture.distrust();
      if (picture.isWrong() || (heard.behind && heard.seq - picture.room().seq > FAR))
        await picture.refresh();
      else look();
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

  const repair = createRepairing({
    picture,
    eventsAfter: ports.eventsAfter,
    accept,
    mayRepair: () => isRunning,
    isBehind: () => picture.hasGap() || (target !== null && picture.room().seq < target),
    failed: (thrown) => void endIfFinal(asApiError(thrown)),
    stillBehind: () => later('gap', retryMs(), () => void repair()),
  });

  const { loadEarlier, holdFound, loadPoll } = createLoading({ ports, room: picture.room, put: picture.put });

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
      set({ connection: 'offline', presence: null, signals: null });
    },
    onEvents: accept,
    onGarbled: () => {
      target ??= picture.room().seq + 1;
      void repair();
    },
    onPresence: (presence) => set({ presence }),
    onSignals: (counts) => {
      set({ signals: { counts, nth: (state.signals?.nth ?? 0) + 1 } });
      later('signals', SIGNAL_WINDOW_MS, () => set({ signals: null }));
    },
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
    holdFound,
    loadPoll,
  };
}
