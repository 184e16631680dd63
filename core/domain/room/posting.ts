import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import type { AgendaItem, AgendaKind, Posting } from '../sessions.ts';
import type { Stance } from '../views.ts';
import { chair, type Who } from './guards.ts';
import type { Room } from './state.ts';

/**
 * What may be posted during each kind of item unless whoever runs the session says otherwise [A7]. People write along
 * while others speak, as in 网络议政 beside a hall, so that nearly everything is open. Only a vote comes after the
 * discussion: while it goes on people may still ask, but no longer argue for a side.
 */
const POSTING: Readonly<Record<AgendaKind, Posting>> = {
  opening: 'all',
  briefing: 'all',
  member_speech: 'all',
  public_speech: 'all',
  exchange: 'all',
  response: 'all',
  poll: 'questions',
  drafting: 'all',
  closing: 'all',
};

/** What may be posted during an item. */
function postingOf({ kind, posting }: Pick<AgendaItem, 'kind' | 'posting'>): Posting {
  return posting ?? POSTING[kind];
}

/** What may be posted now; everything where no item is the current one. */
function postingNow({ agenda, currentItemId }: Pick<Room, 'agenda' | 'currentItemId'>): Posting {
  const item = agenda.find(({ id }) => id === currentItemId);
  return item === undefined ? 'all' : postingOf(item);
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
