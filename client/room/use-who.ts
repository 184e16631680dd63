import { useMemo } from 'react';
import type { Hats } from '../../core/domain/room/acting.ts';
import { useMe } from '../lib/me.ts';
import type { LiveState } from './live-room.ts';
import { useRoomState } from './use-room.ts';

const seatIn = ({ participantId }: LiveState) => participantId;

/** Who looks at the room around this component: by their seat or, without one, by their office; and the office itself. */
export function useHats(): Hats {
  const me = useRoomState(seatIn);
  const identity = useMe();
  const office = identity.kind === 'person' ? identity.me.office : null;
  return useMemo<Hats>(
    () => ({
      who: me === null ? { kind: 'office', office: office ?? 'staff' } : { kind: 'participant', id: me },
      office,
    }),
    [me, office],
  );
}
