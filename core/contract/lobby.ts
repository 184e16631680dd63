import { z } from 'zod';
import { ParticipantId } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { SessionState } from '../domain/sessions.ts';
import { words } from '../domain/text.ts';
import { door } from './door.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';
import { SessionParams } from './snapshot.ts';

const none = z.strictObject({});

/** Where somebody who scanned a code stands: in, waiting in the lobby, or turned away with the reason. */
export const Entry = z.strictObject({
  entry: z.enum(['in', 'waiting', 'turnedAway']),
  /** Why they were turned away; '' otherwise. */
  why: z.string(),
  title: z.string(),
  state: SessionState,
});
export type Entry = z.infer<typeof Entry>;

export const lobbyRoutes = {
  askEntry: route({
    auth: 'person',
    rate: 'read',
    method: 'GET',
    isIdempotent: false,
    bodyBytes: DOORS.bodyBytes,
    path: '/api/sessions/:sessionId/entry',
    summary:
      'Whether I am let in yet. Whoever knows that they wait is answered when that changes, or after some seconds, then asks again.',
    params: SessionParams,
    query: z.strictObject({ known: z.literal('waiting').optional() }),
    body: none,
    reply: Entry,
  }),
};

/** Part of the doors of a room. */
export const lobbyDoors = {
  setLobby: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/lobby',
    summary: 'Say whether guests who scan a code wait until they are let in. Who waits goes on waiting.',
    params: SessionParams,
    body: z.strictObject({ isOn: z.boolean() }),
    command: (_params, { isOn }) => ({ type: 'setLobby', isOn }),
  }),
  admitWaiting: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/lobby/admit',
    summary: 'Let people in who wait; who is in already is no news.',
    params: SessionParams,
    body: z.strictObject({ participantIds: z.array(ParticipantId).min(1).max(LIMITS.admittedAtOnce) }),
    command: (_params, { participantIds }) => ({ type: 'admitWaiting', participantIds }),
  }),
  turnAway: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/lobby/:participantId/turn-away',
    summary: 'Turn somebody away who waits, with a reason that they are told. Errors: PARTICIPANT_UNKNOWN.',
    params: SessionParams.extend({ participantId: ParticipantId }),
    body: z.strictObject({ why: words(LIMITS.reasonLength) }),
    command: ({ participantId }, { why }) => ({ type: 'turnAway', participantId, why }),
  }),
};
