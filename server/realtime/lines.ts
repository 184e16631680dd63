import type { Server } from 'socket.io';
import type { Line } from './waiting.ts';

/** How long whoever is let go has to read why. */
const LEAVING_MS = 1_000;

/**
 * Every line that was let in, from its handshake until its connection is closed: whether or not it ever says that it
 * wants to hear, and after it says that it does not.
 */
export function createLines(engine: Server['engine']) {
  const lines = new Set<Line>();
  const endSoon = ({ request }: Line) => {
    // A goodbye waits for its answer for half a minute, and whoever does not read gives none.
    setTimeout(() => request.socket.destroy(), LEAVING_MS).unref();
  };
  engine.on('connection', (line: Line) => {
    lines.add(line);
    line.request.socket.once('close', () => lines.delete(line));
    line.once('close', () => endSoon(line));
  });
  return {
    all: (): Iterable<Line> => lines,
    count: (): number => lines.size,
    /** Closes a line, behind what it was told already. */
    letGo: (line: Line): void => {
      line.close();
      endSoon(line);
    },
  };
}
