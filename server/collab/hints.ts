import type { Advance } from './document.ts';

/** What processes whisper to each other about one text. Any of it may be lost, doubled or late. */
export type Hint =
  | (Omit<Advance, 'merged'> & { readonly kind: 'advance'; readonly merged: Uint8Array | null })
  | { readonly kind: 'presence'; readonly told: string };

/** Updates above this are not carried: whoever hears of them reads the log. */
const CARRIED_BYTES = 64 * 1024;

/** As one line: `u <from> <to> <base64>` or `p <json>`. */
export function writeHint(hint: Hint): string {
  if (hint.kind === 'presence') return `p ${hint.told}`;
  const isCarried = hint.merged !== null && hint.merged.byteLength <= CARRIED_BYTES;
  const bytes = isCarried && hint.merged !== null ? Buffer.from(hint.merged).toString('base64') : '-';
  return `u ${hint.from} ${hint.to} ${bytes}`;
}

/** Null: not one of ours. */
export function readHint(line: string): Hint | null {
  if (line.startsWith('p ')) return { kind: 'presence', told: line.slice(2) };
  const [kind, from, to, bytes] = line.split(' ');
  const [first, last] = [Number(from), Number(to)];
  if (kind !== 'u' || !Number.isSafeInteger(first) || !Number.isSafeInteger(last) || bytes === undefined)
    return null;
  return {
    kind: 'advance',
    from: first,
    to: last,
    merged: bytes === '-' ? null : Buffer.from(bytes, 'base64'),
  };
}
