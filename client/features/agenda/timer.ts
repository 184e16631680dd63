import { MINUTE_MS, usedMs } from '../../../core/domain/room/agenda-time.ts';
import type { AgendaItem } from '../../../core/domain/sessions.ts';

export type ItemClock = {
  readonly elapsedMs: number;
  readonly plannedMs: number;
  /** Negative once the item runs over. */
  readonly leftMs: number;
  /** last: one minute or less is left. open: no length was planned. */
  readonly phase: 'waiting' | 'running' | 'last' | 'over' | 'done' | 'open';
};

/** Where an agenda item stands at an instant of the server's clock. */
export function itemClock(
  item: Pick<AgendaItem, 'minutes' | 'startedAt' | 'endedAt' | 'heldMs' | 'heldSince'>,
  nowMs: number,
): ItemClock {
  const plannedMs = item.minutes * MINUTE_MS;
  if (item.startedAt === null) return { elapsedMs: 0, plannedMs, leftMs: plannedMs, phase: 'waiting' };
  const elapsedMs = usedMs(item, nowMs);
  const leftMs = plannedMs - elapsedMs;
  return { elapsedMs, plannedMs, leftMs, phase: phaseOf(item, leftMs) };
}

function phaseOf(item: Pick<AgendaItem, 'minutes' | 'endedAt'>, leftMs: number): ItemClock['phase'] {
  if (item.endedAt !== null) return 'done';
  if (item.minutes === 0) return 'open';
  if (leftMs < 0) return 'over';
  return leftMs <= MINUTE_MS ? 'last' : 'running';
}
