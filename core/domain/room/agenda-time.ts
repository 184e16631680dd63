import type { AgendaItemId } from '../ids.ts';
import type { AgendaItem } from '../sessions.ts';
import type { Room } from './state.ts';

export const MINUTE_MS = 60_000;

type Timed = Pick<AgendaItem, 'startedAt' | 'endedAt' | 'heldMs' | 'heldSince'>;

/**
 * Milliseconds of its own that an item has had at an instant of the server's clock: without breaks and without the
 * time when another item was the current one [A5]. 0 before its turn.
 */
export function usedMs({ startedAt, endedAt, heldMs, heldSince }: Timed, nowMs: number): number {
  if (startedAt === null) return 0;
  const end = endedAt ?? heldSince;
  const endMs = end === undefined ? nowMs : Date.parse(end);
  return Math.max(0, endMs - Date.parse(startedAt) - (heldMs ?? 0));
}

/**
 * Whole minutes that an item can give away: never what it has used already, never below 0 [A4]. at: now, on the clock
 * of the log; whoever does not know it takes nothing from what has begun.
 */
export function minutesToGive(item: Timed & Pick<AgendaItem, 'minutes'>, at: string | undefined): number {
  if (item.startedAt === null) return item.minutes;
  if (at === undefined) return 0;
  return Math.max(0, Math.floor(item.minutes - usedMs(item, Date.parse(at)) / MINUTE_MS));
}

/** Planned minutes of all items together. */
export function totalMinutes(agenda: readonly Pick<AgendaItem, 'minutes'>[]): number {
  return agenda.reduce((total, { minutes }) => total + minutes, 0);
}

/** Minutes of an item as it was planned or added, before any were moved [A8]. */
export function minutesAtFirst({ agenda, agendaChanges = [] }: Room, itemId: AgendaItemId): number {
  const now = agenda.find(({ id }) => id === itemId)?.minutes ?? 0;
  return agendaChanges.reduce((minutes, change) => {
    if (change.what !== 'minutes') return minutes;
    if (change.from === itemId) return minutes + change.minutes;
    return change.to === itemId ? minutes - change.minutes : minutes;
  }, now);
}

export type Forecast = {
  /** When the meeting will end if everything from now on takes as long as planned; server's clock. */
  readonly endMs: number;
  /** How much later than the plan that is; negative: earlier. */
  readonly lateMs: number;
};

/**
 * When the meeting will end: what is left of the current item, and the items behind it that have not begun. Items that
 * were passed over are not waited for. null before the opening and after the close [A6].
 */
export function forecastOf(room: Room, nowMs: number): Forecast | null {
  const { agenda, currentItemId, openedAt, closedAt } = room;
  if (openedAt === null || closedAt !== null) return null;
  const at = agenda.findIndex(({ id }) => id === currentItemId);
  const current = agenda[at];
  const ahead = agenda.slice(at + 1).filter(({ startedAt }) => startedAt === null);
  const leftOfCurrent =
    current === undefined ? 0 : Math.max(0, current.minutes * MINUTE_MS - usedMs(current, nowMs));
  const endMs = nowMs + leftOfCurrent + totalMinutes(ahead) * MINUTE_MS;
  return { endMs, lateMs: endMs - Date.parse(openedAt) - minutesAtOpening(room, openedAt) * MINUTE_MS };
}

/** Planned minutes of the agenda as the meeting began with it: what was added since makes it late. */
function minutesAtOpening({ agenda, agendaChanges = [] }: Room, openedAt: string): number {
  return agendaChanges.reduce((minutes, change) => {
    if (change.at <= openedAt) return minutes;
    if (change.what === 'added') return minutes - change.minutes;
    return change.what === 'removed' ? minutes + change.minutes : minutes;
  }, totalMinutes(agenda));
}
