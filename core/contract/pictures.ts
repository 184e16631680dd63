import { z } from 'zod';
import { FileId, ViewId } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { ViewPicture } from '../domain/pictures.ts';
import { none } from './none.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';
import { SessionParams } from './snapshot.ts';

/** A picture that was sent: what is named in the view that it goes with. */
export const SentPicture = ViewPicture.omit({ alt: true });
export type SentPicture = z.infer<typeof SentPicture>;

export const pictureRoutes = {
  sendPicture: route({
    method: 'PUT',
    auth: 'person',
    rate: 'upload',
    isIdempotent: false,
    file: 'in',
    bodyBytes: LIMITS.pictureBytes,
    path: '/api/sessions/:sessionId/picture-files/:fileId',
    summary:
      'Send a picture, JPEG or PNG, under an id that you make: it is made anew from its pixels, and the same one under the same id is sent once. It stands nowhere until a view is posted with it, and is deleted a day after it was last asked for; of more than a few such the oldest goes. Errors: FILE_EMPTY, FILE_KIND_UNKNOWN, FILE_BROKEN, FILE_TOO_LARGE, PICTURE_TOO_LARGE, OWN_PICTURES_FULL, PICTURES_FULL, ID_TAKEN; PICTURES_BUSY, UPLOADS_AT_ONCE and BUSY pass.',
    params: SessionParams.extend({ fileId: FileId }),
    query: none,
    body: none,
    reply: z.strictObject({ picture: SentPicture }),
  }),
  openOwnPicture: route({
    method: 'GET',
    auth: 'person',
    rate: 'picture',
    isIdempotent: false,
    file: 'out',
    bodyBytes: DOORS.bodyBytes,
    path: '/api/sessions/:sessionId/picture-files/:fileId',
    summary:
      'A picture of one’s own that stands nowhere yet, small; it is kept for a day from now on. Errors: FILE_UNKNOWN.',
    params: SessionParams.extend({ fileId: FileId }),
    query: none,
    body: none,
    reply: none,
  }),
  openPicture: route({
    method: 'GET',
    auth: 'person',
    rate: 'picture',
    isIdempotent: false,
    file: 'out',
    bodyBytes: DOORS.bodyBytes,
    path: '/api/sessions/:sessionId/views/:viewId/pictures/:fileId',
    summary:
      'A picture of a view, for whoever may read the view as it is now; small: a small one. Errors: VIEW_UNKNOWN, FILE_UNKNOWN.',
    params: SessionParams.extend({ viewId: ViewId, fileId: FileId }),
    query: z.strictObject({ size: z.literal('small').optional() }),
    body: none,
    reply: none,
  }),
};
