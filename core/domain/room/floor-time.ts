import { FLOOR_GROUPS, groupOf, type FloorGroup } from '../floor.ts';
import type { LocalId, ParticipantId } from '../ids.ts';
import { floorRulesOf, speakerOf, type Room, type Turn } from './state.ts';

/** One minute before the end a speaker is warned; in a turn of two minutes or less, at half of it [F6]. */
const WARNING_MS = 60_000;

/** Where a turn stands. */
export type TurnClock = {
  readonly spokenMs: number;
  /** Null: the turn has no length. Negative once it runs over. */
  readonly leftMs: number | null;
  /** open: without a length. warned: the last minute. over: beyond its length. overdue: the clock ends it. */
  readonly phase: 'open' | 'running' | 'warned' | 'over' | 'overdue' | 'ended';
  readonly isPaused: boolean;
};

/** Where a turn stands at an instant of the server's clock, in milliseconds [F6]. */
export function turnClock(turn: Turn, nowMs: number): TurnClock {
  const spokenMs = spokenMsOf(turn, nowMs);
  const { time } = turn;
  const isPaused = turn.endedAt === null && (time?.paused ?? null) !== null;
  if (time === undefined)
    return { spokenMs, leftMs: null, phase: turn.endedAt === null ? 'open' : 'ended', isPaused };
  const leftMs = time.seconds * 1_000 - spokenMs;
  return { spokenMs, leftMs, phase: phaseOf(turn, leftMs), isPaused };
}

function phaseOf({ time, endedAt }: Turn, leftMs: number): TurnClock['phase'] {
  if (endedAt !== null) return 'ended';
  if (time === undefined) return 'open';
  if (time.graceSeconds !== null && leftMs <= -time.graceSeconds * 1_000) return 'overdue';
  if (leftMs <= 0) return 'over';
  return leftMs <= Math.min(WARNING_MS, time.seconds * 500) ? 'warned' : 'running';
}

/** How long somebody has spoken in a turn, pauses taken out, in milliseconds. */
export function spokenMsOf({ startedAt, endedAt, time }: Turn, nowMs: number): number {
  const pausedAt = time?.paused?.at ?? null;
  const untilMs = endedAt === null ? (pausedAt === null ? nowMs : Date.parse(pausedAt)) : Date.parse(endedAt);
  // A browser's guess of the server's clock may lie a little behind the first event.
  return Math.max(0, untilMs - Date.parse(startedAt) - (time?.pausedMs ?? 0));
}

/** The instant at which the clock ends a turn; null: it does not, or stands still [F9]. */
export function overdueAtMs({ startedAt, endedAt, time }: Turn): number | null {
  if (endedAt !== null || time === undefined || time.graceSeconds === null || time.paused !== null)
    return null;
  return Date.parse(startedAt) + time.pausedMs + (time.seconds + time.graceSeconds) * 1_000;
}

/** Whether a turn that has ended lasted for all that the rules allowed, so that the clock ended it [F9]. */
export function wasEndedByClock(turn: Turn): boolean {
  const { time, endedAt } = turn;
  if (endedAt === null || time === undefined || time.graceSeconds === null) return false;
  return spokenMsOf(turn, 0) >= (time.seconds + time.graceSeconds) * 1_000;
}

/** What a group has spoken, and of what. */
export type GroupShare = {
  readonly group: FloorGroup;
  readonly spokenMs: number;
  readonly turns: number;
  /** Null: as long as they like. */
  readonly budgetMs: number | null;
};

/** How the floor was shared so far, one line a group [F7]. */
export function floorShares(room: Room, nowMs: number): readonly GroupShare[] {
  const { budgets } = floorRulesOf(room);
  return FLOOR_GROUPS.map((group) => {
    const turns = room.turns.filter((turn) => {
      const id = speakerOf(turn);
      return id !== null && speaksIn(room, id) === group;
    });
    const minutes = budgets[group];
    return {
      group,
      spokenMs: turns.reduce((sum, turn) => sum + spokenMsOf(turn, nowMs), 0),
      turns: turns.length,
      budgetMs: minutes === null ? null : minutes * 60_000,
    };
  });
}

/** What was spoken for a venue by people whom nobody has named, who stand in no group. */
export type VenueShare = {
  readonly venueId: LocalId;
  readonly spokenMs: number;
  readonly turns: number;
};

/** How much venues had of the floor beside the groups [F11]; those alone that had any. */
export function venueShares(room: Room, nowMs: number): readonly VenueShare[] {
  const unnamed = room.turns.filter((turn) => turn.venueId !== undefined && speakerOf(turn) === null);
  return (room.plan?.venues ?? []).flatMap(({ id: venueId }) => {
    const turns = unnamed.filter((turn) => turn.venueId === venueId);
    const spokenMs = turns.reduce((sum, turn) => sum + spokenMsOf(turn, nowMs), 0);
    return turns.length === 0 ? [] : [{ venueId, spokenMs, turns: turns.length }];
  });
}

/** The group that somebody speaks in; a seat is never taken out of the room, so everybody has one. */
export function speaksIn(room: Pick<Room, 'participants'>, id: ParticipantId): FloorGroup {
  const seat = room.participants[id];
  return groupOf(seat?.role ?? 'member');
}

/** How often somebody has spoken, or speaks, on the current agenda item. */
export function turnsOnItem(room: Room, id: ParticipantId): number {
  return room.turns.filter((turn) => speakerOf(turn) === id && turn.itemId === room.currentItemId).length;
}
