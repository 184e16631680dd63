import { z } from 'zod';
import { ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { Called, CheckInWay, Participant, Role } from './people.ts';
import { NameLook } from './names.ts';
import { erasable, words } from './text.ts';

/** '' where it was erased, or the reader may not see it. */
const Why = erasable(words(LIMITS.reasonLength));

/** Who is in a session, how they come, and what they are called; part of everything that can happen. */
export const PEOPLE_EVENTS = [
  z.strictObject({
    type: z.literal('participant:added'),
    participant: Participant.extend({ name: erasable(Participant.shape.name) }),
    /** Not in yet: they wait in the lobby until they are let in. */
    waits: z.literal(true).optional(),
  }),
  /** From now on people are shown by a form of address; the names that the log holds are given to nobody any more [U2]. */
  z.strictObject({
    type: z.literal('names:hidden'),
    participantIds: z.array(ParticipantId).max(LIMITS.participantsPerSession),
    /** What they are called, in the same order. */
    names: z.array(erasable(Participant.shape.name)).max(LIMITS.participantsPerSession),
  }),
  z.strictObject({
    type: z.literal('name:lookedAt'),
    /** Null for every reader but the folder of the whole log: whom it concerns asks for it [U3]. */
    look: NameLook.pick({ participantId: true, purpose: true, looker: true }).nullable(),
  }),
  z.strictObject({ type: z.literal('lobby:set'), isOn: z.boolean() }),
  z.strictObject({
    type: z.literal('lobby:admitted'),
    participantIds: z.array(ParticipantId).min(1).max(LIMITS.admittedAtOnce),
    /** What they are called, in the same order, for readers who were not told while they waited. Absent in old logs. */
    people: z.array(Called).max(LIMITS.admittedAtOnce).optional(),
  }),
  z.strictObject({ type: z.literal('lobby:turnedAway'), participantId: ParticipantId, why: Why }),
  z.strictObject({
    type: z.literal('participant:entered'),
    participantId: ParticipantId,
    /** Before the doors of the meeting open: that is not yet coming to it [M1] [M7]. */
    early: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('participant:changed'),
    participantId: ParticipantId,
    role: Role,
    venueId: Participant.shape.venueId,
    /** They belong there from now on, whatever check-in brought them: taking that back leaves them there [M8]. */
    placed: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('participant:removed'),
    participantId: ParticipantId,
    /** '' where the reader may not see it. */
    why: erasable(words(LIMITS.reasonLength)),
  }),
  z.strictObject({
    type: z.literal('participant:checkedIn'),
    participantId: ParticipantId,
    /** Where they are from now on. */
    venueId: Participant.shape.venueId,
    /** roll: somebody who looks after the people called them; code: they scanned the venue's. Entering is another event. */
    way: CheckInWay,
    /** Where they sat before, if elsewhere, and that they were on leave: what taking it back gives back [M8]. */
    from: Participant.shape.venueId.optional(),
    wasOnLeave: z.literal(true).optional(),
    /** They were checked in already, and from is since that: taking this back leaves them so. Absent in old logs [M8]. */
    again: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('participant:checkInUndone'),
    participantId: ParticipantId,
    /** How they had been checked in, and where they sit from now on; absent before that was kept. */
    way: CheckInWay.optional(),
    venueId: Participant.shape.venueId.optional(),
  }),
  z.strictObject({
    type: z.literal('leave:stated'),
    participantId: ParticipantId,
    /** Absent where none was given; '' where it was erased, or the reader may not see it. */
    why: Why.optional(),
  }),
  z.strictObject({ type: z.literal('leave:withdrawn'), participantId: ParticipantId }),
  /** They will come; leave that they had stated is over. */
  z.strictObject({ type: z.literal('invitation:accepted'), participantId: ParticipantId }),
  z.strictObject({
    type: z.literal('invitation:delegated'),
    participantId: ParticipantId,
    /** Who stands on the roll in their place, and as what. */
    deputyId: ParticipantId,
    role: Role,
  }),
  z.strictObject({ type: z.literal('host:named'), participantId: ParticipantId }),
] as const;
