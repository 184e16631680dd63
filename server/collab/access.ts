import { CURSOR_COLORS, type CursorOwner } from '../../core/contract/collab.ts';
import type { DocumentId, ParticipantId } from '../../core/domain/ids.ts';
import { TEXT_SCHEMA_VERSION } from '../../core/domain/outcome.ts';
import type { Reason } from '../../core/domain/refusals.ts';
import { canBeDone } from '../../core/domain/room/course.ts';
import { guardAct, type Who } from '../../core/domain/room/guards.ts';
import { guardVoice } from '../../core/domain/room/keeping-order.ts';
import { seatOf, type Room } from '../../core/domain/room/state.ts';
import { isOver } from '../../core/domain/sessions.ts';
import { AppError, fromRefusal } from '../app-error.ts';
import type { TextPlace } from '../ports/document-log.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { Seats } from '../ports/seats.ts';
import type { SignedIn } from '../ports/sign-ins.ts';

/** What somebody may do with a text at one moment; asked again, never remembered for long. */
export type Access = {
  readonly participantId: ParticipantId | null;
  /** Why this person only reads; null: they may write. The log asks again in SQL for every batch. */
  readonly readsBecause: Reason | null;
  /** How their cursor is shown; null for people without a seat. */
  readonly owner: CursorOwner | null;
};

export type Asker = {
  readonly documentId: DocumentId;
  readonly place: TextPlace;
  readonly signedIn: SignedIn;
  readonly schemaVersion: number;
};

/** Decides what somebody may do with a text now. Throws AppError when they may not even read it [P1] [W8]. */
export async function decideAccess(
  deps: { readonly rooms: Pick<Rooms, 'current'>; readonly seats: Seats },
  asker: Asker,
): Promise<Access> {
  const participantId = await deps.seats.find(asker.place.sessionId, asker.signedIn.personId);
  // Asked before the room is: nobody makes us fold a session that they have no business in.
  if (whoOf(asker, participantId) === null) throw new AppError('DOCUMENT_UNKNOWN');
  return accessIn(await deps.rooms.current(asker.place.sessionId), asker, participantId);
}

/** The same in a room that is at hand. Whose seat it is never changes; what the seat may do does. */
export function accessIn(room: Room, asker: Asker, participantId: ParticipantId | null): Access {
  const who = whoOf(asker, participantId);
  // For anybody else the text looks as if it did not exist.
  if (who === null) throw new AppError('DOCUMENT_UNKNOWN');
  const mayRead = guardAct(room, who, 'text:read');
  if (!mayRead.ok) throw fromRefusal(mayRead.error);
  return {
    participantId,
    readsBecause: asker.schemaVersion === TEXT_SCHEMA_VERSION ? whyOnlyReads(room, who) : 'CLIENT_OUTDATED',
    owner: participantId === null ? null : ownerOf(room, participantId),
  };
}

function whoOf({ signedIn, place }: Asker, participantId: ParticipantId | null): Who | null {
  if (participantId !== null) return { kind: 'participant', id: participantId };
  const { office, orgId } = signedIn;
  return office !== null && orgId === place.orgId ? { kind: 'office', office } : null;
}

function whyOnlyReads(room: Room, who: Who): Reason | null {
  if (who.kind !== 'participant') return 'NOT_IN_SESSION';
  const mayWrite = guardAct(room, who, 'text:write');
  if (!mayWrite.ok) return mayWrite.error.reason;
  if (isOver(room.state) || room.state === 'confirming') return 'TEXT_LOCKED';
  if (!canBeDone(room.state, 'text:write')) return 'SESSION_NOT_OPEN';
  const heard = guardVoice(room, who);
  return heard.ok ? null : heard.error.reason;
}

function ownerOf(room: Room, participantId: ParticipantId): CursorOwner | null {
  const seat = seatOf(room, participantId);
  if (seat === undefined) return null;
  return { participantId, name: seat.name, role: seat.role, color: CURSOR_COLORS[seat.role] };
}
