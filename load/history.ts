import type { Paper } from '../core/domain/polls/paper.ts';

/** Something that a virtual person does. */
export type Deed =
  | { readonly kind: 'view'; readonly id: string; readonly text: string }
  | { readonly kind: 'ballot'; readonly pollId: string; readonly paper: Paper }
  | { readonly kind: 'floor'; readonly wish: 'ask' | 'withdraw' }
  /** mark stands once in the text, and nowhere else. */
  | { readonly kind: 'edit'; readonly mark: string }
  | { readonly kind: 'read' };

/**
 * One line of a history. invoke: it was asked. ok: the server said that it is done (seq: where in the log, of a read
 * how far it went). fail: the server said that it is not done. info: nobody knows; it may be asked again with the same
 * key, and what comes last counts.
 */
export type Step = { readonly op: number; readonly at: number; readonly by: string } & (
  | { readonly type: 'invoke'; readonly deed: Deed }
  | { readonly type: 'ok'; readonly seq: number | null }
  | { readonly type: 'fail'; readonly why: string }
  | { readonly type: 'info'; readonly why: string }
);

/** A deed with what became of it. */
export type Operation = {
  readonly op: number;
  readonly by: string;
  readonly deed: Deed;
  readonly askedAt: number;
  /** When the last word about it came; Infinity when none did. */
  readonly endedAt: number;
  readonly end: 'ok' | 'fail' | 'unknown';
  readonly seq: number | null;
};

/** Writes down what people do and what they are told, in the order in which it happens. */
export function createHistory(now: () => number) {
  const steps: Step[] = [];
  let last = 0;
  return {
    steps: (): readonly Step[] => steps,
    invoke: (by: string, deed: Deed): number => {
      last += 1;
      steps.push({ op: last, at: now(), by, type: 'invoke', deed });
      return last;
    },
    ok: (op: number, by: string, seq: number | null) =>
      void steps.push({ op, at: now(), by, type: 'ok', seq }),
    fail: (op: number, by: string, why: string) => void steps.push({ op, at: now(), by, type: 'fail', why }),
    info: (op: number, by: string, why: string) => void steps.push({ op, at: now(), by, type: 'info', why }),
  };
}
export type History = ReturnType<typeof createHistory>;

/** What was done, each deed once, in the order in which it was asked. */
export function operationsOf(steps: readonly Step[]): readonly Operation[] {
  const operations = new Map<number, Operation>();
  for (const step of steps) {
    const { op, by, at } = step;
    const known = operations.get(op);
    if (step.type === 'invoke') {
      const { deed } = step;
      operations.set(op, { op, by, deed, askedAt: at, endedAt: Infinity, end: 'unknown', seq: null });
    } else if (known !== undefined && step.type !== 'info') {
      const seq = step.type === 'ok' ? step.seq : null;
      operations.set(op, { ...known, endedAt: at, end: step.type, seq });
    }
  }
  return [...operations.values()];
}
