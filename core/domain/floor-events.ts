import { z } from 'zod';
import { LocalId, ParticipantId } from './ids.ts';
import { FloorOverride, FloorRules, RequestKind, TurnNumber } from './floor.ts';
import { LIMITS } from './limits.ts';
import { Stance } from './views.ts';

/** Whose turn it is to speak; part of everything that can happen [F1]. */
export const FLOOR_EVENTS = [
  z.strictObject({ type: z.literal('floor:ruled'), rules: FloorRules }),
  z.strictObject({
    type: z.literal('floor:requested'),
    /** Absent: a speech. */
    kind: RequestKind.optional(),
    stance: Stance.optional(),
    /** Asked for on behalf of the venue of whoever asks [F10]; absent: for oneself. */
    venueId: LocalId.optional(),
  }),
  z.strictObject({
    type: z.literal('floor:withdrawn'),
    /** Who had asked. */
    participantId: ParticipantId,
    venueId: LocalId.optional(),
  }),
  z.strictObject({
    type: z.literal('floor:given'),
    participantId: ParticipantId,
    kind: RequestKind.optional(),
    /** Length of the turn, and how long the clock waits beyond it, in seconds; absent before there were limits. */
    seconds: FloorRules.shape.seconds.shape.speech.optional(),
    graceSeconds: FloorRules.shape.graceSeconds.optional(),
    overrides: z.array(FloorOverride).min(1).optional(),
  }),
  z.strictObject({
    type: z.literal('floor:givenToVenue'),
    venueId: LocalId,
    seconds: FloorRules.shape.seconds.shape.speech,
    graceSeconds: FloorRules.shape.graceSeconds,
    overrides: z.array(FloorOverride).min(1).optional(),
  }),
  /** Who speaks, or spoke, for a venue in one of its turns [F11]; null: that it was nobody of these. */
  z.strictObject({
    type: z.literal('floor:speakerNamed'),
    turn: TurnNumber,
    participantId: ParticipantId.nullable(),
  }),
  // Of whoever speaks: a person, or null where a venue does.
  z.strictObject({ type: z.literal('floor:paused'), participantId: ParticipantId.nullable() }),
  z.strictObject({ type: z.literal('floor:resumed'), participantId: ParticipantId.nullable() }),
  z.strictObject({
    type: z.literal('floor:extended'),
    participantId: ParticipantId.nullable(),
    seconds: z.int().min(LIMITS.extensionSeconds.least).max(LIMITS.extensionSeconds.most),
  }),
  z.strictObject({ type: z.literal('floor:ended'), participantId: ParticipantId.nullable() }),
] as const;
