import { askingAs, type Hats } from '../../../core/domain/room/acting.ts';
import type { Command } from '../../../core/domain/room/commands.ts';
import { COURSE, guardState } from '../../../core/domain/room/course.ts';
import { guardAct } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';

/** Whether somebody may do a thing now: by their seat or, where it is the office's, by the office that they hold. */
export function mayNow(room: Room, hats: Hats): (type: Command['type']) => boolean {
  return (type) =>
    guardState(room, type).ok && guardAct(room, askingAs(room, hats, { type }), COURSE[type].act).ok;
}
