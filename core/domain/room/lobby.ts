import type { RoomEvent } from '../events.ts';
import type { ParticipantId } from '../ids.ts';
import type { Called } from '../people.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import type { CommandOf } from './commands.ts';
import { guardAct, guardNotClosed, type Who } from './guards.ts';
import type { Room } from './state.ts';
import { isWaiting } from './waiting.ts';

type LobbyCommand = CommandOf<'setLobby' | 'admitWaiting' | 'turnAway'>;

/** Rules of the lobby: who waits is let in or turned away by whoever looks after the people [H1] [H2]. */
export function decideLobby(
  room: Room,
  who: Who,
  command: LobbyCommand,
): Result<readonly RoomEvent[], Refusal> {
  const open = guardNotClosed(room);
  if (!open.ok) return open;
  const allowed = guardAct(room, who, 'people:manage');
  if (!allowed.ok) return allowed;
  switch (command.type) {
    case 'setLobby': {
      const { isOn } = command;
      return ok((room.hasLobby === true) === isOn ? [] : [{ type: 'lobby:set', isOn }]);
    }
    case 'admitWaiting': {
      // Two hosts at once: whoever is in already is no news.
      const participantIds = [...new Set(command.participantIds)].filter((id) =>
        isWaiting(room.participants[id]),
      );
      const people = participantIds.flatMap((id) => calledIn(room, id));
      return ok(participantIds.length === 0 ? [] : [{ type: 'lobby:admitted', participantIds, people }]);
    }
    case 'turnAway': {
      const { participantId, why } = command;
      if (!isWaiting(room.participants[participantId])) return refuse('PARTICIPANT_UNKNOWN');
      return ok([{ type: 'lobby:turnedAway', participantId, why }]);
    }
    default:
      return unreachable(command);
  }
}

function calledIn({ participants }: Room, id: ParticipantId): Called[] {
  const seat = participants[id];
  return seat === undefined ? [] : [{ name: seat.name, affiliation: seat.affiliation }];
}
