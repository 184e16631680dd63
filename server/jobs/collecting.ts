import { startEndingOverdue, type OverdueDeps, type OverdueKind } from './overdue.ts';

/** The key names this time of collecting, as it was last extended: it ends once. */
const COLLECTING: OverdueKind = {
  what: 'collecting',
  find: (deadlines, now) => deadlines.collectedOut(now),
  endings: ({ state, note }) =>
    state === 'collecting' && note !== undefined
      ? [{ key: `collected:${note.at}`, command: { type: 'endOverdueCollecting' } }]
      : [],
};

/** Ends the collecting of views when its time is over [S13]. */
export function startEndingCollecting(
  deps: OverdueDeps,
  everyMs: number,
): { readonly close: () => Promise<void> } {
  return startEndingOverdue(deps, COLLECTING, everyMs);
}
