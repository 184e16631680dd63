import { z } from 'zod';
import type { ParticipantId } from './ids.ts';
import { ViewId } from './ids.ts';
import { LIMITS } from './limits.ts';

/** Views that say the same: others are read under the one that leads. */
export const Merging = z.strictObject({
  lead: ViewId,
  others: z
    .array(ViewId)
    .min(1)
    .max(LIMITS.viewsPerMerge - 1),
});
export type Merging = z.infer<typeof Merging>;

/** One step of the lineage of merged views: others came under the lead, or stand for themselves again. */
export type MergeStep = Readonly<Merging> & {
  readonly what: 'merged' | 'split';
  readonly by: ParticipantId;
  readonly at: string;
};
