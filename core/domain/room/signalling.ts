import type { Refusal } from '../refusals.ts';
import type { Result } from '../result.ts';
import { guardLiveAct, type Who } from './guards.ts';
import type { Room, Seat } from './state.ts';

/** Signals go while the session goes on. Observers sit in without them: 旁听 keeps still [Q1]. */
export function guardSignal(room: Room, who: Who): Result<Seat, Refusal> {
  return guardLiveAct(room, who, 'signal:send');
}
