import { z } from 'zod';
import { LocalId } from '../domain/ids.ts';
import { DOORS } from './limits.ts';
import { CommandReply } from './door.ts';
import { route } from './route.ts';
import { SessionParams } from './snapshot.ts';

const none = z.strictObject({});
const base = { auth: 'person', bodyBytes: DOORS.bodyBytes, query: none } as const;

/** What a venue's screen shows, for a few seconds. */
export const CheckInCode = z.strictObject({
  code: z.string(),
  /** What is drawn: the page that checks in, with the code in its fragment. */
  url: z.string(),
  /** When the next one is to be shown, in milliseconds from now. */
  nextInMs: z.int().min(1),
});
export type CheckInCode = z.infer<typeof CheckInCode>;

export const venueRoutes = {
  showCheckInCode: route({
    ...base,
    method: 'GET',
    rate: 'read',
    isIdempotent: false,
    path: '/api/sessions/:sessionId/venues/:venueId/check-in-code',
    summary: 'The check-in code of a venue, for its screen; it changes every 30 seconds.',
    params: SessionParams.extend({ venueId: LocalId }),
    body: none,
    reply: CheckInCode,
  }),
  checkInByCode: route({
    ...base,
    method: 'POST',
    rate: 'command',
    isIdempotent: true,
    path: '/api/sessions/:sessionId/check-in',
    summary: 'Check in at the venue whose code I have just scanned.',
    params: SessionParams,
    body: z.strictObject({ code: z.string().min(1).max(200) }),
    reply: CommandReply.extend({ venueName: z.string() }),
  }),
};
