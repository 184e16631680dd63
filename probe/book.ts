import type { ThreatNumber } from './options.ts';

/** One try: what was sent, what should come, what came. */
export type Line = {
  readonly number: ThreatNumber;
  readonly sent: string;
  readonly wanted: string;
  readonly came: string;
  readonly passed: boolean;
};

/** Where the tries are written down. */
export type Book = {
  readonly lines: readonly Line[];
  /** Passes when what came is exactly what was wanted. */
  readonly same: (number: ThreatNumber, sent: string, wanted: string, came: string) => void;
  readonly judged: (number: ThreatNumber, sent: string, judged: Omit<Line, 'number' | 'sent'>) => void;
  /** A figure that is told and never judged. */
  readonly told: (number: ThreatNumber, what: string, came: string) => void;
};

/** Opens a book; said hears every line as it is written. */
export function openBook(said: (line: Line) => void): Book {
  const lines: Line[] = [];
  const write = (line: Line) => {
    lines.push(line);
    said(line);
  };
  return {
    lines,
    same: (number, sent, wanted, came) => write({ number, sent, wanted, came, passed: came === wanted }),
    judged: (number, sent, judged) => write({ number, sent, ...judged }),
    told: (number, what, came) => write({ number, sent: what, wanted: '', came, passed: true }),
  };
}

const LONGEST = 160;

/** A line as a person reads it. */
export function printed({ number, sent, wanted, came, passed }: Line): string {
  const mark = wanted === '' ? '·' : passed ? '✓' : '✗';
  const missed = passed ? '' : `   instead of: ${short(wanted)}`;
  return `${mark} ${number}  ${short(sent)}  →  ${short(came)}${missed}`;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
