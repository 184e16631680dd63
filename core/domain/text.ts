import { z } from 'zod';
import { hasSubstance, withoutInvisible } from './invisible.ts';

// NUL and lone surrogates cannot be stored by PostgreSQL; other control characters and
// bidirectional overrides only serve to deceive a reader.
const FORBIDDEN =
  // oxlint-disable-next-line no-control-regex -- reason: control characters are what this rule refuses
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;
const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;
const SURROGATE = /[\ud800-\udfff]/;
// For private use, or not assigned.
const MEANINGLESS = /[\p{Co}\p{Cn}]/u;
const BLANKS = /[\t\p{Zs}]+/gu;
const LINE_BREAK = /[\n\r\u2028\u2029]/;
// More than this many combining marks on one letter is a defacement, not a language.
const ZALGO = /\p{M}{9,}/u;

/** People's words over several lines: trimmed, 1…max UTF-16 units, something to see, no control characters. */
export function words(max: number) {
  return judged(z.string().trim(), max);
}

/**
 * A name or title: like words, on one line, without invisible characters that carry nothing, and with one space for
 * any blank between its words.
 */
export function line(max: number) {
  // What deceives is refused, not tidied away: whoever sends it is told.
  const tidied = z
    .string()
    .overwrite((value) => (isHarmless(value) ? withoutInvisible(value).replace(BLANKS, ' ') : value).trim());
  return judged(tidied, max).refine((value) => !LINE_BREAK.test(value), { error: 'line' });
}

/**
 * A line as somebody newly gives it: nor may it hold characters without a meaning of their own, which every device draws
 * in its own way. Asked at the doors and never of what is stored: each device knows another edition of Unicode.
 */
export function newLine(max: number) {
  return line(max).refine((value) => !MEANINGLESS.test(value), { error: 'characters' });
}

/** What somebody wrote, or '' where it was erased or the reader may not see it. */
export const erasable = <T extends z.ZodType>(schema: T) => z.union([schema, z.literal('')]);

/** Like line, but may be left empty. */
export function optionalLine(max: number) {
  return z.union([z.literal(''), line(max)]);
}

/** What somebody writes for nobody but themselves: as it is, blank too, as long as it can be stored. */
export function looseWords(max: number) {
  return z.string().max(max).refine(isHarmless, { error: 'characters' });
}

function judged(text: z.ZodString, max: number) {
  return text
    .min(1)
    .max(max)
    .refine(isHarmless, { error: 'characters' })
    .refine(hasSubstance, { error: 'invisible' });
}

// No look-behind: browsers of old phones cannot parse it.
function isHarmless(value: string): boolean {
  const unpaired = SURROGATE.test(value.replace(SURROGATE_PAIR, ''));
  return !FORBIDDEN.test(value) && !unpaired && !ZALGO.test(value);
}
