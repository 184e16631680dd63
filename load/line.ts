import { canonical } from '../core/domain/canonical.ts';
import type { Envelope } from '../core/domain/events.ts';

/** An event as far as a thousand readers need it: its place, and a print of everything that it says. */
export type Mark = { readonly seq: number; readonly print: number };

/** What one reader heard, in a few numbers: behind which event they began, how far they are, a print of the way. */
export type Line = { readonly from: number; readonly seq: number; readonly print: number };

export function markOf(envelope: Envelope): Mark {
  return { seq: envelope.seq, print: hashOf(canonical(envelope)) };
}

/** A line that begins behind an event. */
export function lineFrom(seq: number): Line {
  return { from: seq, seq, print: 0 };
}

/** The line with further events; null when one is missing in between. What was heard before is passed over. */
export function extend(line: Line, marks: readonly Mark[]): Line | null {
  let { seq, print } = line;
  for (const mark of marks) {
    if (mark.seq <= seq) continue;
    if (mark.seq !== seq + 1) return null;
    seq = mark.seq;
    print = mixed(print ^ mark.print);
  }
  return { from: line.from, seq, print };
}

/** Every bit that goes in moves half of those that come out (the end of MurmurHash3). */
function mixed(bits: number): number {
  let hash = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** FNV-1a over UTF-16: two events that differ hardly ever share a print, and never by design. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
  }
  return hash >>> 0;
}
