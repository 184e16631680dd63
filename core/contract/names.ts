import { z } from 'zod';
import { ParticipantId } from '../domain/ids.ts';
import { NameLook, NamePurpose } from '../domain/names.ts';
import { CommandReply, door } from './door.ts';
import { none } from './none.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';
import { SessionParams } from './snapshot.ts';

const base = { auth: 'person', bodyBytes: DOORS.bodyBytes, query: none } as const;

/** Who looked at whose real name, as far as it concerns whoever asks. */
export const NameLooks = z.strictObject({
  /** At mine, the oldest first. */
  mine: z.array(NameLook),
  /** At anybody's, for the office of the organisation; null for everybody else. */
  all: z.array(NameLook).nullable(),
});
export type NameLooks = z.infer<typeof NameLooks>;

export const nameRoutes = {
  getNameLooks: route({
    ...base,
    method: 'GET',
    path: '/api/sessions/:sessionId/names',
    summary: 'Who looked at my real name, when and for what; for the office, at everybody’s.',
    rate: 'read',
    isIdempotent: false,
    params: SessionParams,
    body: none,
    reply: NameLooks,
  }),
  lookAtName: route({
    ...base,
    method: 'POST',
    path: '/api/sessions/:sessionId/participants/:participantId/name',
    summary:
      'Look at somebody’s real name, for a purpose; the look is kept, and told to them and to the office. Errors: NAMES_SHOWN, OWN_NAME, PARTICIPANT_UNKNOWN, CONSENT_NAMES_OTHERS.',
    rate: 'command',
    isIdempotent: true,
    params: SessionParams.extend({ participantId: ParticipantId }),
    body: z.strictObject({ purpose: NamePurpose }),
    reply: CommandReply.extend({
      /** Null where they gave none, or it was erased. */
      name: z.string().nullable(),
    }),
  }),
};

/** Part of the doors of a room. */
export const nameDoors = {
  hideNames: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/names',
    summary: 'From now on show people by a form of address; there is no way back.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'hideNames' }),
  }),
};
