import { z } from 'zod';
import { AgendaItemId, Instant, ParticipantId, ReplyId, ViewId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { Enclosed } from './pictures.ts';
import { ReasonCode } from './reason-codes.ts';
import { words } from './text.ts';

/** 赞成 有条件赞成 不赞成 中立 提问 建议 情况说明 */
export const STANCES = [
  'support',
  'conditional',
  'oppose',
  'neutral',
  'question',
  'suggestion',
  'info',
] as const;
export const Stance = z.enum(STANCES);
export type Stance = z.infer<typeof Stance>;

/** What whoever holds the chair may express: they ask and inform, they take no side [V4]. */
export const CHAIR_STANCES: readonly Stance[] = ['question', 'info'];

/** 能办 需研究协调 暂不能办 */
export const Commitment = z.enum(['can_do', 'needs_study', 'cannot_do']);
export type Commitment = z.infer<typeof Commitment>;

/** In how many places words of the organisation's list were covered before it was published [X10]. */
export const Masked = z.int().min(1).max(LIMITS.replyLength);

/** In how many places, and in how many of them not in the words but in what goes with them, which corrections leave. */
export const ViewMasked = { masked: Masked.optional(), maskedBeside: Masked.optional() };

/** A view as its author writes it. */
export const ViewDraft = z.strictObject({
  id: ViewId,
  stance: Stance,
  text: words(LIMITS.viewLength),
  replyTo: ViewId.nullable(),
  ...Enclosed.shape,
});
export type ViewDraft = z.infer<typeof ViewDraft>;

/** Where, when and by whom something was said. */
const said = {
  seq: z.int().min(1),
  by: ParticipantId,
  at: Instant,
  itemId: AgendaItemId.nullable(),
};

/** How long an author may still correct the words of a view, in minutes [V8]. */
export const EDIT_MINUTES = 5;

const ViewText = z.union([ViewDraft.shape.text, z.literal('')]);

/** Words that a view had before its author corrected them [V8]. text is '' when they were erased on request. */
export const EarlierWords = z.strictObject({
  text: ViewText,
  /** When other words took their place. */
  until: Instant,
  /** How many endorsed these words, when others took their place; absent: nobody. */
  endorsed: z.int().min(1).optional(),
});
export type EarlierWords = z.infer<typeof EarlierWords>;

/** A view in the room. text is '' when it was erased on request or withdrawn, and nothing goes with it then. What never happened is absent. */
export const View = ViewDraft.extend({
  ...said,
  text: ViewText,
  /** Who endorses it, in ascending order: each is a place in the room's endorsers [V6]. */
  endorsedBy: z.array(z.int().min(0)).optional(),
  /** What it said before each correction, the oldest first [V8]. */
  edits: z.array(EarlierWords).optional(),
  /** When its author took it back [V9]. */
  withdrawnAt: Instant.optional(),
  /** Who marked it as a key point, and when; absent where nobody has [C1]. */
  keyPoint: z.strictObject({ by: ParticipantId, at: Instant }).optional(),
  /** That it was published and is hidden from everybody since, and why; text is '' while it is [X5]. */
  hidden: z
    .strictObject({ at: Instant, reason: ReasonCode, byReports: z.literal(true).optional() })
    .optional(),
  /** In how many places of what is to be read others were covered; absent where in none [X10]. */
  ...ViewMasked,
  /** Seq of the last event that changed it. */
  changed: z.int().min(1).optional(),
});
export type View = z.infer<typeof View>;

/** A department's answer to one or more views. */
export const ReplyDraft = z.strictObject({
  id: ReplyId,
  toViews: z.array(ViewId).min(1).max(LIMITS.viewsPerReply),
  commitment: Commitment,
  text: words(LIMITS.replyLength),
});
export type ReplyDraft = z.infer<typeof ReplyDraft>;

/** A reply as it is sent. */
export const PostedReply = ReplyDraft.extend({
  /** The refused reply of one's own that this one corrects: its id, as a view's [X4]. */
  insteadOf: ViewId.optional(),
});
export type PostedReply = z.infer<typeof PostedReply>;

/** A reply in the room. text is '' when it was erased on request. */
export const Reply = ReplyDraft.extend({
  ...said,
  text: z.union([ReplyDraft.shape.text, z.literal('')]),
  /** As of a view. */
  masked: Masked.optional(),
});
export type Reply = z.infer<typeof Reply>;

/** What was said before the part that somebody holds [R1]. */
export const Earlier = z.strictObject({
  /** Everything said from this seq on is held, nothing before it. */
  before: z.int().min(1),
  /** How many views and replies are earlier [R3]. */
  views: z.int().min(0),
  replies: z.int().min(0),
  /** Earlier views that are held all the same: what is held answers them, or somebody looked for them. */
  cited: z.array(View),
});
export type Earlier = z.infer<typeof Earlier>;
