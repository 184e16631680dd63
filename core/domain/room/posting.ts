import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import type { AgendaItem, AgendaKind, Posting } from '../sessions.ts';
import type { Stance } from '../views.ts';
import { chair, type Who } from './guards.ts';
import type { Room } from './state.ts';

/** What an item is there for: the act that is shown first. 听取 发言 书面发表 部门回应 投票 起草 */
export type MainAct = 'listen' | 'speak' | 'write' | 'reply' | 'vote' | 'draft';

/**
 * What each kind of item is for, and what may be posted during it unless whoever runs the session says otherwise [A7].
 * People write along while others speak, as in 网络议政 beside a hall, so that nearly everything is open. Only a vote
 * comes after the discussion: while it goes on people may still ask, but no longer argue for a side.
 */
const KINDS: Readonly<Record<AgendaKind, { readonly main: MainAct; readonly posting: Posting }>> = {
  opening: { main: 'listen', posting: 'all' },
  briefing: { main: 'listen', posting: 'all' },
  member_speech: { main: 'speak', posting: 'all' },
  public_speech: { main: 'speak', posting: 'all' },
  exchange: { main: 'write', posting: 'all' },
  response: { main: 'reply', posting: 'all' },
  poll: { main: 'vote', posting: 'questions' },
  drafting: { main: 'draft', posting: 'all' },
  closing: { main: 'listen', posting: 'all' },
};

/** What may be posted during an item. */
export function postingOf({ kind, posting }: Pick<AgendaItem, 'kind' | 'posting'>): Posting {
  return posting ?? KINDS[kind].posting;
}

/** What may be posted now; everything where no item is the current one. */
export function postingNow({ agenda, currentItemId }: Pick<Room, 'agenda' | 'currentItemId'>): Posting {
  const item = agenda.find(({ id }) => id === currentItemId);
  return item === undefined ? 'all' : postingOf(item);
}

/** What an item of this kind is for [A7]. */
export function mainActOf({ kind }: Pick<AgendaItem, 'kind'>): MainAct {
  return KINDS[kind].main;
}

/** What the current item is for; null where there is none. */
export function mainActNow({
  agenda,
  currentItemId,
}: Pick<Room, 'agenda' | 'currentItemId'>): MainAct | null {
  const item = agenda.find(({ id }) => id === currentItemId);
  return item === undefined ? null : mainActOf(item);
}

/**
 * Whether a view of this stance, or a reply, may be posted during the current item [A7]. Questions want answers: where
 * they may be asked departments may reply. Whoever holds the chair leads through every item, and may always ask and
 * inform.
 */
export function guardPosting(room: Room, who: Who, what: Stance | 'reply'): Result<null, Refusal> {
  if (who.kind === 'participant' && chair(room) === who.id) return ok(null);
  const posting = postingNow(room);
  if (posting === 'closed') return refuse('POSTING_CLOSED');
  const isOpen = posting === 'all' || what === 'question' || what === 'reply';
  return isOpen ? ok(null) : refuse('POSTING_QUESTIONS');
}
