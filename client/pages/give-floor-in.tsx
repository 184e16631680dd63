import type { ReactNode } from 'react';
import type { ParticipantId } from '../../core/domain/ids.ts';
import { GiveFloor } from '../features/floor/give-floor.tsx';
import type { RoomView } from './use-room-view.ts';

/** The button that gives somebody the floor, for parts of the room that know nothing of the floor. */
export function giveFloorIn({ room, nameOf, clockOffsetMs }: RoomView) {
  return (to: ParticipantId, label: string): ReactNode => (
    <GiveFloor key={to} room={room} to={to} name={nameOf(to)} clockOffsetMs={clockOffsetMs}>
      {label}
    </GiveFloor>
  );
}
