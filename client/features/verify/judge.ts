import { verifyZip, type BundleVerdict, type Expected } from '../../../core/domain/bundle/verifying.ts';
import { BUNDLE_BYTES } from '../../../core/domain/bundle/unzip.ts';
import { verifiesInBrowser } from './ed25519.ts';

/** A file that somebody brought, and what they know of it from elsewhere. */
export type Brought = { readonly file: Blob; readonly expected: Expected };

/** null: the device could not read the file. */
export type Judged = BundleVerdict | null;

/** Reads and verifies a file here, wherever that is. Never rejects. */
export async function judgeHere({ file, expected }: Brought): Promise<Judged> {
  if (file.size > BUNDLE_BYTES) {
    const problems = [{ code: 'ZIP_TOO_LARGE', path: '' }] as const;
    return { problems, manifest: null, fingerprint: null, signature: 'unchecked', withheld: 0 };
  }
  try {
    return await verifyZip(new Uint8Array(await file.arrayBuffer()), verifiesInBrowser, expected);
  } catch {
    return null;
  }
}

/** Verifies beside the page, so that it stays alive; where a browser has no module workers, on it. Never rejects. */
export async function judge(brought: Brought): Promise<Judged> {
  try {
    return await inWorker(brought);
  } catch {
    return judgeHere(brought);
  }
}

function inWorker(brought: Brought): Promise<Judged> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { type: 'module' });
    const end = (act: () => void): void => {
      worker.terminate();
      act();
    };
    worker.addEventListener('message', ({ data }: MessageEvent<Judged>) => end(() => resolve(data)));
    worker.addEventListener('error', (event) => end(() => reject(new Error(event.message))));
    worker.postMessage(brought, { transfer: [] });
  });
}
