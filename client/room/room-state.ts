import type { Snapshot } from '../../core/contract/snapshot.ts';
import type { Presence } from '../../core/contract/socket.ts';
import type { ParticipantId } from '../../core/domain/ids.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import type { Audience } from '../../core/domain/room/audiences.ts';
import { EMPTY_ROOM, type Room } from '../../core/domain/room/state.ts';
import type { SignalCounts } from '../../core/domain/signals.ts';
import type { Tagged } from '../lib/api.ts';
import type { ApiError } from '../lib/errors.ts';
import type { Connection } from '../ui/connection-light.tsx';

/** What this browser knows of a room. */
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
  /** Add to deviceNow() to get the server's time, in milliseconds. */
  readonly clockOffsetMs: number;
  /** When the server was last asked for its time with a picture, and spoke, by deviceNow(); null before. */
  readonly clockHeard: { readonly askedAt: number; readonly spokenAt: number } | null;
  readonly presence: Presence | null;
  /** Signals of the last seconds; nth tells one packet from the one before it. Null while the hall is still. */
  readonly signals: { readonly counts: SignalCounts; readonly nth: number } | null;
  /** Why the server no longer lets us hear; final. */
  readonly cut: ApiError | null;
};

/** Before anything has come. */
export const START: RoomState = {
  phase: 'loading',
  error: null,
  connection: 'connecting',
  room: EMPTY_ROOM,
  audience: 'room',
  participantId: null,
  papers: {},
  clockOffsetMs: 0,
  clockHeard: null,
  presence: null,
  signals: null,
  cut: null,
};

export function isLive({ connection }: RoomState): boolean {
  return connection === 'live' || connection === 'restored';
}

/** What a snapshot says beside the room: who one is there, one's own papers, and the server's time. */
export function ownFacts(
  { papers }: RoomState,
  { reply: { audience, mine, now }, askedAt, spokenAt }: Tagged<Snapshot>,
): Pick<RoomState, 'audience' | 'participantId' | 'papers' | 'clockOffsetMs' | 'clockHeard'> {
  return {
    audience,
    participantId: mine.participantId,
    papers: { ...papers, ...mine.papers },
    clockOffsetMs: Date.parse(now) - spokenAt,
    clockHeard: { askedAt, spokenAt },
  };
}
