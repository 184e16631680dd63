import { may } from '../domain/people.ts';
import { statesOf } from '../domain/room/course.ts';
import { isUnpublished, type SessionState } from '../domain/sessions.ts';
import { ACCESS, refusalAt, type Caller } from './access.ts';
import type { RoomDoor } from './room.ts';

/**
 * Whether a caller gets past the door of a command to a session in a state [P1] [S1]: the permission table, the gate
 * and the table of states at once, as they are published. What is asked may still be refused for what it is.
 */
export function isDoneIn(door: RoomDoor, caller: Caller, state: SessionState): boolean {
  if (refusalAt(ACCESS[door], caller) !== null || !statesOf(door).includes(state)) return false;
  // What is not decided yet is known to those who prepare it [S8].
  return !isUnpublished(state) || caller.kind !== 'seat' || may(caller.role, 'people:manage');
}
