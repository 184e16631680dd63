import type { Appended, DraftUpdate, LoggedUpdate, WriteRefusal } from '../ports/document-log.ts';
import type { LiveText } from './document.ts';
import { judge } from './guard.ts';
import { createHorizon } from './horizon.ts';
import type { Entry } from './queue-items.ts';
import type { Screening } from './screen.ts';

/** Why an edit that could have been stored was not. */
export type Out = WriteRefusal | 'locked' | 'gone' | 'anew';

/** What became of the edits of a batch. */
export type Stored = {
  /** How each was judged last. */
  readonly verdicts: ReadonlyMap<Entry, Screening>;
  readonly out: ReadonlyMap<Entry, Out>;
  /** What stands in the log because of them. */
  readonly rows: readonly LoggedUpdate[];
};

type Deps = {
  readonly text: Pick<LiveText, 'doc'>;
  readonly screen: (entries: readonly Entry[]) => Promise<ReadonlyMap<Entry, Screening>>;
  readonly append: (drafts: readonly DraftUpdate[]) => Promise<Appended>;
};
/** Does a piece of work as often as storage needs; null: it stayed away. */
type Asking = <T>(work: () => Promise<T>) => Promise<T | null>;

/**
 * Brings a batch into the log: all that fits after what was judged before it, or none of it. An edit may hang on one of
 * somebody who is refused: then those of that person are taken out and the others judged again, as if it had never come [W3].
 */
export function createStoring({ text, screen, append }: Deps) {
  return async (entries: readonly Entry[], ask: Asking): Promise<Stored | null> => {
    const verdicts = new Map<Entry, Screening>();
    const out = new Map<Entry, Out>();
    for (let left = entries; ;) {
      const waiting = left;
      const screened = await ask(() => screen(waiting));
      if (screened === null) return null;
      for (const [entry, verdict] of screened) verdicts.set(entry, verdict);
      const through = waiting.filter((entry) => screened.get(entry)?.kind === 'fresh');
      const unclaimed = waiting.filter((entry) => screened.get(entry)?.kind === 'unclaimed');
      if (through.length + unclaimed.length === 0) return { verdicts, out, rows: [] };
      // Also with nothing to store: whether the text takes writing is the better reason.
      const appended = await ask(() => append(through.map(draftOf)));
      if (appended === null) return null;
      if (appended.kind === 'appended') {
        for (const entry of unclaimed) out.set(entry, 'ROLE_MAY_NOT');
        return { verdicts, out, rows: rowsOf(through, appended.firstSeq) };
      }
      const whyOut = refusal(through, appended);
      for (const entry of waiting) {
        const why = whyOut(entry);
        if (why !== null && !isKept(entry, screened.get(entry))) out.set(entry, why);
      }
      left = waiting.filter((entry) => whyOut(entry) === null);
    }
  };

  /** It was judged as known: also without those of its batch, which did not come in? */
  function isKept({ update }: Entry, verdict: Screening | undefined): boolean {
    return verdict?.kind === 'nothing' && judge(update, createHorizon(text.doc)).kind === 'nothing';
  }
}

function draftOf({ from, update }: Entry): DraftUpdate {
  return { authorId: from.authorId, signInId: from.signInId, data: update.data };
}

function rowsOf(through: readonly Entry[], firstSeq: number): LoggedUpdate[] {
  return through.map(({ update }, index) => ({ seq: firstSeq + index, data: update.data }));
}

/** Whom a refusal concerns: everybody, or all that comes from the same seat and sign-in. */
function refusal(
  through: readonly Entry[],
  appended: Exclude<Appended, { kind: 'appended' }>,
): (entry: Entry) => Out | null {
  if (appended.kind !== 'refused') return () => appended.kind;
  const named = new Map<string, Out>();
  for (const [index, entry] of through.entries()) {
    const why = appended.refused.get(index);
    if (why !== undefined) named.set(nameOf(entry), why);
  }
  return (entry) => named.get(nameOf(entry)) ?? null;
}

function nameOf({ from }: Entry): string {
  return `${from.authorId} ${from.signInId}`;
}
