import type { ReactNode } from 'react';
import { placesOf } from '../../../core/domain/room/search.ts';

interface MarkedProps {
  readonly text: string;
  /** What was searched for; null: nothing. */
  readonly query: string | null;
}

/** A text in which what was searched for is marked. */
export function Marked({ text, query }: MarkedProps) {
  const places = query === null ? [] : placesOf(text, query);
  if (places.length === 0) return text;
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of places) {
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  return [...parts, text.slice(at)];
}
