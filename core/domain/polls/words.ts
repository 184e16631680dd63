import type { Ask } from './ask.ts';
import type { Paper } from './paper.ts';

type Change = (text: string) => string;

/** A question with every word of its options passed through change: where a list of words is looked for [X10]. */
export function asked(ask: Ask, change: Change): Ask {
  const changed = <T extends { readonly text: string }>(options: readonly T[]) =>
    options.map((option) => ({ ...option, text: change(option.text) }));
  if (ask.kind === 'conditional')
    return ask.condition === '' ? ask : { ...ask, condition: change(ask.condition) };
  if (ask.kind === 'election') return { ...ask, options: changed(ask.options), others: changed(ask.others) };
  return 'options' in ask ? { ...ask, options: changed(ask.options) } : ask;
}

/** A paper with what its voter wrote on it passed through change. */
export function written(paper: Paper, change: Change): Paper {
  switch (paper.shape) {
    case 'words':
      return { ...paper, words: change(paper.words) };
    case 'mark':
      return paper.reason === undefined ? paper : { ...paper, reason: change(paper.reason) };
    case 'marks': {
      const { reasons } = paper;
      if (reasons === undefined) return paper;
      const changed = Object.entries(reasons).map(([id, reason]) => [id, change(reason)]);
      return { ...paper, reasons: Object.fromEntries(changed) };
    }
    default:
      return paper;
  }
}
