import type { ViewId } from '../../../core/domain/ids.ts';
import type { MyModeration } from '../../../core/domain/moderation.ts';
import { viewIn } from '../../../core/domain/room/earlier.ts';
import type { Room } from '../../../core/domain/room/state.ts';

/**
 * How often reports were answered in this room, while somebody waits for the answer to one of their own; null while they
 * wait for none. What became of a report is told to whoever reported alone, so they ask when this changes, and at no
 * other event: a hall that reported one view does not read it anew with each report [X12].
 */
export function answersAwaited(
  room: Pick<Room, 'views' | 'earlier' | 'moderation'>,
  { reported, answers }: Pick<MyModeration, 'reported' | 'answers'>,
  noted: readonly ViewId[],
): number | null {
  const answered = new Set<ViewId>(answers.map(({ viewId }) => viewId));
  const waits = [...reported, ...noted].some(
    (viewId) => !answered.has(viewId) && mayBeAnswered(room, viewId),
  );
  if (!waits) return null;
  const { dismissed = 0, restored = 0 } = room.moderation?.counts ?? {};
  return dismissed + restored;
}

/** What somebody hid, or its author took back, is no longer there to stay: nobody answers its reports with anything. */
function mayBeAnswered(room: Pick<Room, 'views' | 'earlier'>, viewId: ViewId): boolean {
  const view = viewIn(room, viewId);
  // One that is not held here.
  if (view === undefined) return true;
  if (view.withdrawnAt !== undefined) return false;
  return view.hidden === undefined || view.hidden.byReports === true;
}
