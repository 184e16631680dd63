import type { LiveText } from './document.ts';
import { judge, type Finding, type ReadUpdate } from './guard.ts';
import { createHorizon, type Horizon } from './horizon.ts';
import { TEXT_LIMITS } from './limits.ts';
import { nextTurn } from './next-turn.ts';
import type { Owners } from './owners.ts';
import type { Author } from './queue-items.ts';

type Screened = {
  readonly from: Author;
  readonly update: ReadUpdate;
  /** It was the nth answer to our asking; 0 for none. */
  readonly answer: number;
};

/**
 * crowded: its author has brought too many client ids, or owes for what earlier edits cost. unclaimed: they may not write,
 * so its client ids are not theirs.
 */
export type Screening = Finding | { readonly kind: 'crowded' | 'unclaimed' };

const FOREIGN: Screening = { kind: 'malformed', why: 'client id of somebody else' };
const CROWDED: Screening = { kind: 'crowded' };
const UNCLAIMED: Screening = { kind: 'unclaimed' };

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
  const paid = new WeakMap<ReadUpdate, number>();
  /** Labour since others last had their turn. */
  let sinceTurn = 0;

  function pay({ from, update }: Screened, price: number): void {
    const before = paid.get(update) ?? 0;
    paid.set(update, Math.max(before, price));
    if (price > before) from.labour.spend(price - before);
  }

  async function judgeOwned(entry: Screened, horizon: Horizon): Promise<Screening> {
    const { from, update, answer } = entry;
    // What an edit costs is known afterwards: whoever owes is not even looked at.
    if (!paid.has(update) && from.labour.waitMs() > 0) return CROWDED;
    if (sinceTurn > TEXT_LIMITS.turnLabour) {
      sinceTurn = 0;
      await nextTurn();
    }
    const verdict = judge(update, horizon);
    sinceTurn += verdict.labour;
    pay(entry, verdict.labour);
    if (verdict.kind !== 'fresh') return verdict;
    switch (await owners.claim(from, verdict.clients, { isAnswer: answer > 0 })) {
      case 'foreign':
        return FOREIGN;
      case 'crowded':
        return CROWDED;
      case 'owned':
      case 'brought':
        return verdict;
      case 'unclaimed':
        // Not even if the right returns before it is stored: it would stand under an id of nobody [W4].
        return UNCLAIMED;
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
