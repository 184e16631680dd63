import type { LiveText } from './document.ts';
import { judge, type ReadUpdate, type Verdict } from './guard.ts';
import { createHorizon, type Horizon } from './horizon.ts';
import type { Owners } from './owners.ts';
import type { Author } from './queue-items.ts';

type Screened = {
  readonly from: Author;
  readonly update: ReadUpdate;
  /** It was the nth answer to our asking; 0 for none. */
  readonly answer: number;
};

/** crowded: its author has brought too many client ids, or asked for too much labour. */
export type Screening = Verdict | { readonly kind: 'crowded' };

const FOREIGN: Screening = { kind: 'malformed', why: 'client id of somebody else' };
const CROWDED: Screening = { kind: 'crowded' };

/**
 * Judges batches of one document on their way into its log: each update after those before it, and new structs only
 * under client ids of its author [W4]. Reads the log once when something seems to be missing. Throws when storage is away.
 */
export function createScreen(deps: {
  readonly text: Pick<LiveText, 'doc' | 'catchUp'>;
  readonly owners: Pick<Owners, 'claim'>;
}): <Entry extends Screened>(entries: readonly Entry[]) => Promise<Map<Entry, Screening>> {
  const { text, owners } = deps;
  /** While storage is away the same edits are judged again and again: they are paid for once. */
  const paid = new WeakSet<ReadUpdate>();

  async function judgeOwned({ from, update, answer }: Screened, horizon: Horizon): Promise<Screening> {
    const verdict = judge(update, horizon);
    if (verdict.kind !== 'fresh') return verdict;
    if (!paid.has(update) && !from.labour.take(verdict.labour)) return CROWDED;
    paid.add(update);
    switch (await owners.claim(from, verdict.clients, { isAnswer: answer > 0 })) {
      case 'foreign':
        return FOREIGN;
      case 'crowded':
        return CROWDED;
      case 'owned':
      case 'brought':
        return verdict;
      case 'unclaimed':
        // The author may not write, and the log will say so.
        return verdict;
    }
  }

  return async (entries) => {
    const verdicts = new Map<(typeof entries)[number], Screening>();
    let isCaughtUp = false;
    let horizon = createHorizon(text.doc);
    for (let index = 0; index < entries.length; index += 1) {
      const entry = entries[index];
      if (entry === undefined) continue;
      const verdict = await judgeOwned(entry, horizon);
      if ((verdict.kind === 'gap' || verdict === FOREIGN) && !isCaughtUp) {
        // Another process may be ahead of this one: then it is not the writer who is wrong.
        isCaughtUp = true;
        await text.catchUp();
        horizon = createHorizon(text.doc);
        index = -1;
        continue;
      }
      verdicts.set(entry, verdict);
      if (verdict.kind === 'fresh') horizon.take(entry.update.structs);
    }
    return verdicts;
  };
}
