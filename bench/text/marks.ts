/** What a keystroke types: brackets around its number, the same length for all, found without decoding Yjs. */
const MARK_LENGTH = 8;
const [OPEN, CLOSE, ZERO] = [0x5b, 0x5d, 0x30] as const;

export function markOf(n: number): string {
  return `[${String(n).padStart(MARK_LENGTH - 2, '0')}]`;
}

/** Finds the marks in the bytes of a message. */
export function eachMark(bytes: Uint8Array, found: (n: number) => void): void {
  let at = bytes.indexOf(OPEN);
  while (at >= 0 && at + MARK_LENGTH <= bytes.length) {
    const n = bytes[at + MARK_LENGTH - 1] === CLOSE ? numberAt(bytes, at + 1) : -1;
    if (n >= 0) found(n);
    at = bytes.indexOf(OPEN, n >= 0 ? at + MARK_LENGTH : at + 1);
  }
}

function numberAt(bytes: Uint8Array, from: number): number {
  let n = 0;
  for (let at = from; at < from + MARK_LENGTH - 2; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    n = n * 10 + digit;
  }
  return n;
}

/** All marks in a text, in its order. */
export function marksIn(text: string): readonly number[] {
  return [...text.matchAll(/\[(\d{6})\]/g)].map(([, digits]) => Number(digits));
}
