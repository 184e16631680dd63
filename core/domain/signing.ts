import { z } from 'zod';
import type { SealedText } from './course-events.ts';
import type { By } from './events.ts';
import type { ParticipantId } from './ids.ts';
import type { OutcomeNode } from './outcome.ts';
import { plainText } from './outcome.ts';
import { LIMITS } from './limits.ts';
import type { Role } from './people.ts';
import { words } from './text.ts';
import { namesPart, TEXT_PARTS, type TextPart } from './text-parts.ts';

/** The parts that a text does not name anywhere. */
export function missingParts(text: OutcomeNode): readonly TextPart[] {
  const words = plainText(text);
  return TEXT_PARTS.filter((part) => !namesPart(part, words));
}

/** What whoever confirms says: which text, and what they do not agree with. */
export const Signed = z.strictObject({
  /** The fingerprint of the text that they have read. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  reservation: words(LIMITS.reservationLength).optional(),
});
export type Signed = z.infer<typeof Signed>;

/** Somebody who is asked to confirm, with the role they had then. */
export type Signer = { readonly id: ParticipantId; readonly role: Role };

/** That somebody confirms the text. */
export type Signature = {
  readonly by: ParticipantId;
  readonly at: string;
  /** 保留意见: what they do not agree with, in their words; null: none; '': erased. */
  readonly reservation: string | null;
  /** How often they have changed it since they first signed; absent: never. */
  readonly changes?: number;
};

/** A text that was laid before people to be confirmed, and who has done so. */
export type Signing = {
  /** Exactly this text is confirmed: whoever signs names its fingerprint. */
  readonly text: SealedText;
  readonly by: By;
  readonly at: string;
  /** Why it was laid before them without one of TEXT_PARTS; null where it has them all. */
  readonly why: string | null;
  /** Everybody who is asked, as they were present. */
  readonly signers: readonly Signer[];
  /** The newest of each, in the order in which they first signed. */
  readonly signatures: readonly Signature[];
  /** Present once the text is adopted. why: over those who have not signed; null: there are none. */
  readonly adopted?: { readonly why: string | null; readonly by: By; readonly at: string };
};

/** That a text went back to be written on: what was signed until then is void. */
export type Reopening = {
  readonly why: string;
  readonly by: By;
  readonly at: string;
  /** How many had signed the text that is no more. */
  readonly signed: number;
};
