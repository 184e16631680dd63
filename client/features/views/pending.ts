import { PostedView } from '../../../core/domain/questions.ts';
import { PostedReply } from '../../../core/domain/views.ts';
import type { Letter, LetterState } from '../../lib/letters.ts';
import { holds, type Draft } from './draft.ts';

/** Something I said that is not in the room yet. */
export type PendingSaid = { readonly key: string; readonly state: LetterState; readonly isKept: boolean } & (
  | { readonly kind: 'view'; readonly draft: PostedView }
  | { readonly kind: 'reply'; readonly draft: PostedReply }
);

/**
 * My letters that carry words, as long as the room does not show them. A letter that was sent stays
 * until its event has come, so that words never vanish between the two.
 */
export function pendingSaid(
  letters: readonly Letter[],
  room: { readonly seq: number; readonly has: (id: string) => boolean },
): PendingSaid[] {
  return letters.flatMap((letter): PendingSaid[] => {
    const said = read(letter);
    if (said === null || room.has(said.draft.id)) return [];
    // It came, and so much was said since that it is no longer held here.
    const { state } = said;
    return state.kind === 'sent' && state.seq !== null && state.seq <= room.seq ? [] : [said];
  });
}

function read({ key, door, body, state, isKept }: Letter): PendingSaid | null {
  if (door === 'postView') {
    const draft = PostedView.safeParse(body);
    return draft.success ? { key, state, isKept, kind: 'view', draft: draft.data } : null;
  }
  if (door === 'postReply') {
    const draft = PostedReply.safeParse(body);
    return draft.success ? { key, state, isKept, kind: 'reply', draft: draft.data } : null;
  }
  return null;
}

/** The composer with words that were refused put back into it, in place of what it held of that kind. */
export function takenBack(draft: Draft, said: PendingSaid): Draft {
  if (said.kind === 'view') {
    const { stance, text, replyTo, questions = [], insteadOf = null, pictures = [], place = '' } = said.draft;
    const putTo = questions.map(({ to }) => to);
    return { ...draft, mode: 'view', stance, text, replyTo, putTo, insteadOf, pictures, place };
  }
  const { commitment, text, toViews, insteadOf = null } = said.draft;
  return { ...draft, mode: 'reply', commitment, replyText: text, toViews, replyInsteadOf: insteadOf };
}

/** Whether what is in the composer would be lost by it. */
export function wouldOverwrite(draft: Draft, said: PendingSaid): boolean {
  return holds(draft, said.kind);
}
