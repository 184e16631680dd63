import type { JudgeReply, JudgeRequest } from './judge-worker.ts';
import { createJudgement, type Judgement } from './judgement.ts';

export type Judging = Judgement & {
  /** Gives up what is going on: it never answers. */
  readonly cancel: () => void;
  readonly end: () => void;
};

/**
 * Judges in a worker, which is fetched at once: the page may be without a line by the time somebody brings a file. Where a browser
 * has none, or it does not start, it is done on the page after all.
 */
export function createJudging(): Judging {
  const onPage = createJudgement();
  let worker = started();
  let asked = 0;
  /** Whoever waits for an answer of the worker, by number. */
  const waiting = new Map<
    number,
    { readonly hear: (reply: JudgeReply) => void; readonly fail: () => void }
  >();

  function started(): Worker | null {
    if (typeof Worker === 'undefined') return null;
    try {
      const one = new Worker(new URL('./judge-worker.ts', import.meta.url), { type: 'module' });
      one.addEventListener('message', ({ data }: MessageEvent<JudgeReply>) =>
        waiting.get(data.n)?.hear(data),
      );
      one.addEventListener('error', () => {
        if (worker === one) worker = null;
        for (const { fail } of waiting.values()) fail();
      });
      return one;
    } catch {
      return null;
    }
  }

  /** What the worker answers at last; null where it fell over. */
  const ask = (
    to: Worker,
    request: Omit<JudgeRequest, 'n'>,
    tell: Parameters<Judgement['file']>[1],
  ): Promise<JudgeReply | null> =>
    new Promise((resolve) => {
      const n = (asked += 1);
      const end = (answer: JudgeReply | null) => {
        waiting.delete(n);
        resolve(answer);
      };
      waiting.set(n, {
        hear: (reply) => ('progress' in reply ? tell(reply.progress) : end(reply)),
        fail: () => end(null),
      });
      to.postMessage({ n, ...request } satisfies JudgeRequest, { transfer: [] });
    });

  return {
    file: async (brought, tell) => {
      const answer = worker === null ? null : await ask(worker, { what: 'file', brought }, tell);
      return answer !== null && 'judged' in answer ? answer.judged : await onPage.file(brought, tell);
    },
    receipt: async (brought) => {
      const asking = { what: 'receipt', brought } as const;
      const answer = worker === null ? null : await ask(worker, asking, () => undefined);
      return answer !== null && 'held' in answer ? answer.held : await onPage.receipt(brought);
    },
    cancel: () => {
      if (worker === null) return;
      worker.terminate();
      waiting.clear();
      worker = started();
    },
    end: () => worker?.terminate(),
  };
}
