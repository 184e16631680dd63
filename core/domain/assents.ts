import { z } from 'zod';
import { TextAnchor } from './amendments.ts';
import { SealedText } from './course-events.ts';
import type { ParticipantId } from './ids.ts';

/** 认可本段: that somebody agrees with a paragraph of the shared text, exactly as it reads [O16]. */
export const Assent = z.strictObject({
  /** SHA-256, hex, of its words without its evidence: of other words nothing is said. */
  sha256: SealedText.shape.sha256,
  /** Where it stands, so that whoever changes it is told who had agreed. */
  place: TextAnchor.omit({ quote: true }),
});
export type Assent = z.infer<typeof Assent>;

/** A paragraph that somebody agrees with, or has, and who does now. */
export type AssentedParagraph = Assent & { readonly by: readonly ParticipantId[] };
