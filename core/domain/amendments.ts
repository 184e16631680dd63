import { z } from 'zod';
import { AmendmentId, type ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { words } from './text.ts';

/**
 * A place between two letters of the shared text, as Yjs encodes a relative position, in base64url: it stays between
 * them whatever is written elsewhere. Nobody but an editor reads it; one that leads nowhere is found by its words.
 */
const TextPlace = z.string().regex(/^[A-Za-z0-9_-]{1,120}$/);

/** Which words of the shared text are meant: where they stand, and what they were when somebody marked them. */
export const TextAnchor = z.strictObject({
  from: TextPlace,
  to: TextPlace,
  quote: words(LIMITS.quoteLength),
});
export type TextAnchor = z.infer<typeof TextAnchor>;

/** 修改建议: what should stand in the text in the place of words that are quoted [O10]. */
export const AmendmentDraft = z.strictObject({
  id: AmendmentId,
  anchor: TextAnchor,
  /** What should stand there; null: nothing. */
  words: words(LIMITS.quoteLength).nullable(),
  why: words(LIMITS.reasonLength).optional(),
});
export type AmendmentDraft = z.infer<typeof AmendmentDraft>;

/** What has become of an amendment: nobody has decided, its author took it back, it was accepted or declined. */
export type AmendmentState =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'withdrawn'; readonly at: string }
  /** byHand: whoever accepted it wrote the text otherwise than it says. */
  | { readonly phase: 'accepted'; readonly by: ParticipantId; readonly at: string; readonly byHand?: true }
  | { readonly phase: 'declined'; readonly by: ParticipantId; readonly at: string; readonly why: string };

/** An amendment in the room; its words, quoted ones too, are '' where they were erased. */
export type Amendment = Omit<AmendmentDraft, 'why'> & {
  /** '' where nobody said. */
  readonly why: string;
  readonly by: ParticipantId;
  readonly at: string;
  readonly state: AmendmentState;
};
