import { z } from 'zod';
import { AgendaItemId, Instant, ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { Role } from './people.ts';
import { SessionPlan } from './sessions.ts';
import { erasable, words } from './text.ts';

/** Hash of the sealed text and where it came from. */
export const SealedText = z.strictObject({
  /** Seq of the last update of the document. */
  head: z.int().min(0),
  /** SHA-256, hex, of the canonical JSON of the text. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type SealedText = z.infer<typeof SealedText>;

/** '' where it was erased, or the reader may not see it. */
const Why = erasable(words(LIMITS.reasonLength));
const Signer = z.strictObject({ id: ParticipantId, role: Role });

/** How a session goes from its plan to its sealed record; part of everything that can happen [S1]. */
export const COURSE_EVENTS = [
  z.strictObject({
    type: z.literal('session:planned'),
    plan: SessionPlan,
    /** Absent: it is arranged already, and begins in scheduled. */
    begins: z.literal('draft').optional(),
  }),
  z.strictObject({ type: z.literal('session:revised'), plan: SessionPlan }),
  z.strictObject({ type: z.literal('session:submitted') }),
  z.strictObject({ type: z.literal('session:returned'), why: Why }),
  z.strictObject({
    type: z.literal('session:approved'),
    /** By whoever had planned it, because their organisation has no other administrator [S7]. */
    isOwn: z.literal(true).optional(),
    /** The date until which it would have views collected had gone by: none are [S15]. */
    missedCollecting: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('session:collecting'),
    until: Instant,
    /** Given where it goes on longer than was said [S14]. */
    why: Why.optional(),
  }),
  z.strictObject({ type: z.literal('session:collected') }),
  z.strictObject({ type: z.literal('session:cancelled'), why: Why }),
  z.strictObject({
    type: z.literal('session:opened'),
    /** Given where a rule asks for it, e.g. far from the time that was planned [S10]. */
    why: Why.optional(),
  }),
  z.strictObject({
    type: z.literal('session:paused'),
    /** The item whose time stands still until the session is resumed [A5]; absent in older logs, where it went on. */
    stopsItem: AgendaItemId.optional(),
  }),
  z.strictObject({ type: z.literal('session:resumed') }),
  z.strictObject({
    type: z.literal('session:adjourned'),
    until: Instant,
    /** As in a pause. */
    stopsItem: AgendaItemId.optional(),
  }),
  z.strictObject({ type: z.literal('session:aborted'), why: Why, text: SealedText }),
  z.strictObject({ type: z.literal('session:closed'), text: SealedText }),
  /** The meeting is over; its text is still written. */
  z.strictObject({ type: z.literal('session:ended') }),
  z.strictObject({
    type: z.literal('session:settled'),
    text: SealedText,
    /** Everybody who is asked to confirm it. */
    signers: z.array(Signer),
    /** Given where the text lacks what it should say [N2]. */
    why: Why.optional(),
  }),
  z.strictObject({ type: z.literal('session:reopened'), why: Why }),
  z.strictObject({
    type: z.literal('session:adopted'),
    text: SealedText,
    /** Given where somebody has not signed. */
    why: Why.optional(),
  }),
  z.strictObject({
    type: z.literal('outcome:signed'),
    /** The text that they confirm. */
    sha256: SealedText.shape.sha256,
    /** What they do not agree with; absent: nothing. */
    reservation: erasable(words(LIMITS.reservationLength)).optional(),
  }),
] as const;
