import type { ParticipantId, ViewId } from '../ids.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { bare, type Enclosed } from '../pictures.ts';
import type { View } from '../views.ts';

/** What happened to a view after it was posted, as its card needs it. */
export type ViewChange = {
  readonly seq: number;
  readonly at: string;
  readonly viewId: ViewId;
} & (
  | {
      readonly kind: 'endorsed' | 'unendorsed';
      /** Place among the room's endorsers. */ readonly place: number;
    }
  | {
      readonly kind: 'edited';
      readonly text: string;
      readonly masked?: number;
      /** How many endorsed what was said before. */
      readonly endorsed?: number;
    }
  | { readonly kind: 'restored'; readonly text: string; readonly enclosed?: Enclosed }
  | { readonly kind: 'hidden'; readonly reason: ReasonCode; readonly isByReports: boolean }
  | { readonly kind: 'withdrawn' | 'unmarked' }
  | { readonly kind: 'marked'; readonly by: ParticipantId }
);

/** The view behind a change. One that it has behind it already, because it came later itself, changes nothing [R1]. */
export function changedView(view: View, change: ViewChange): View {
  const { seq, at } = change;
  if (seq <= (view.changed ?? 0)) return view;
  switch (change.kind) {
    case 'endorsed':
      return withEndorsers(view, seq, [...endorsersWithout(view, change.place), change.place]);
    case 'unendorsed':
      return withEndorsers(view, seq, endorsersWithout(view, change.place));
    case 'edited': {
      const { endorsed } = change;
      const before = { text: view.text, until: at, ...(endorsed === undefined ? {} : { endorsed }) };
      const edits = [...(view.edits ?? []), before];
      const { masked: _before, ...rest } = view;
      // What goes with the words stays as it is, covered places too.
      const masked = (change.masked ?? 0) + (view.maskedBeside ?? 0);
      const covered = masked === 0 ? {} : { masked };
      return { ...rest, text: change.text, edits, changed: seq, ...covered };
    }
    case 'marked':
      return { ...view, keyPoint: { by: change.by, at }, changed: seq };
    case 'unmarked': {
      const { keyPoint: _off, ...rest } = view;
      return { ...rest, changed: seq };
    }
    case 'withdrawn':
      return { ...wordless(view), withdrawnAt: at, changed: seq };
    case 'hidden': {
      const hidden = {
        at,
        reason: change.reason,
        ...(change.isByReports ? { byReports: true as const } : {}),
      };
      return { ...wordless(view), hidden, changed: seq };
    }
    case 'restored': {
      const { hidden: _hidden, ...rest } = view;
      return { ...rest, text: change.text, ...change.enclosed, changed: seq };
    }
  }
}

/** The room forgets the words, those before a correction too; that there were some stays [V9] [X5]. */
function wordless(view: View): View {
  const edits = view.edits?.map(({ until }) => ({ text: '', until }));
  return { ...bare(view), text: '', ...(edits === undefined ? {} : { edits }) };
}

function endorsersWithout({ endorsedBy = [] }: View, place: number): readonly number[] {
  return endorsedBy.filter((other) => other !== place);
}

function withEndorsers(view: View, changed: number, places: readonly number[]): View {
  return { ...view, endorsedBy: [...places].sort((a, b) => a - b), changed };
}
