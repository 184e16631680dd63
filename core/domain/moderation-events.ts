import { z } from 'zod';
import { AgendaItemId, ParticipantId, ViewId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { HeldView, ModerationRules, Report } from './moderation.ts';
import { Enclosed } from './pictures.ts';
import { ReasonCode } from './reason-codes.ts';
import { erasable, words } from './text.ts';
import { Masked, ReplyDraft, ViewDraft, ViewMasked } from './views.ts';

/** '' where it was erased, or the reader may not see it. */
const Why = erasable(words(LIMITS.reasonLength));
/** Which view it was; null for every reader but the folder of the whole log [X2] [X8]. */
const KeptId = ViewId.nullable();
const AccountMark = z.string().min(1).max(64);

/** What can happen to what people say before and after it is published; part of everything that can [X1]. */
export const MODERATION_EVENTS = [
  z.strictObject({
    type: z.literal('view:held'),
    /** Null but in older logs: it stands in what is held, so that nobody can tell which view this was [X8]. */
    viewId: ViewId.nullable(),
    /** Null for every reader but the folder of the whole log: whom it concerns asks for it [X2]. */
    held: HeldView.nullable(),
  }),
  /** Its author lets go of a view that was held or refused. */
  z.strictObject({
    type: z.literal('view:forgone'),
    viewId: KeptId,
    /** Where it stood: it is counted by that. */
    phase: z.enum(['waiting', 'refused', 'appealed', 'upheld']),
  }),
  z.strictObject({
    type: z.literal('view:passed'),
    /** Published from now on, whole: nobody else had it before. */
    view: ViewDraft.extend({ text: erasable(ViewDraft.shape.text) }),
    author: ParticipantId,
    itemId: AgendaItemId.nullable(),
    ...ViewMasked,
    /** Only in older logs: it told everybody whose view had been refused. appeals:told says how many there were. */
    onAppeal: z.literal(true).optional(),
  }),
  z.strictObject({
    type: z.literal('view:refused'),
    viewId: KeptId,
    reason: ReasonCode,
    why: Why,
    /** The mark of the account that refused; absent for every reader but the folder of the whole log [X4]. */
    account: AccountMark.optional(),
  }),
  z.strictObject({
    type: z.literal('view:appealed'),
    viewId: KeptId,
    kind: z.enum(['held', 'hidden']),
    why: Why,
  }),
  z.strictObject({
    type: z.literal('view:upheld'),
    viewId: KeptId,
    kind: z.enum(['held', 'hidden']),
    why: Why,
  }),
  z.strictObject({
    type: z.literal('view:hidden'),
    viewId: ViewId,
    /** Absent: by a moderator. */
    cause: z.literal('reports').optional(),
    reason: ReasonCode,
    why: Why,
    /** What is hidden, so that it can be restored; null as in view:held. */
    was: HeldView.nullable(),
    /** As in view:refused. */
    account: AccountMark.optional(),
  }),
  z.strictObject({
    type: z.literal('view:restored'),
    viewId: ViewId,
    /** The words that stand again. */
    text: erasable(ViewDraft.shape.text),
    /** What goes with them again; absent where nothing did. */
    enclosed: Enclosed.optional(),
    /** As in view:passed. */
    onAppeal: z.literal(true).optional(),
  }),
  /** The record is made, or the text laid before people, although views wait for somebody to decide on them [X9]. */
  z.strictObject({
    type: z.literal('cases:waived'),
    why: erasable(words(LIMITS.reasonLength)),
    count: z.int().min(1),
    /** Not the first in this session: those before are kept. Absent in older logs, where the last took their place. */
    again: z.literal(true).optional(),
  }),
  /** With the session that is cancelled or broken off: what waits for somebody waits no more, and its author is told [X11]. */
  z.strictObject({ type: z.literal('cases:ended'), count: z.int().min(1) }),
  /** How many appeals were granted that nobody was told of before: said when the record is made, of all at once. */
  z.strictObject({ type: z.literal('appeals:told'), overturned: z.int().min(1) }),
  z.strictObject({
    type: z.literal('view:reported'),
    /** Null as in view:held. */
    report: Report.nullable(),
  }),
  /** Somebody looked at what was reported, and it stays; whoever reported it is told why [X12]. */
  z.strictObject({
    type: z.literal('reports:dismissed'),
    viewId: KeptId,
    why: Why,
    /** As of which seq they looked: later reports are not answered. Absent in older logs, which answered all. */
    seen: z.int().min(0).optional(),
  }),
  z.strictObject({ type: z.literal('moderation:ruled'), rules: ModerationRules }),
  z.strictObject({ type: z.literal('silence:ordered') }),
  z.strictObject({ type: z.literal('silence:lifted') }),
  z.strictObject({ type: z.literal('speaker:muted'), participantId: ParticipantId, why: Why }),
  z.strictObject({ type: z.literal('speaker:unmuted'), participantId: ParticipantId }),
  z.strictObject({
    type: z.literal('reply:passed'),
    /** Published from now on, as in view:passed. */
    reply: ReplyDraft.extend({ text: erasable(ReplyDraft.shape.text) }),
    author: ParticipantId,
    itemId: AgendaItemId.nullable(),
    masked: Masked.optional(),
  }),
] as const;
