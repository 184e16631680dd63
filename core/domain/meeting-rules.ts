import { z } from 'zod';
import { FloorRules } from './floor.ts';
import { LIMITS } from './limits.ts';
import { ModerationRules } from './moderation.ts';

/**
 * What a kind of meeting sets of its room beside the agenda, part of the plan that is approved [K4]. What is absent is
 * left as it is; whoever runs the session changes each of them later as ever, how people are shown to the stricter only [U2].
 */
export const MeetingRules = z.strictObject({
  floor: FloorRules.optional(),
  moderation: ModerationRules.optional(),
  /** Guests who scan a code wait until they are let in [H1]. */
  hasLobby: z.literal(true).optional(),
  /** People are shown by a form of address; absent: by the names of their accounts [U1]. */
  names: z.literal('address').optional(),
  /** Minutes from the begin of collecting in which each reader reads in an order of their own [V11]. */
  shuffleMinutes: z.int().min(1).max(LIMITS.shuffleMinutes).optional(),
});
export type MeetingRules = z.infer<typeof MeetingRules>;
