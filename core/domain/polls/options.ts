import { z } from 'zod';
import { LocalId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { line } from '../text.ts';

/** 以上都不: what a paper of a single choice names where the poll allows it; no option is called so. */
export const NONE = 'none';

/** What a paper can choose, score, rank or mark: an option, a candidate, a statement, an hour, a paragraph. */
export const Option = z.strictObject({
  id: LocalId.refine((id) => id !== NONE, { error: 'reserved' }),
  text: line(LIMITS.optionLength),
});
export type Option = z.infer<typeof Option>;

/** least options at least, each once, also by their words. */
export function optionsOf(least: number, most: number = LIMITS.optionsPerPoll) {
  return z
    .array(Option)
    .min(least)
    .max(most)
    .refine((options) => areDistinct(options.map(({ id }) => id)), { error: 'duplicate option' })
    .refine((options) => areDistinct(options.map(({ text }) => text)), { error: 'duplicate option' });
}

function areDistinct(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}
