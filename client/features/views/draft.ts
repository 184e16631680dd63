import { z } from 'zod';
import { ParticipantId, ViewId } from '../../../core/domain/ids.ts';
import { LIMITS } from '../../../core/domain/limits.ts';
import type { ModerationCase } from '../../../core/domain/moderation.ts';
import { Enclosed, ViewPicture } from '../../../core/domain/pictures.ts';
import { Commitment, ReplyDraft, Stance, ViewDraft } from '../../../core/domain/views.ts';
import type { Coming } from './picture-sending.ts';

/** What somebody is writing; kept on the device until it is sent, so that a reload loses nothing. */
export const Draft = z.object({
  mode: z.enum(['view', 'reply']),
  stance: Stance.nullable(),
  text: z.string(),
  replyTo: ViewId.nullable(),
  /** Departments that are asked, each by one of its seats; kept drafts of before know none. */
  putTo: z.array(ParticipantId).default([]),
  /** The refused view that this one corrects; kept drafts of before know none. */
  insteadOf: ViewId.nullable().default(null),
  /** The same of a reply. */
  replyInsteadOf: ViewId.nullable().default(null),
  /** Kept drafts of before know neither. */
  pictures: z.array(ViewPicture).default([]),
  place: z.string().default(''),
  commitment: Commitment.nullable(),
  replyText: z.string(),
  toViews: z.array(ViewId),
});
export type Draft = z.infer<typeof Draft>;

export const EMPTY_DRAFT: Draft = {
  mode: 'view',
  stance: null,
  text: '',
  replyTo: null,
  putTo: [],
  insteadOf: null,
  replyInsteadOf: null,
  pictures: [],
  place: '',
  commitment: null,
  replyText: '',
  toViews: [],
};

/** A draft as it was kept; an empty one when there is none or it cannot be read. */
export function readDraft(kept: string | null): Draft {
  if (kept === null) return EMPTY_DRAFT;
  try {
    const draft = Draft.safeParse(JSON.parse(kept));
    return draft.success ? draft.data : EMPTY_DRAFT;
  } catch {
    return EMPTY_DRAFT;
  }
}

/**
 * The draft with what its words still stand for: of a text that was emptied, the next one corrects no refused view. With
 * that one's pictures left in it, it does: they go along with the correction only [J1].
 */
export function coherent(draft: Draft): Draft {
  const isView = draft.insteadOf !== null && draft.text.trim() === '' && draft.pictures.length === 0;
  const isReply = draft.replyInsteadOf !== null && draft.replyText.trim() === '';
  if (!isView && !isReply) return draft;
  return {
    ...draft,
    insteadOf: isView ? null : draft.insteadOf,
    replyInsteadOf: isReply ? null : draft.replyInsteadOf,
  };
}

/** The draft with a view, or a reply, that was refused in it, to be corrected and sent in its place. */
export function corrected(draft: Draft, { viewId, view }: Pick<ModerationCase, 'viewId' | 'view'>): Draft {
  const { stance, text, replyTo, questions, reply, pictures = [], place = '' } = view;
  if (reply !== undefined)
    return { ...draft, mode: 'reply', ...reply, replyText: text, replyInsteadOf: viewId };
  const putTo = questions.map(({ to }) => to);
  return { ...draft, mode: 'view', stance, text, replyTo, insteadOf: viewId, putTo, pictures, place };
}

/** Whether there is anything in it that a person would miss. */
export function isWorthKeeping(draft: Draft): boolean {
  return holds(draft, 'view') || holds(draft, 'reply') || draft.toViews.length > 0 || draft.replyTo !== null;
}

/** Whether its view, or its reply, has in it what was written, or brought along with it. */
export function holds({ text, pictures, place, replyText }: Draft, mode: Draft['mode']): boolean {
  if (mode === 'reply') return replyText.trim() !== '';
  return text.trim() !== '' || pictures.length > 0 || place.trim() !== '';
}

/** Every word of a draft, so that a person can take them elsewhere; empty when there is none. */
export function wordsOf(draft: Draft): string {
  return [draft.text.trim(), draft.replyText.trim()].filter((words) => words !== '').join('\n\n');
}

/** Characters that may still be typed; negative when there are too many. */
export function roomLeft(text: string, mode: Draft['mode']): number {
  return (mode === 'view' ? LIMITS.viewLength : LIMITS.replyLength) - text.trim().length;
}

/** The counter is worth showing only when the limit is near. */
export function isNearLimit(left: number, mode: Draft['mode']): boolean {
  return left <= (mode === 'view' ? 200 : 400);
}

/** What goes with the words of a draft, as it is sent; what cannot be written there is left out. */
export function enclosedOf({ pictures, place }: Pick<Draft, 'pictures' | 'place'>): Enclosed {
  const alt = ViewPicture.shape.alt;
  const named = pictures.map((one) => ({ ...one, alt: alt.safeParse(one.alt.trim()).data ?? '' }));
  const about = Enclosed.shape.place.safeParse(place.trim()).data ?? '';
  return { ...(named.length === 0 ? {} : { pictures: named }), ...(about === '' ? {} : { place: about }) };
}

/** What is missing before a view can be sent, in the order in which a person fills it in. */
export type Missing =
  | 'stance'
  | 'text'
  | 'tooLong'
  | 'characters'
  | 'views'
  | 'commitment'
  | 'picturesComing'
  | 'picturesFailed'
  | 'picturesGone';

export function missingOfView(draft: Draft): Missing | null {
  if (draft.stance === null) return 'stance';
  if (draft.text.trim() === '') return 'text';
  if (roomLeft(draft.text, 'view') < 0) return 'tooLong';
  return ViewDraft.shape.text.safeParse(draft.text).success ? null : 'characters';
}

/** Whether its pictures keep a view from being sent: each is there, or taken out. */
export function picturesMissing(
  { pictures }: Pick<Draft, 'pictures'>,
  held: { readonly coming: readonly Pick<Coming, 'state'>[]; readonly gone: ReadonlySet<string> },
): Missing | null {
  if (held.coming.some(({ state }) => state.kind !== 'failed')) return 'picturesComing';
  if (held.coming.length > 0) return 'picturesFailed';
  return pictures.some(({ id }) => held.gone.has(id)) ? 'picturesGone' : null;
}

export function missingOfReply(draft: Draft): Missing | null {
  if (draft.toViews.length === 0) return 'views';
  if (draft.commitment === null) return 'commitment';
  if (draft.replyText.trim() === '') return 'text';
  if (roomLeft(draft.replyText, 'reply') < 0) return 'tooLong';
  return ReplyDraft.shape.text.safeParse(draft.replyText).success ? null : 'characters';
}

/** Adds or takes away a view that a reply answers; never more than one reply may answer. */
export function toggleAnswered(draft: Draft, viewId: ViewId): Draft {
  const isIn = draft.toViews.includes(viewId);
  if (!isIn && draft.toViews.length >= LIMITS.viewsPerReply) return draft;
  const toViews = isIn ? draft.toViews.filter((id) => id !== viewId) : [...draft.toViews, viewId];
  return { ...draft, mode: 'reply', toViews };
}
