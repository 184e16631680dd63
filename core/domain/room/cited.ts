import type { Cited } from '../citation.ts';
import type { Material } from '../materials.ts';
import type { Poll } from '../polls/poll.ts';
import type { Question } from '../questions.ts';
import type { Reply, View } from '../views.ts';
import { viewIn } from './earlier.ts';
import { itemOf } from './known-ids.ts';
import type { Room } from './state.ts';

/** Why what a text names in evidence cannot be read, or does not count. */
export type WhyGone = 'unknown' | 'withdrawn' | 'hidden' | 'erased' | 'voided' | 'notYet';

/** Something that is cited, as the room holds it. */
export type Held =
  | { readonly kind: 'view'; readonly it: View }
  | { readonly kind: 'reply'; readonly it: Reply }
  | { readonly kind: 'poll'; readonly it: Poll }
  | { readonly kind: 'question'; readonly it: Question; readonly view: View | undefined }
  | { readonly kind: 'material'; readonly it: Material };

/** How a citation stands: it leads to something; to something earlier that is not held here; or nowhere [O8]. */
export type Standing =
  | { readonly how: 'here' | 'gone'; readonly held: Held; readonly why: WhyGone | null }
  | { readonly how: 'earlier' | 'gone'; readonly held: null; readonly why: WhyGone | null };

type Rooms = Pick<Room, 'views' | 'replies' | 'polls' | 'questions' | 'materials' | 'earlier'>;

/** What a citation leads to in this room, for whoever this room is [O8]. Total: strange ids lead nowhere. */
export function standingOf(room: Rooms, { kind, id }: Cited): Standing {
  const held = heldIn(room, { kind, id });
  if (held === null) {
    const isEarlier =
      (kind === 'view' && (room.earlier?.views ?? 0) > 0) ||
      (kind === 'reply' && (room.earlier?.replies ?? 0) > 0);
    return isEarlier
      ? { how: 'earlier', held: null, why: null }
      : { how: 'gone', held: null, why: 'unknown' };
  }
  const why = whyGone(held);
  return { how: why === null ? 'here' : 'gone', held, why };
}

function heldIn(room: Rooms, { kind, id }: Cited): Held | null {
  switch (kind) {
    case 'view': {
      const view = viewIn(room, id);
      return view === undefined ? null : { kind, it: view };
    }
    case 'reply': {
      const reply = itemOf(room.replies, id);
      return reply === undefined ? null : { kind, it: reply };
    }
    case 'poll': {
      const poll = room.polls.find(({ draft }) => draft.id === id);
      return poll === undefined ? null : { kind, it: poll };
    }
    case 'question': {
      const question = room.questions?.find((one) => one.id === id);
      if (question === undefined) return null;
      return { kind, it: question, view: viewIn(room, question.viewId) };
    }
    case 'material': {
      const material = room.materials?.find((one) => one.id === id);
      return material === undefined ? null : { kind, it: material };
    }
  }
}

function whyGone(held: Held): WhyGone | null {
  switch (held.kind) {
    case 'view':
      return whyNoView(held.it);
    case 'reply':
      return held.it.text === '' ? 'erased' : null;
    case 'poll':
      return whyNoPoll(held.it);
    case 'question':
      if (held.it.state.phase === 'withdrawn') return 'withdrawn';
      return held.view === undefined ? null : whyNoView(held.view);
    case 'material':
      if (held.it.withdrawn !== undefined) return 'withdrawn';
      return held.it.title === '' ? 'erased' : null;
  }
}

function whyNoView({ withdrawnAt, hidden, text }: View): WhyGone | null {
  if (withdrawnAt !== undefined) return 'withdrawn';
  if (hidden !== undefined) return 'hidden';
  return text === '' ? 'erased' : null;
}

/** A poll is evidence by its result: before it is closed, and where it does not count, it is none. */
function whyNoPoll(poll: Poll): WhyGone | null {
  if (poll.phase !== 'closed') return 'notYet';
  return poll.voided === undefined ? null : 'voided';
}
