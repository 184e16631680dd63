import { useMemo } from 'react';
import type { Who } from '../../../core/domain/room/guards.ts';
import { useText } from '../../lib/i18n.ts';
import type { LiveState } from '../../room/live-room.ts';
import { nameOf } from '../../room/names.ts';
import { useRoomState, useRoomStore } from '../../room/use-room.ts';

/** The parts of a room that say what is brought out, and who looks. */
function partOf({ room, participantId }: LiveState) {
  const { merges, spotlight, participants, state, hostId } = room;
  return { merges, spotlight, participants, state, hostId, me: participantId };
}

/** The room as far as it is brought out; what else happens in it draws nothing anew. */
export function useCurating() {
  const t = useText();
  const store = useRoomStore();
  const { me } = useRoomState(partOf);
  const who = useMemo<Who>(
    () => (me === null ? { kind: 'office', office: 'staff' } : { kind: 'participant', id: me }),
    [me],
  );
  const { room } = store.state();
  return { room, who, nameOf: (id: string) => nameOf(t, room.participants, id) };
}
