import { z } from 'zod';
import { AgendaItemId, Instant, ParticipantId, ViewId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { Role, ROLES } from './people.ts';
import { PutWithView } from './questions.ts';
import { ReasonCode } from './reason-codes.ts';
import { words } from './text.ts';
import { ReplyDraft, ViewDraft, ViewMasked } from './views.ts';

/** How the views of a session are moderated [X1]. */
export const ModerationRules = z.strictObject({
  /** Roles whose views are looked at before they are published: none 先发后审, some 按身份先审后发, all 全部先审. */
  hold: z.array(Role).max(ROLES.length),
  /** Whether departments' replies are looked at as well; of whoever moderates never. Absent: they are not. */
  holdReplies: z.literal(true).optional(),
  /** Reports by so many people hide a view until somebody has looked at it; null: never. */
  hideAt: z.int().min(LIMITS.reportsToHide.least).max(LIMITS.reportsToHide.most).nullable(),
});
export type ModerationRules = z.infer<typeof ModerationRules>;

/** What holds where nobody ruled: everything is published at once. */
export const DEFAULT_MODERATION: ModerationRules = { hold: [], hideAt: 3 };

/** A view, or a reply, that is kept from the room: its author, its words and what it was to be. */
export const HeldView = ViewDraft.extend({
  text: words(LIMITS.replyLength),
  /** What it answers, where it is a department's reply: its id, as a view's, is then the reply's [X1]. */
  reply: ReplyDraft.pick({ toViews: true, commitment: true }).optional(),
  by: ParticipantId,
  itemId: AgendaItemId.nullable(),
  questions: z.array(PutWithView).max(LIMITS.questionsPerView),
  /** In how many places words of the organisation's list were covered, and whether it is held for one [X10]. */
  ...ViewMasked,
  byWord: z.literal(true).optional(),
  /** The refused one that it corrects, whose place it takes [X4]. */
  insteadOf: ViewId.optional(),
});
export type HeldView = z.infer<typeof HeldView>;

/** A refusal or hiding in words. '' where they were erased, or nobody looked yet. */
const Why = z.union([words(LIMITS.reasonLength), z.literal('')]);
const Decider = z.union([ParticipantId, z.literal('office')]);

/**
 * Where a view that is kept from the room stands. waiting: nobody has looked yet; refused: somebody said why not;
 * appealed: its author asks somebody else; upheld: somebody else said the same, and that is the end of it.
 */
export const CaseState = z.discriminatedUnion('phase', [
  z.strictObject({ phase: z.literal('waiting') }),
  z.strictObject({ phase: z.literal('refused'), by: Decider, at: Instant, reason: ReasonCode, why: Why }),
  z.strictObject({
    phase: z.literal('appealed'),
    /** Who refused it: the one person who does not decide on the appeal. */
    by: Decider,
    reason: ReasonCode,
    why: Why,
    appeal: Why,
    at: Instant,
  }),
  z.strictObject({
    phase: z.literal('upheld'),
    by: Decider,
    at: Instant,
    reason: ReasonCode,
    why: Why,
    /** What whoever decided on the appeal said. */
    answer: Why,
  }),
  /** The session was cancelled or broken off before anybody decided; why is said of the session itself [X11]. */
  z.strictObject({ phase: z.literal('ended'), at: Instant }),
]);
export type CaseState = z.infer<typeof CaseState>;

/** A view that is kept from the room, and what has become of it. */
export const ModerationCase = z.strictObject({
  viewId: ViewId,
  /** held: it was never published; hidden: it was, and is not any more. */
  kind: z.enum(['held', 'hidden']),
  view: HeldView,
  /** Since when it waits for somebody to look. */
  at: Instant,
  state: CaseState,
});
export type ModerationCase = z.infer<typeof ModerationCase>;

/** One person's report of a view. */
export const Report = z.strictObject({ viewId: ViewId, by: ParticipantId, reason: ReasonCode });
export type Report = z.infer<typeof Report>;

/** A case as somebody who may decide on it sees it. */
export const QueuedCase = ModerationCase.extend({
  /** Why people reported it, each of them, the oldest first. */
  reports: z.array(ReasonCode),
  /** Whether I refused it myself: its appeal is somebody else's to decide. */
  isMyRefusal: z.boolean(),
});
export type QueuedCase = z.infer<typeof QueuedCase>;

/** A view that was reported and that everybody still sees, for somebody who may decide on it [X12]. */
export const ReportedView = z.strictObject({
  view: ViewDraft.pick({ id: true, stance: true, text: true, pictures: true, place: true }).extend({
    by: ParticipantId,
  }),
  /** Since when: the oldest report that nobody has answered. */
  since: Instant,
  /** Why, each report by itself, the oldest first; never whose. */
  reasons: z.array(ReasonCode),
  /** How many of them are vouched for; the others are guests of a link, who count as one together [X5]. */
  vouched: z.int().min(0),
});
export type ReportedView = z.infer<typeof ReportedView>;

/** What became of a report: somebody looked, and the view stays. */
export const ReportAnswer = z.strictObject({ viewId: ViewId, at: Instant, why: Why });
export type ReportAnswer = z.infer<typeof ReportAnswer>;

/** What of the moderation concerns me; nobody else is given it. */
export const MyModeration = z.strictObject({
  /** Seq of the room that it was read from. */
  seq: z.int().min(0),
  /** My views that are kept from the room, the oldest first. */
  mine: z.array(ModerationCase),
  /** Why I may not post; null where I may. */
  muted: z.strictObject({ at: Instant, why: z.string() }).nullable(),
  /** Views that I have reported. */
  reported: z.array(ViewId),
  /** Those of them that were looked at and stay, the newest last. */
  answers: z.array(ReportAnswer),
  /**
   * Views of others that were reported and are still visible, first those that somebody reported who is vouched for, then
   * the oldest, LIMITS.casesShown of them; null for whoever does not moderate.
   */
  visible: z.array(ReportedView).nullable(),
  /** How many there are in all; null as above. */
  visibleCount: z.int().min(0).nullable(),
  /** What waits for whoever moderates, the oldest first; null for everybody else. */
  queue: z.array(QueuedCase).nullable(),
  /** How long views waited until somebody looked, in milliseconds; null where none did. */
  medianWaitMs: z.number().nullable(),
});
export type MyModeration = z.infer<typeof MyModeration>;

type ByReason = Readonly<Partial<Record<ReasonCode, number>>>;

/** What everybody may know of the moderation of a session: how often, and for which reasons; never whose [X8]. */
export type ModerationCounts = {
  /** Views that were held, all of them. */
  readonly held: number;
  /** Of those, published, on appeal as well. */
  readonly passed: number;
  readonly refused: ByReason;
  /** Held views that nobody has decided on, or about which an appeal is open. */
  readonly waiting: number;
  /** Published views that somebody hid. */
  readonly hidden: ByReason;
  readonly hiddenByReports: number;
  readonly restored: number;
  readonly reports: number;
  /** How often reports were answered with: it stays. Absent where they never were. */
  readonly dismissed?: number;
  /** Views that nobody had decided on when the session was cancelled or broken off; absent where there were none. */
  readonly ended?: number;
  readonly appeals: number;
  readonly upheld: number;
  /** Appeals that were granted; counted when the record is made. */
  readonly overturned: number;
};

export const NO_COUNTS: ModerationCounts = {
  held: 0,
  passed: 0,
  refused: {},
  waiting: 0,
  hidden: {},
  hiddenByReports: 0,
  restored: 0,
  reports: 0,
  appeals: 0,
  upheld: 0,
  overturned: 0,
};

/** A report as it is kept, with its place in the log. isSettled: a moderator has looked since; answer: and it stays. */
export type KeptReport = Report & {
  readonly at: string;
  readonly seq: number;
  readonly isSettled?: true;
  readonly answer?: { readonly at: string; readonly why: string };
};

/** Why it was ended over views that nobody had decided on, and how many [X9]. */
export type CaseWaiver = {
  readonly why: string;
  readonly count: number;
  readonly by: ParticipantId | 'office';
  readonly at: string;
};

/** What only the folder of the whole log knows: no audience is given it, whom it concerns asks for it [X2]. */
export type ModerationSecrets = {
  readonly cases: readonly ModerationCase[];
  readonly reports: readonly KeptReport[];
  /** How long each view waited until somebody looked, in milliseconds; the newest LIMITS.waitsKept. */
  readonly waits: readonly number[];
  /** Why somebody may not post, for them. */
  readonly mutedWhy: Readonly<Record<ParticipantId, string>>;
  /** Which account refused or hid a view, by its mark; the newest. Absent where the log does not know [X4]. */
  readonly refusers: Readonly<Record<ViewId, string>>;
  /** How many of their views each let go of before anybody had looked [X2]. */
  readonly forgone: Readonly<Record<ParticipantId, number>>;
  /** Appeals that were granted and not told yet: told one by one they would say whose view had been refused [X8]. */
  readonly overturned: number;
};

export const NO_SECRETS: ModerationSecrets = {
  cases: [],
  reports: [],
  waits: [],
  mutedWhy: {},
  refusers: {},
  forgone: {},
  overturned: 0,
};

/** The moderation of a session. */
export type Moderation = {
  /** Absent until somebody rules. */
  readonly rules?: ModerationRules;
  /** Who silenced everybody, and when; absent where nobody is silenced [X6]. */
  readonly silence?: { readonly by: ParticipantId | 'office'; readonly at: string };
  /** Who may not post, since when and by whom [X7]. */
  readonly muted: readonly {
    readonly id: ParticipantId;
    readonly by: ParticipantId | 'office';
    readonly at: string;
  }[];
  readonly counts: ModerationCounts;
  /** The newest; absent where it was not ended over views that nobody had decided on [X9]. */
  readonly waived?: CaseWaiver;
  /** Those before it, the oldest first: a text that went back is laid before people again. Absent where there are none. */
  readonly waivedBefore?: readonly CaseWaiver[];
  /** Absent wherever it was blanked. */
  readonly secrets?: ModerationSecrets;
};

/** The moderation of a session in which nothing was moderated. */
export const NO_MODERATION: Moderation = { muted: [], counts: NO_COUNTS };
