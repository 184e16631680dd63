import type { Socket } from 'node:net';

/** A wire that lets so many bytes a second through, each of them so late. */
export type Slowness = { readonly bytesPerSecond: number; readonly lateMs: () => number };

type Piece = { readonly bytes: Buffer; readonly dueAt: number };

const TICK_MS = 20;
/** So much lies in the wire; then whoever sends has to wait, as behind a modem. */
const MOST_HELD = 64 * 1024;

/** Carries bytes from one socket to the other, in order, as slowly as it is told; at once while it is not. */
export function slowWire(from: Socket, to: Socket, slowness: () => Slowness | null) {
  let pieces: Piece[] = [];
  let held = 0;
  let credit = 0;
  let timer: NodeJS.Timeout | undefined;

  const pass = (piece: Piece, count: number) => {
    to.write(piece.bytes.subarray(0, count));
    held -= count;
    const rest = piece.bytes.subarray(count);
    pieces = rest.length === 0 ? pieces.slice(1) : [{ ...piece, bytes: rest }, ...pieces.slice(1)];
  };
  const tick = () => {
    const slow = slowness();
    credit = slow === null ? Infinity : credit + (slow.bytesPerSecond * TICK_MS) / 1_000;
    for (let [first] = pieces; first !== undefined; [first] = pieces) {
      const count = Math.floor(Math.min(credit, first.bytes.length));
      if (count === 0 || (slow !== null && first.dueAt > performance.now())) break;
      pass(first, count);
      credit -= count;
    }
    // An idle wire saves nothing up.
    if (slow !== null) credit = Math.min(credit, slow.bytesPerSecond / 10);
    if (held < MOST_HELD) from.resume();
    if (pieces.length > 0) return;
    stop();
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    credit = 0;
  };
  to.on('close', stop);
  return (bytes: Buffer): void => {
    const slow = slowness();
    if (slow === null && pieces.length === 0) {
      to.write(bytes);
      return;
    }
    pieces.push({ bytes, dueAt: performance.now() + (slow?.lateMs() ?? 0) });
    held += bytes.length;
    if (held >= MOST_HELD) from.pause();
    timer ??= setInterval(tick, TICK_MS);
  };
}
