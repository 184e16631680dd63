import { ReplyId, ViewId } from '../../../core/domain/ids.ts';
import type { Refusal } from '../../../core/domain/refusals.ts';
import { alsoAlways } from '../../../core/domain/room/always.ts';
import type { Who } from '../../../core/domain/room/guards.ts';
import { decideSpeaking } from '../../../core/domain/room/speaking.ts';
import type { Room } from '../../../core/domain/room/state.ts';
import { STANCES, type Stance } from '../../../core/domain/views.ts';

/** What somebody may say now, as the rule that will judge it says; refusal tells why not. */
export type SpeakingRights = {
  /** Stances open to this person while the session goes on; what refuses at this moment is said beside. */
  readonly stances: readonly Stance[];
  readonly viewRefusal: Refusal | null;
  readonly replyRefusal: Refusal | null;
};

// An id that nobody draws at random: the question is hypothetical.
const NOBODY = '00000000-0000-4000-8000-000000000000';
const viewId = ViewId.parse(NOBODY);
const replyId = ReplyId.parse(NOBODY);

export function speakingRights(room: Room, who: Who): SpeakingRights {
  // Before the opening, in a pause and in silence a person may prepare what they will say: the stances are those of a live
  // room.
  const { moderation: _moderation, ...others } = room;
  const live: Room = { ...others, state: 'in_session' };
  const stances = STANCES.filter((stance) => askView(live, who, stance).ok);
  const answer = askView(room, who, stances[0] ?? 'info');
  return { stances, viewRefusal: answer.ok ? null : answer.error, replyRefusal: askReply(room, who) };
}

function askView(room: Room, who: Who, stance: Stance) {
  const view = { id: viewId, stance, text: '-', replyTo: null };
  const type = 'postView';
  return alsoAlways(decideSpeaking(room, who, { type, view }, {}), { room, who, type });
}

function askReply(room: Room, who: Who): Refusal | null {
  const first = room.views[0];
  const reply = { id: replyId, toViews: [first?.id ?? viewId], commitment: 'can_do' as const, text: '-' };
  const type = 'postReply';
  const answer = alsoAlways(decideSpeaking(room, who, { type, reply }, {}), { room, who, type });
  return answer.ok ? null : answer.error;
}
