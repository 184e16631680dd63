import { z } from 'zod';
import type { SealedText } from './course-events.ts';
import type { By } from './events.ts';
import type { ParticipantId } from './ids.ts';
import type { OutcomeNode } from './outcome.ts';
import { plainText } from './outcome.ts';
import { LIMITS } from './limits.ts';
import type { Role } from './people.ts';
import { words } from './text.ts';

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

/** The parts that a text does not name anywhere. */
export function missingParts(text: OutcomeNode): readonly TextPart[] {
  const words = plainText(text);
  return TEXT_PARTS.filter((part) => !SAID[part].test(words));
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
