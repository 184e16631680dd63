import type { RecordHit } from '../../core/contract/record-search.ts';
import { placesOfAll } from '../../core/domain/room/search.ts';

/** Letters of a snippet, and how many of them stand before the first word that was asked for. */
const LENGTH = 140;
const BEFORE = 40;

/** The part of a text in which words were found, in stretches; the words are told apart by a flag, never by markup. */
export function snippetOf(text: string, words: readonly string[]): RecordHit['snippet'] {
  const places = merged(placesOfAll(text, words));
  const first = places[0]?.[0] ?? 0;
  const from = edgeAt(text, first <= BEFORE ? 0 : first - BEFORE);
  const to = edgeAt(text, Math.min(text.length, from + LENGTH));
  const stretches: { text: string; isMark: boolean }[] = [];
  const put = (start: number, end: number, isMark: boolean): void => {
    if (end > start) stretches.push({ text: text.slice(start, end), isMark });
  };
  let at = from;
  for (const [start, end] of places) {
    if (start >= to) break;
    put(at, start, false);
    put(start, Math.min(end, to), true);
    at = Math.min(end, to);
  }
  put(at, to, false);
  if (from > 0) stretches.unshift({ text: '…', isMark: false });
  if (to < text.length) stretches.push({ text: '…', isMark: false });
  return stretches;
}

/** In order, none within another, none touching. */
function merged(places: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const result: [number, number][] = [];
  for (const [start, end] of [...places].sort(([one], [other]) => one - other)) {
    const last = result[result.length - 1];
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

/** Never between the halves of a letter. */
function edgeAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}
