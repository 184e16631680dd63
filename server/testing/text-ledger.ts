/** Something done to a text: a mark that stands nowhere else was written, or taken out again. */
export type Stroke = { readonly kind: 'write' | 'erase'; readonly mark: string };

/** What somebody did, in order, and how much of it they were told is saved. */
export type Ledger = {
  readonly note: (stroke: Stroke) => void;
  readonly length: () => number;
  /** The first so many strokes are saved. Never takes anything back. */
  readonly acknowledge: (count: number) => void;
  readonly acknowledged: () => number;
  readonly isSettled: () => boolean;
  readonly strokes: () => readonly Stroke[];
};

export function createLedger(): Ledger {
  const strokes: Stroke[] = [];
  let acked = 0;
  return {
    note: (stroke) => void strokes.push(stroke),
    length: () => strokes.length,
    acknowledge: (count) => {
      acked = Math.max(acked, Math.min(count, strokes.length));
    },
    acknowledged: () => acked,
    isSettled: () => acked === strokes.length,
    strokes: () => strokes,
  };
}

/** What a text says that breaks a promise that was made to somebody; [] when all was kept. */
export function brokenPromises(ledgers: readonly Pick<Ledger, 'strokes' | 'acknowledged'>[], text: string) {
  const broken: string[] = [];
  for (const ledger of ledgers) {
    const strokes = ledger.strokes();
    const erased = new Map<string, boolean>();
    strokes.forEach(({ kind, mark }, index) => {
      if (kind === 'erase') erased.set(mark, index < ledger.acknowledged());
    });
    strokes.forEach(({ kind, mark }, index) => {
      if (kind === 'erase') return;
      const times = text.split(mark).length - 1;
      const wasErased = erased.get(mark);
      if (times > 1) broken.push(`${mark} stands there ${times} times`);
      else if (times === 1 && wasErased === true) broken.push(`${mark} is back although it was erased`);
      else if (times === 0 && wasErased === undefined && index < ledger.acknowledged())
        broken.push(`${mark} was acknowledged and is lost`);
    });
  }
  return broken;
}
