import { z } from 'zod';
import { Instant } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { looseWords } from '../domain/text.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';
import { SessionParams } from './snapshot.ts';

const none = z.strictObject({});
const Version = z.int().min(0);

/** What somebody wrote down for themselves in a session [Z1]. */
export const Note = z.strictObject({
  text: z.string(),
  /** Counts what was kept; 0: nothing yet. */
  version: Version,
  at: Instant.nullable(),
});
export type Note = z.infer<typeof Note>;

const base = { auth: 'person', isIdempotent: false, bodyBytes: DOORS.bodyBytes, query: none } as const;

export const noteRoutes = {
  getNote: route({
    ...base,
    method: 'GET',
    rate: 'read',
    path: '/api/sessions/:sessionId/note',
    summary: 'My own notes of a session; nobody else is given them.',
    params: SessionParams,
    body: none,
    reply: Note,
  }),
  keepNote: route({
    ...base,
    method: 'PUT',
    rate: 'command',
    path: '/api/sessions/:sessionId/note',
    summary:
      'Keep my notes of a session, whole; an empty text deletes them. after: the version that they were written behind. The same text again is kept once. Errors: NOTE_ELSEWHERE.',
    params: SessionParams,
    body: z.strictObject({ text: looseWords(LIMITS.noteLength), after: Version }),
    reply: Note.omit({ text: true }),
  }),
};
