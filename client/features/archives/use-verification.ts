import { useEffect, useRef, useState } from 'react';
import type { Archive } from '../../../core/contract/archives.ts';
import { hasBox } from '../../../core/domain/polls/poll.ts';
import { asApiError, type ApiError } from '../../lib/errors.ts';
import { judge } from './judge.ts';
import { loadBoxes, loadLog } from './loading.ts';
import type { Evidence, Verdict } from './verify.ts';

export type Verification =
  | { readonly step: 'idle' }
  | { readonly step: 'loading'; readonly rows: number; readonly total: number }
  | { readonly step: 'hashing'; readonly total: number }
  | { readonly step: 'done'; readonly verdict: Verdict; readonly evidence: Evidence }
  | { readonly step: 'failed'; readonly error: ApiError };

/** Downloads the log and judges it here; start may be called again after a failure. */
export function useVerification(archive: Archive): { verification: Verification; start: () => void } {
  const [verification, setVerification] = useState<Verification>({ step: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const run = async (signal: AbortSignal): Promise<void> => {
    const total = archive.seq;
    setVerification({ step: 'loading', rows: 0, total });
    try {
      const rows = await loadLog({
        sessionId: archive.sessionId,
        signal,
        onProgress: (count) => setVerification({ step: 'loading', rows: count, total }),
      });
      const boxes = archive.room.polls.some(hasBox) ? await loadBoxes(archive.sessionId, signal) : {};
      setVerification({ step: 'hashing', total });
      const evidence = { archive: { ...archive, boxes }, rows };
      const verdict = await judge(evidence, signal);
      setVerification({ step: 'done', verdict, evidence });
    } catch (thrown) {
      if (!signal.aborted) setVerification({ step: 'failed', error: asApiError(thrown) });
    }
  };
  const start = (): void => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    // run hears its own failures and shows them.
    void run(controller.signal);
  };
  return { verification, start };
}
