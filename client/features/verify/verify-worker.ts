import '../../lib/old-browsers.ts';
import { judgeHere, type Brought } from './judge.ts';

// A record of some hundred megabytes is hashed here, so that the page stays alive under the reader's hand.
self.addEventListener('message', ({ data }: MessageEvent<Brought>) => {
  // judgeHere never rejects.
  void judgeHere(data).then((judged) => self.postMessage(judged, { transfer: [] }));
});
