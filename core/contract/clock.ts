import { z } from 'zod';
import { Instant } from '../domain/ids.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';

const none = z.strictObject({});

export const clockRoutes = {
  readClock: route({
    method: 'GET',
    auth: 'person',
    rate: 'read',
    isIdempotent: false,
    bodyBytes: DOORS.bodyBytes,
    path: '/api/clock',
    summary: "The server's clock: timers on every screen go by it, whatever the device believes.",
    params: none,
    query: none,
    body: none,
    reply: z.strictObject({ now: Instant }),
  }),
};
