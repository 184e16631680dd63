import { invitationDoors, invitationRoutes, type Invitable } from '../../../core/contract/invitations.ts';
import { roomDoors } from '../../../core/contract/room.ts';
import { ParticipantId, type PersonId, type SessionId } from '../../../core/domain/ids.ts';
import { call, newId } from '../../lib/api.ts';

/** Whose place in which session. */
export type Place = { readonly sessionId: SessionId; readonly participantId: ParticipantId };

/** 参加. Throws ApiError, as all of these. */
export async function accept(params: Place): Promise<void> {
  await call(invitationDoors.acceptInvitation.route, { params, key: newId() });
}

/** 请假, with the reason if one was given. */
export async function stateLeave(params: Place, why: string): Promise<void> {
  const body = why === '' ? {} : { why };
  await call(roomDoors.stateLeave.route, { params, body, key: newId() });
}

/** 委派: an account of the same unit takes the place. */
export async function nameDeputy(params: Place, personId: PersonId): Promise<void> {
  const body = { deputyId: ParticipantId.parse(newId()), personId };
  await call(invitationRoutes.nameDeputy, { params, body, key: newId() });
}

/** Who can be named for this place. */
export async function loadDeputies(params: Place): Promise<readonly Invitable[]> {
  return (await call(invitationRoutes.listDeputies, { params })).people;
}
