import type { Refusal } from '../refusals.ts';
import type { Result } from '../result.ts';
import { guardInTime } from './collecting.ts';
import type { Command } from './commands.ts';
import { guardState } from './course.ts';
import type { Facts } from './facts.ts';
import type { Who } from './guards.ts';
import { guardHeard } from './keeping-order.ts';
import type { Room } from './state.ts';

/**
 * What holds for every command, behind its own rules: they say more closely why not, but what the table of states does not
 * hold is done by none of them [S1], nor what comes too late or from somebody who is silenced.
 */
export function alsoAlways<T>(
  decided: Result<T, Refusal>,
  asked: {
    readonly room: Room;
    readonly who: Who;
    readonly type: Exclude<Command['type'], 'planSession'>;
    readonly facts?: Facts;
  },
): Result<T, Refusal> {
  if (!decided.ok) return decided;
  const { room, who, type, facts = {} } = asked;
  const inState = guardState(room, type);
  if (!inState.ok) return inState;
  const inTime = guardInTime(room, type, facts);
  if (!inTime.ok) return inTime;
  const heard = guardHeard(room, who, type);
  return heard.ok ? decided : heard;
}
