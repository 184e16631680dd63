import { z } from 'zod';
import { ParticipantId, QuestionId, ViewId, type ReplyId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { line, words } from './text.ts';
import { ViewDraft } from './views.ts';

/**
 * A view put to a department, as whoever puts it writes it. The department is named by any of its seats: the log holds
 * no name of it, so none has to be erased and a corrected one is right everywhere.
 */
export const QuestionDraft = z.strictObject({ id: QuestionId, viewId: ViewId, to: ParticipantId });
export type QuestionDraft = z.infer<typeof QuestionDraft>;

/** The same for a view that is posted with it. */
export const PutWithView = QuestionDraft.omit({ viewId: true });
export type PutWithView = z.infer<typeof PutWithView>;

/** Who put it: the author of the view with their view, or whoever ran the session. */
export const PutBy = z.enum(['author', 'chair']);
export type PutBy = z.infer<typeof PutBy>;

/** What a department promises when it takes a question away; dueDays counts calendar days from the close, as a task's. */
export const Promised = z.strictObject({
  dueDays: z.int().min(1).max(LIMITS.dueDays),
  note: words(LIMITS.taskLength),
});
export type Promised = z.infer<typeof Promised>;

/** Why a question is not the department's, and whose it is: another in the room, or one in words. */
export const NotOurs = z.strictObject({
  /** Null when it is not in the room: then toName says which. */
  to: ParticipantId.nullable(),
  toName: z.union([z.literal(''), line(LIMITS.affiliationLength)]),
  why: words(LIMITS.reasonLength),
});
export type NotOurs = z.infer<typeof NotOurs>;

/** A view as it is posted: with the departments that its author puts it to. */
export const PostedView = ViewDraft.extend({
  questions: z.array(PutWithView).min(1).max(LIMITS.questionsPerView).optional(),
  /** The refused view of one's own that this one corrects. */
  insteadOf: ViewId.optional(),
});
export type PostedView = z.infer<typeof PostedView>;

type By = ParticipantId;

/** How a question came into somebody's hands. toName and why are '' where there are none, or they were erased. */
export type Handing = {
  readonly how: 'put' | 'passed' | 'moved';
  /** Null: to nobody in the room. */
  readonly to: ParticipantId | null;
  readonly toName: string;
  readonly why: string;
  readonly by: By;
  readonly at: string;
};

/**
 * What has become of a question: exactly one of five [D4]. open: in the hands of the last handing; passed: its last
 * holder says that it belongs to somebody who is not in the room, and the chair sees to it.
 */
export type QuestionState =
  | { readonly phase: 'open' }
  | { readonly phase: 'passed' }
  | { readonly phase: 'answered'; readonly replyId: ReplyId; readonly by: By; readonly at: string }
  | {
      readonly phase: 'taken';
      readonly dueDays: number;
      readonly note: string;
      readonly by: By;
      readonly at: string;
    }
  | { readonly phase: 'withdrawn'; readonly by: By; readonly at: string };

/** A question in the room, with everybody whose hands it went through; never without one. */
export type Question = {
  readonly id: QuestionId;
  readonly viewId: ViewId;
  readonly from: PutBy;
  /** Who put it, and when. */
  readonly by: By;
  readonly at: string;
  readonly hands: readonly [Handing, ...Handing[]];
  readonly state: QuestionState;
};

/** Why a session was closed over questions that nobody had answered. */
export type Waiver = { readonly why: string; readonly by: By | 'office'; readonly at: string };
