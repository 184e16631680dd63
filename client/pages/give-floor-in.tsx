import type { ReactNode } from 'react';
import { GiveFloor } from '../features/floor/give-floor.tsx';
import { useText } from '../lib/i18n.ts';
import { holderName, type FloorTarget } from '../room/holder-name.ts';
import type { RoomView } from './use-room-view.ts';

/** The button that gives somebody the floor, for parts of the room that know nothing of the floor. */
export function useGiveFloor({ room, nameOf, clockOffsetMs }: RoomView) {
  const t = useText();
  return (to: FloorTarget, label: string): ReactNode => {
    const isPerson = typeof to === 'string';
    const name = isPerson ? nameOf(to) : holderName(t, { room, nameOf }, { participantId: null, ...to });
    return (
      <GiveFloor key={isPerson ? to : to.venueId} {...{ room, to, name, clockOffsetMs }}>
        {label}
      </GiveFloor>
    );
  };
}
