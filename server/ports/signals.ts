import type { SessionId } from '../../core/domain/ids.ts';
import type { SignalCounts, SignalKind } from '../../core/domain/signals.ts';

/** Bus channel on which processes tell each other of signals. */
export const SIGNAL_CHANNEL = 'signal';

/** Signals of a session that came a moment ago. */
export type SignalNews = { readonly sessionId: SessionId; readonly counts: SignalCounts };

/** Passes signals to everybody's process; nothing is kept, and what is lost is lost [Q1]. */
export type Signals = {
  /** Never throws. */
  readonly send: (sessionId: SessionId, kind: SignalKind) => void;
  /** Hears of signals of all processes, gathered, until the returned function is called. */
  readonly hear: (listener: (news: SignalNews) => void) => () => void;
};
