import { z } from 'zod';
import { DocumentId } from '../domain/ids.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';

const none = z.strictObject({});

export const textRoutes = {
  askTextDoor: route({
    method: 'GET',
    auth: 'person',
    rate: 'read',
    isIdempotent: false,
    bodyBytes: DOORS.bodyBytes,
    path: '/api/texts/:documentId/door',
    summary:
      'Whether /collab/:documentId would let me in now, and why not: a browser does not tell its page.',
    params: z.strictObject({ documentId: DocumentId }),
    query: none,
    body: none,
    reply: z.strictObject({ isOpen: z.literal(true) }),
  }),
};
