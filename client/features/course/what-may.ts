import type { Office } from '../../../core/domain/people.ts';
import type { Command } from '../../../core/domain/room/commands.ts';
import { COURSE, guardState } from '../../../core/domain/room/course.ts';
import { guardAct, type Who } from '../../../core/domain/room/guards.ts';
import type { Room } from '../../../core/domain/room/state.ts';

/** Whether somebody may do a thing now: by their seat or, where they hold an office, by that. The server asks again. */
export function mayNow(
  room: Room,
  { who, office }: { readonly who: Who; readonly office: Office | null },
): (type: Command['type']) => boolean {
  const asks: readonly Who[] = office === null ? [who] : [who, { kind: 'office', office }];
  return (type) =>
    guardState(room, type).ok && asks.some((asker) => guardAct(room, asker, COURSE[type].act).ok);
}
