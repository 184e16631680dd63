import { z } from 'zod';
import { Envelope } from '../domain/events.ts';
import { LocalId, ParticipantId, SessionId } from '../domain/ids.ts';
import { Role } from '../domain/people.ts';
import { SignalCounts } from '../domain/signals.ts';
import type { ErrorBody } from './errors.ts';

/** Asks to hear a session. after: seq of the last event the client has; null for none. */
export const Hear = z.strictObject({ sessionId: SessionId, after: z.int().min(0) });
export type Hear = z.infer<typeof Hear>;
export const Unhear = z.strictObject({ sessionId: SessionId });
export type Unhear = z.infer<typeof Unhear>;

/** Events of a session, in seq order without a gap, for the listener's audience. */
export const RoomEvents = z.strictObject({ sessionId: SessionId, events: z.array(Envelope) });
export type RoomEvents = z.infer<typeof RoomEvents>;

/** Who is connected now, each person once. Ephemeral; exact: false while other processes cannot be asked [G5]. */
export const Presence = z.strictObject({
  sessionId: SessionId,
  online: z.int().min(0),
  byRole: z.array(z.strictObject({ role: Role, online: z.int().min(0) })),
  byVenue: z.array(z.strictObject({ venueId: LocalId, online: z.int().min(0) })),
  /** Who they are; null when they are too many to name. */
  people: z.array(ParticipantId).nullable(),
  exact: z.boolean(),
});
export type Presence = z.infer<typeof Presence>;

/** Signals of the last ten seconds, when there was another one: at most once a second, never again [Q3]. */
export const RoomSignals = z.strictObject({ sessionId: SessionId, counts: SignalCounts });
export type RoomSignals = z.infer<typeof RoomSignals>;

/** The process is about to end: whoever hears it moves over at some moment of their own within the spread. */
export const Stopping = z.strictObject({ spreadMs: z.int().min(0) });
export type Stopping = z.infer<typeof Stopping>;

export type Ack<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ErrorBody };

/**
 * seq: what was missed up to here comes right behind this answer; everything after it comes by itself.
 * behind: it is more than a socket should carry and does not come: the client fetches pages of events by HTTP or, when
 * it is very much, a snapshot, whose seq is at least this one.
 */
export type Heard = { readonly seq: number; readonly behind: boolean };

/** What a client may say. Nothing here changes stored state (law 4). */
export type ClientMessages = {
  'room:hear': (message: Hear, ack: (reply: Ack<Heard>) => void) => void;
  'room:unhear': (message: Unhear, ack: (reply: Ack<null>) => void) => void;
};

/** What a server says. */
export type ServerMessages = {
  'room:events': (message: RoomEvents) => void;
  'room:presence': (message: Presence) => void;
  'room:signals': (message: RoomSignals) => void;
  'server:stopping': (message: Stopping) => void;
  /** This socket may no longer hear a session (null: any); it is cut right after. */
  'room:cut': (message: { readonly sessionId: SessionId | null; readonly error: ErrorBody }) => void;
};
