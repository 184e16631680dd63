import { z } from 'zod';
import { AmendmentDraft, TextAnchor } from './amendments.ts';
import { Assent } from './assents.ts';
import { AmendmentId, RemarkId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { RemarkDraft } from './remarks.ts';
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
  z.strictObject({
    type: z.literal('remark:made'),
    remark: RemarkDraft.extend({ anchor: Anchor, words: erasable(RemarkDraft.shape.words) }),
  }),
  z.strictObject({
    type: z.literal('remark:answered'),
    remarkId: RemarkId,
    words: erasable(RemarkDraft.shape.words),
  }),
  z.strictObject({ type: z.literal('remark:resolved'), remarkId: RemarkId }),
  z.strictObject({ type: z.literal('remark:reopened'), remarkId: RemarkId }),
  z.strictObject({ type: z.literal('assent:given'), assent: Assent }),
  z.strictObject({ type: z.literal('assent:withdrawn'), sha256: Assent.shape.sha256 }),
] as const;
