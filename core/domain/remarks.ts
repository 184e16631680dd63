import { z } from 'zod';
import { TextAnchor } from './amendments.ts';
import { RemarkId, type ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { words } from './text.ts';

/** 批注: what somebody says about words of the shared text, which stay as they are [O13]. */
export const RemarkDraft = z.strictObject({
  id: RemarkId,
  anchor: TextAnchor,
  words: words(LIMITS.remarkLength),
});
export type RemarkDraft = z.infer<typeof RemarkDraft>;

/** What somebody answered to a remark; '' where it was erased. */
export type RemarkAnswer = { readonly words: string; readonly by: ParticipantId; readonly at: string };

/** A remark in the room; its words, quoted ones too, are '' where they were erased. */
export type Remark = RemarkDraft & {
  readonly by: ParticipantId;
  readonly at: string;
  readonly answers: readonly RemarkAnswer[];
  /** Absent while it is open. */
  readonly resolved?: { readonly by: ParticipantId; readonly at: string };
};
