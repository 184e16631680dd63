import { verifyArchive, type Evidence, type Verdict } from './verify.ts';

/** Logs longer than this are hashed in a worker; shorter ones take a blink. */
const WORKER_ROWS = 2_000;

/** Verifies without freezing the page. Where a browser has no module workers, it is done here after all. */
export async function judge(evidence: Evidence, signal: AbortSignal): Promise<Verdict> {
  if (evidence.rows.length <= WORKER_ROWS) {
    await painted();
    return verifyArchive(evidence);
  }
  try {
    return await judgeInWorker(evidence, signal);
  } catch (cause) {
    if (signal.aborted) throw cause;
    await painted();
    return verifyArchive(evidence);
  }
}

function judgeInWorker(evidence: Evidence, signal: AbortSignal): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { type: 'module' });
    const end = (act: () => void): void => {
      worker.terminate();
      signal.removeEventListener('abort', stop);
      act();
    };
    const stop = (): void => end(() => reject(new Error('verification was left')));
    signal.addEventListener('abort', stop);
    worker.addEventListener('message', ({ data }: MessageEvent<Verdict>) => end(() => resolve(data)));
    worker.addEventListener('error', (event) => end(() => reject(new Error(event.message))));
    worker.postMessage(evidence, { transfer: [] });
  });
}

/** Lets the browser draw what was last said before it is kept busy. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 30);
  });
}
