import type { RoomSignals } from '../../core/contract/socket.ts';
import { SIGNAL_WINDOW_MS } from '../../core/contract/limits.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { sumOfSignals, type SignalCounts } from '../../core/domain/signals.ts';
import type { Signals } from '../ports/signals.ts';

export type SignalBoardPorts = {
  readonly signals: Signals;
  /** Sessions that are heard in this process. */
  readonly sessions: () => readonly SessionId[];
  readonly tell: (message: RoomSignals) => void;
  readonly nowMs: () => number;
};

/** A room is told at most so often [Q3]. */
const TELL_MS = 1_000;

type Arrival = { readonly atMs: number; readonly counts: SignalCounts };
type Board = { arrivals: Arrival[]; toldMs: number; timer: NodeJS.Timeout | null };

/**
 * Tells each room how many signals of each kind came in the last ten seconds, at most once a second, and only when there
 * is another one: that they fade is the browser's to show. Whoever comes later is told nothing of what was [Q1].
 */
export function createSignalBoard({ signals, sessions, tell, nowMs }: SignalBoardPorts) {
  const boards = new Map<SessionId, Board>();

  const recent = (board: Board) => {
    const since = nowMs() - SIGNAL_WINDOW_MS;
    return board.arrivals.filter(({ atMs }) => atMs > since);
  };
  const tellNow = (sessionId: SessionId, board: Board) => {
    board.timer = null;
    board.toldMs = nowMs();
    board.arrivals = recent(board);
    tell({ sessionId, counts: sumOfSignals(board.arrivals.map(({ counts }) => counts)) });
    // Rooms where nobody signals any more are forgotten by those where somebody does.
    for (const [other, { timer, toldMs }] of boards)
      if (timer === null && toldMs < nowMs() - SIGNAL_WINDOW_MS) boards.delete(other);
  };
  const unhear = signals.hear(({ sessionId, counts }) => {
    if (!sessions().includes(sessionId)) return;
    const board = boards.get(sessionId) ?? { arrivals: [], toldMs: -Infinity, timer: null };
    boards.set(sessionId, board);
    board.arrivals.push({ atMs: nowMs(), counts });
    if (board.timer !== null) return;
    const waitMs = Math.max(0, board.toldMs + TELL_MS - nowMs());
    board.timer = setTimeout(() => tellNow(sessionId, board), waitMs);
    board.timer.unref();
  });

  return {
    close: (): void => {
      unhear();
      for (const { timer } of boards.values()) if (timer !== null) clearTimeout(timer);
    },
  };
}
