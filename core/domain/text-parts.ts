import { z } from 'zod';

/** What a text says before people are asked to confirm it: 共识, 分歧 (may be 无), 任务 [N2]. */
export const TEXT_PARTS = ['consensus', 'differences', 'tasks'] as const;
export const TextPart = z.enum(TEXT_PARTS);
export type TextPart = z.infer<typeof TextPart>;

// The words of the outline that the editor offers, in its languages, and what offices write instead.
const SAID: Readonly<Record<TextPart, RegExp>> = {
  consensus: /共识|一致意见|consensus/i,
  differences: /分歧|保留意见|difference|reservation/i,
  tasks: /任务|办理事项|分工|task/i,
};

/** Whether words name this part, as its heading does. */
export function namesPart(part: TextPart, words: string): boolean {
  return SAID[part].test(words);
}
