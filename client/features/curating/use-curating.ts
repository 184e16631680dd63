import { useText } from '../../lib/i18n.ts';
import type { LiveState } from '../../room/live-room.ts';
import { nameOf } from '../../room/names.ts';
import { useRoomState, useRoomStore } from '../../room/use-room.ts';
import { useHats } from '../../room/use-who.ts';

/** The parts of a room that say what is brought out. */
function partOf({ room }: LiveState) {
  const { merges, spotlight, participants, state, hostId } = room;
  return { merges, spotlight, participants, state, hostId };
}

/** The room as far as it is brought out; what else happens in it draws nothing anew. */
export function useCurating() {
  const t = useText();
  const store = useRoomStore();
  useRoomState(partOf);
  const { who } = useHats();
  const { room } = store.state();
  return { room, who, nameOf: (id: string) => nameOf(t, room.participants, id) };
}
