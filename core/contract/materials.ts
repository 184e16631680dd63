import { z } from 'zod';
import { KeptFile } from '../domain/files.ts';
import { FileId, ParticipantId } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { MaterialDraft } from '../domain/materials.ts';
import { door } from './door.ts';
import { none } from './none.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';
import { SessionParams } from './snapshot.ts';

const FileParams = SessionParams.extend({ fileId: FileId });
const MaterialParams = SessionParams.extend({ materialId: FileId });

/** Who has opened the materials of a session, as the asker may know it [Y4]. */
export const MaterialReaders = z.strictObject({
  materials: z.array(
    z.strictObject({
      id: FileId,
      /** People who have opened it, each once. */
      count: z.int().min(0),
      /** Whether I have. */
      isMine: z.boolean(),
      /** Who they are, for whoever runs the session; null for everybody else. */
      readers: z.array(ParticipantId).nullable(),
    }),
  ),
});
export type MaterialReaders = z.infer<typeof MaterialReaders>;

const base = {
  auth: 'person',
  isIdempotent: false,
  query: none,
  body: none,
} as const;

export const materialRoutes = {
  sendMaterial: route({
    ...base,
    method: 'PUT',
    rate: 'upload',
    file: 'in',
    bodyBytes: LIMITS.materialBytes,
    path: '/api/sessions/:sessionId/material-files/:fileId',
    summary:
      'Send the file of a material, as it is, under an id that you make: the same file under the same id is sent once. It stands nowhere until a material is added with it, and is deleted after a day; of more than a few such the oldest goes. Errors: FILE_EMPTY, FILE_KIND_UNKNOWN, FILE_BROKEN, FILE_LOCKED, FILE_HAS_MACROS, FILE_TOO_LARGE, FILE_UNPACKS_TOO_LARGE, PICTURE_TOO_LARGE, FILES_FULL, ID_TAKEN; PICTURES_BUSY, UPLOADS_AT_ONCE and BUSY pass.',
    params: FileParams,
    reply: z.strictObject({ file: KeptFile }),
  }),
  openMaterial: route({
    ...base,
    method: 'GET',
    rate: 'read',
    file: 'out',
    bodyBytes: DOORS.bodyBytes,
    path: '/api/sessions/:sessionId/materials/:materialId/file',
    summary:
      'The file of a material. Pictures, PDF and text are shown as a page, the others downloaded; whoever has a seat counts as a reader. Errors: MATERIAL_UNKNOWN, MATERIAL_WITHDRAWN.',
    params: MaterialParams,
    reply: none,
  }),
  getMaterialReaders: route({
    ...base,
    method: 'GET',
    rate: 'read',
    bodyBytes: DOORS.bodyBytes,
    path: '/api/sessions/:sessionId/material-readers',
    summary: 'How many have opened each material; for whoever runs the session also who.',
    params: SessionParams,
    reply: MaterialReaders,
  }),
};

/** What lies beside a session to be read; part of the doors of a room. */
export const materialDoors = {
  addMaterial: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/materials',
    summary:
      'Put a file that was sent beside the session, at the end of the list. Errors: FILE_UNKNOWN, MATERIALS_FULL.',
    params: SessionParams,
    body: MaterialDraft,
    command: (_params, material) => ({ type: 'addMaterial', material }),
  }),
  placeMaterial: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/materials/:materialId/place',
    summary: 'Put a material before another, or at the end. Errors: MATERIAL_UNKNOWN, MATERIAL_WITHDRAWN.',
    params: MaterialParams,
    body: z.strictObject({ before: FileId.nullable() }),
    command: ({ materialId }, { before }) => ({ type: 'placeMaterial', materialId, before }),
  }),
  withdrawMaterial: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/materials/:materialId',
    summary:
      'Take a material out: it stays in the list as withdrawn, and its file is given to nobody. Errors: MATERIAL_UNKNOWN, MATERIAL_WITHDRAWN.',
    params: MaterialParams,
    body: none,
    command: ({ materialId }) => ({ type: 'withdrawMaterial', materialId }),
  }),
};
