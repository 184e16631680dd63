import '../../lib/old-browsers.ts';
import { verifyArchive, type Evidence } from './verify.ts';

// A long log is hashed here, so that the page stays alive under the reader's hand.
self.addEventListener('message', ({ data }: MessageEvent<Evidence>) => {
  self.postMessage(verifyArchive(data), { transfer: [] });
});
