import { z } from 'zod';
import { SignalKind } from '../domain/signals.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';
import { SessionParams } from './snapshot.ts';

export const signalRoutes = {
  sendSignal: route({
    method: 'POST',
    auth: 'person',
    rate: 'command',
    // Nothing is stored: whoever sends it again is told how long to wait.
    isIdempotent: false,
    bodyBytes: DOORS.bodyBytes,
    path: '/api/sessions/:sessionId/signals',
    summary:
      'Applaud, say that I could not hear, or that time is over. Once in 30 seconds of each kind; told to the room as a count, never kept.',
    params: SessionParams,
    query: z.strictObject({}),
    body: z.strictObject({ kind: SignalKind }),
    reply: z.strictObject({
      /** When I may send this kind again, in milliseconds from now. */
      restMs: z.int().min(0),
    }),
  }),
};
