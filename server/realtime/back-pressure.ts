import { bytesWaiting, takenMark, type Line } from './waiting.ts';

const MOST_WAITING = 1024 * 1024;
const MOST_UNTAKEN_MS = 10_000;
const CHECK_MS = 1_000;

/** Why a line was ended: more waits for it than may, or it takes nothing at all. */
export type Ended = { readonly why: 'too much' | 'nothing taken'; readonly bufferedBytes: number };

/**
 * Ends lines that do not read: Socket.io would buffer for them without a limit, and whoever answers its pings unread
 * could make it so. Who reads slowly is let be. Whoever is ended comes back and catches up by seq, so nothing is lost but
 * time.
 */
export function createBackPressure(lines: () => Iterable<Line>, onEnd: (ended: Ended) => void) {
  const taken = new WeakMap<Line, { readonly mark: string; readonly since: number }>();
  const check = () => {
    const now = performance.now();
    for (const line of lines()) {
      const bufferedBytes = bytesWaiting(line);
      if (bufferedBytes === 0) {
        taken.delete(line);
        continue;
      }
      const mark = takenMark(line);
      const last = taken.get(line);
      if (last?.mark !== mark) taken.set(line, { mark, since: now });
      const isStuck = last?.mark === mark && now - last.since >= MOST_UNTAKEN_MS;
      if (bufferedBytes <= MOST_WAITING && !isStuck) continue;
      onEnd({ why: isStuck ? 'nothing taken' : 'too much', bufferedBytes });
      // Without a goodbye: one who does not read would not read that either.
      line.request.socket.destroy();
    }
  };
  const timer = setInterval(check, CHECK_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
