import { sentencesIn } from '../../../core/domain/sentences.ts';

/** What differs between old words and new ones: letters from…to of the old give way to others. */
export type Change = { readonly from: number; readonly to: number; readonly words: string };

const isHigh = (words: string, at: number): boolean => /[\ud800-\udbff]/.test(words.charAt(at));

/** The smallest change that makes the one of the other; no sign of two units is cut. */
export function changeOf(old: string, fresh: string): Change {
  const most = Math.min(old.length, fresh.length);
  let ahead = 0;
  while (ahead < most && old.charAt(ahead) === fresh.charAt(ahead)) ahead += 1;
  if (ahead > 0 && (isHigh(old, ahead - 1) || isHigh(fresh, ahead - 1))) ahead -= 1;
  let behind = 0;
  while (
    behind < most - ahead &&
    old.charAt(old.length - 1 - behind) === fresh.charAt(fresh.length - 1 - behind)
  )
    behind += 1;
  const cuts = (words: string) => isHigh(words, words.length - behind - 1);
  if (behind > 0 && (cuts(old) || cuts(fresh))) behind -= 1;
  return { from: ahead, to: old.length - behind, words: fresh.slice(ahead, fresh.length - behind) };
}

/** Words, and what should stand in their place. */
export type Narrowed = { readonly from: number; readonly to: number; readonly words: string };

/**
 * A change of a whole paragraph as one of the sentences that it touches, so that others write on in the rest of it
 * meanwhile. Null where nothing changes.
 */
export function narrowed(old: string, fresh: string): Narrowed | null {
  const { from, to } = changeOf(old, fresh);
  if (old === fresh) return null;
  const touched = sentencesIn(old).filter((one) => one.from < Math.max(to, from + 1) && one.to > from);
  const wide = {
    from: Math.min(from, ...touched.map((one) => one.from)),
    to: Math.max(to, ...touched.map((one) => one.to)),
  };
  // Behind the last sentence: it is what the new words follow.
  const last = touched.length === 0 ? sentencesIn(old).slice(-1)[0] : undefined;
  const start = last?.from ?? wide.from;
  const behind = old.length - wide.to;
  const words = fresh.slice(start, fresh.length - behind);
  const quote = old.slice(start, wide.to);
  const lead = Math.min(blanksAhead(quote), blanksAhead(words));
  const tail = Math.min(blanksBehind(quote.slice(lead)), blanksBehind(words.slice(lead)));
  return { from: start + lead, to: wide.to - tail, words: words.slice(lead, words.length - tail).trim() };
}

function blanksAhead(words: string): number {
  return words.length - words.trimStart().length;
}

function blanksBehind(words: string): number {
  return words.length - words.trimEnd().length;
}
