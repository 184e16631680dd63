import { oncePer } from '../once-per.ts';
import type { Room, Seat } from './state.ts';

/** Whether somebody waits in the lobby now [H1]. */
export function isWaiting(seat: Seat | undefined): boolean {
  return seat?.removedAt === null && seat.waitingAt !== undefined;
}

/** Whether somebody waited and was turned away [H2]. */
export function wasTurnedAway({ removedAt, waitingAt }: Seat): boolean {
  return removedAt !== null && waitingAt !== undefined;
}

/** Who waits in the lobby, as they came. */
export function waitingIn({ participants }: Pick<Room, 'participants'>): readonly Seat[] {
  return knocking(participants);
}

// In the order of the log already: a seat is made when somebody knocks.
const knocking = oncePer((participants: Room['participants']): readonly Seat[] =>
  Object.values(participants).filter(isWaiting),
);
