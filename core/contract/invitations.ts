import { z } from 'zod';
import { ParticipantId, PersonId } from '../domain/ids.ts';
import { Participant, Role } from '../domain/people.ts';
import { CommandReply, door } from './door.ts';
import { DOORS } from './limits.ts';
import { route } from './route.ts';
import { SessionParams } from './snapshot.ts';

const none = z.strictObject({});
const SeatParams = SessionParams.extend({ participantId: ParticipantId });
const base = { auth: 'person', bodyBytes: DOORS.bodyBytes, query: none } as const;
const reading = { ...base, method: 'GET', rate: 'read', isIdempotent: false, body: none } as const;
const asking = { ...base, method: 'POST', rate: 'command', isIdempotent: true, reply: CommandReply } as const;

/** Somebody with an account who has no seat in the session. */
export const Invitable = z.strictObject({ personId: PersonId, name: z.string(), affiliation: z.string() });
export type Invitable = z.infer<typeof Invitable>;
const People = z.strictObject({ people: z.array(Invitable) });

/** Asking people with an account to a session that is planned, and who stands in for them. */
export const invitationRoutes = {
  listInvitable: route({
    ...reading,
    path: '/api/sessions/:sessionId/invitable',
    summary: 'People with an account in the organisation who are not on the roll.',
    params: SessionParams,
    reply: People,
  }),
  inviteParticipant: route({
    ...asking,
    path: '/api/sessions/:sessionId/participants',
    summary:
      'Put somebody with an account on the roll; who was removed gets their seat back. Errors: ACCOUNT_UNKNOWN, ALREADY_THERE, VENUE_UNKNOWN, SESSION_FULL.',
    params: SessionParams,
    body: z.strictObject({
      participantId: ParticipantId,
      personId: PersonId,
      role: Role,
      venueId: Participant.shape.venueId,
    }),
  }),
  listDeputies: route({
    ...reading,
    path: '/api/sessions/:sessionId/participants/:participantId/deputies',
    summary: 'Who can stand in for somebody: accounts of the same unit that are not on the roll.',
    params: SeatParams,
    reply: People,
  }),
  nameDeputy: route({
    ...asking,
    path: '/api/sessions/:sessionId/participants/:participantId/deputy',
    summary:
      'Name who stands in for me, or, for whoever looks after the people, for anybody. Errors: DEPUTY_STANDS, DEPUTY_OF_DEPUTY, DEPUTY_OTHER_UNIT, CHAIR_STAYS_FILLED.',
    params: SeatParams,
    body: z.strictObject({ deputyId: ParticipantId, personId: PersonId }),
  }),
};

/** Part of the doors of a room. */
export const invitationDoors = {
  acceptInvitation: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/participants/:participantId/acceptance',
    summary:
      'Answer that I will come, or, for whoever looks after the people, that somebody will: leave and a deputy are taken back. Errors: DEPUTY_CAME.',
    params: SeatParams,
    body: none,
    command: ({ participantId }) => ({ type: 'acceptInvitation', participantId }),
  }),
};
