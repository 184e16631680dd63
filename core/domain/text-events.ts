import { z } from 'zod';
import { AmendmentDraft, TextAnchor } from './amendments.ts';
import { AmendmentId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { erasable, words } from './text.ts';

const Anchor = TextAnchor.extend({ quote: erasable(TextAnchor.shape.quote) });

/** What people say of the shared text beside it; part of everything that can happen [O10]. */
export const TEXT_EVENTS = [
  z.strictObject({
    type: z.literal('amendment:made'),
    amendment: AmendmentDraft.extend({
      anchor: Anchor,
      words: erasable(words(LIMITS.quoteLength)).nullable(),
      why: erasable(words(LIMITS.reasonLength)),
    }),
  }),
  z.strictObject({ type: z.literal('amendment:withdrawn'), amendmentId: AmendmentId }),
  z.strictObject({
    type: z.literal('amendment:accepted'),
    amendmentId: AmendmentId,
    /** Whoever accepted it wrote the text otherwise than it says. */
    byHand: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('amendment:declined'),
    amendmentId: AmendmentId,
    why: erasable(words(LIMITS.reasonLength)),
  }),
] as const;
