import { z } from 'zod';
import { Instant, ParticipantId, PollId, SessionId } from '../domain/ids.ts';
import { Paper } from '../domain/polls/paper.ts';
import { AUDIENCES } from '../domain/room/audiences.ts';
import type { Room } from '../domain/room/state.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';

// What a room begins with stands apart from all other doors: their schemas take a slow phone as long to build as its
// first picture takes to draw.

export const SessionParams = z.strictObject({ sessionId: SessionId });

/**
 * The room folded up to seq, for the asker's audience, and what only they may see. Of what was said it carries the
 * newest part: room.earlier counts the rest, which getViews brings.
 */
export const Snapshot = z.strictObject({
  audience: z.enum(AUDIENCES),
  /** Shape: core/domain/room/state.ts, docs/generated/events.md */
  room: z.custom<Room>((value) => typeof value === 'object' && value !== null),
  mine: z.strictObject({
    participantId: ParticipantId.nullable(),
    /** My own papers in open named polls. */
    papers: z.record(PollId, Paper),
  }),
  /** The server's clock, for timers. */
  now: Instant,
});
export type Snapshot = z.infer<typeof Snapshot>;

/** Part of the routes of sessions. */
export const snapshotRoutes = {
  getSnapshot: route({
    auth: 'person',
    rate: 'read',
    isIdempotent: false,
    bodyBytes: DOORS.bodyBytes,
    query: z.strictObject({}),
    body: z.strictObject({}),
    method: 'GET',
    path: '/api/sessions/:sessionId/snapshot',
    summary:
      'The room as I may see it, at its newest seq, with the newest 100 things said. Has an ETag; If-None-Match is answered with 304.',
    params: SessionParams,
    reply: Snapshot,
  }),
};
