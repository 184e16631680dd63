import type { PoolClient } from 'pg';
import type { ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';
import { may } from '../../core/domain/people.ts';
import { chair } from '../../core/domain/room/guards.ts';
import { guardVoice, isModerator } from '../../core/domain/room/keeping-order.ts';
import { isIn, type Room } from '../../core/domain/room/state.ts';
import type { Batch } from '../ports/room-log.ts';

// The table of participants is kept equal to the room, so that SQL can ask for authority [P2].

type SeatRow = {
  readonly id: ParticipantId;
  readonly role: string;
  readonly mayWriteText: boolean;
  readonly isRemoved: boolean;
};

/** Rows of the seats that a batch adds. */
export function newSeats(batch: Batch): readonly (SeatRow & { readonly personId: PersonId | null })[] {
  const { before, after, people } = batch;
  return touchedSeats(batch)
    .filter((id) => !Object.hasOwn(before.participants, id))
    .map((id) => ({ ...seatRow(after, id), personId: people.get(id) ?? null }));
}

/** Whether the row of a seat that was there before may differ now. */
export function changesSeats(batch: Batch): boolean {
  return changedSeats(batch).length > 0;
}

/** Writes what changed about seats that were there before. */
export async function updateSeats(
  tx: Pick<PoolClient, 'query'>,
  sessionId: SessionId,
  batch: Batch,
): Promise<void> {
  const ids = changedSeats(batch);
  if (ids.length === 0) return;
  await tx.query(
    `update participant p
     set role = e.role, may_write_text = e."mayWriteText", is_removed = e."isRemoved"
     from jsonb_to_recordset($2::jsonb) as e(id uuid, role text, "mayWriteText" bool, "isRemoved" bool)
     where p.session_id = $1 and p.id = e.id`,
    [sessionId, JSON.stringify(ids.map((id) => seatRow(batch.after, id)))],
  );
}

function changedSeats(batch: Batch): readonly ParticipantId[] {
  return touchedSeats(batch).filter((id) => Object.hasOwn(batch.before.participants, id));
}

/** Seats whose row may differ now; the chair is among them because it may write the text without a role for it. */
function touchedSeats({ before, after, envelopes }: Batch): readonly ParticipantId[] {
  const ids = new Set<ParticipantId>();
  for (const { event } of envelopes) {
    if (event.type === 'participant:added') ids.add(event.participant.id);
    if (event.type === 'participant:changed' || event.type === 'participant:removed')
      ids.add(event.participantId);
    if (event.type === 'lobby:admitted') for (const id of event.participantIds) ids.add(id);
    if (event.type === 'lobby:turnedAway') ids.add(event.participantId);
    if (event.type === 'host:named') ids.add(event.participantId);
    if (event.type === 'speaker:muted' || event.type === 'speaker:unmuted') ids.add(event.participantId);
    // Silence, and the end of the meeting that it was of, changes who may write for all who may.
    if (event.type === 'silence:ordered' || event.type === 'silence:lifted' || event.type === 'session:ended')
      for (const id of silencedSeats(after)) ids.add(id);
  }
  const [chairBefore, chairAfter] = [chair(before), chair(after)];
  if (chairBefore !== chairAfter) {
    if (chairBefore !== null) ids.add(chairBefore);
    if (chairAfter !== null) ids.add(chairAfter);
  }
  return [...ids];
}

/** Everybody whose right to write a silence takes away, or its end gives back. */
function silencedSeats(room: Room): readonly ParticipantId[] {
  return Object.values(room.participants)
    .filter(({ id, role }) => may(role, 'text:write') && !isModerator(room, { kind: 'participant', id }))
    .map(({ id }) => id);
}

function seatRow(room: Room, id: ParticipantId): SeatRow {
  const seat = room.participants[id];
  // Whoever waits to be let in may do nothing yet, in any statement.
  const isHere = seat !== undefined && isIn(seat);
  return {
    id,
    role: seat?.role ?? '',
    mayWriteText: isHere && (may(seat.role, 'text:write') || seat.id === chair(room)) && isHeard(room, id),
    isRemoved: !isHere,
  };
}

function isHeard(room: Room, id: ParticipantId): boolean {
  return guardVoice(room, { kind: 'participant', id }).ok;
}
