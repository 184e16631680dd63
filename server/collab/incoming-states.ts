import { CLOSE } from '../../core/contract/errors.ts';
import type { Bucket } from './buckets.ts';
import type { LiveText } from './document.ts';
import type { Line } from './line.ts';
import type { Allowance } from './writers.ts';

type Deps = {
  readonly line: Line;
  readonly text: Pick<LiveText, 'answer'>;
  readonly allowance: Allowance;
  readonly states: Bucket;
  /** The first answer was given. */
  readonly onAnswered: () => void;
};

/** Takes what one client says that it has, and answers with what it lacks: who asks for much waits for the next. */
export function takeStates({ line, text, allowance, states, onAnswered }: Deps) {
  let newest: Uint8Array | null = null;
  let timer: NodeJS.Timeout | null = null;

  function answer(): void {
    timer = null;
    if (newest === null || !line.isOpen()) return;
    const waitMs = allowance.answered.waitMs();
    if (waitMs > 0) {
      timer = setTimeout(answer, waitMs);
      return;
    }
    const vector = newest;
    newest = null;
    try {
      const framed = text.answer(vector);
      allowance.answered.spend(framed.byteLength);
      line.write(framed);
    } catch {
      return line.abuse('state vector');
    }
    onAnswered();
  }

  return {
    take: (vector: Uint8Array): void => {
      if (!states.take(1)) return line.close(CLOSE.tooOften, 'TOO_OFTEN');
      newest = vector;
      if (timer === null) answer();
    },
    end: (): void => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
