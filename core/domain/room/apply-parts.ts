import type { Room, Seat } from './state.ts';

/** Ends the turn of a person, or whoever's turn it is when null. */
export function endTurn(room: Room, participantId: Seat['id'] | null, at: string): Room {
  return {
    ...room,
    turns: room.turns.map((turn) =>
      turn.endedAt === null && (participantId === null || turn.participantId === participantId)
        ? { ...turn, endedAt: at }
        : turn,
    ),
  };
}
