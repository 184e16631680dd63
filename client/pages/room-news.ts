import type { ParticipantId } from '../../core/domain/ids.ts';
import { currentTurn, type Room } from '../../core/domain/room/state.ts';
import type { SessionState } from '../../core/domain/sessions.ts';
import type { Stance } from '../../core/domain/views.ts';

/** Something that a person who does not look at the screen should hear. */
export type News =
  | {
      readonly kind: 'views';
      readonly count: number;
      readonly last: { readonly by: ParticipantId; readonly stance: Stance } | null;
    }
  | { readonly kind: 'pollOpened' | 'pollClosed'; readonly question: string }
  | { readonly kind: 'itemMoved' | 'lastMinute' | 'timeUp'; readonly title: string }
  | { readonly kind: 'floorGiven'; readonly to: ParticipantId }
  | { readonly kind: 'state'; readonly state: SessionState };

/** What happened between two pictures of a room, the most pressing first. What I did myself is no news to me. */
export function newsBetween(before: Room, after: Room, me: ParticipantId | null): News[] {
  const news: News[] = [];
  if (after.state !== before.state) news.push({ kind: 'state', state: after.state });
  for (const poll of after.polls) {
    const old = before.polls.find((other) => other.draft.id === poll.draft.id);
    if (old?.phase === poll.phase) continue;
    if (poll.phase === 'open') news.push({ kind: 'pollOpened', question: poll.draft.question });
    if (poll.phase === 'closed' && old !== undefined)
      news.push({ kind: 'pollClosed', question: poll.draft.question });
  }
  const turn = currentTurn(after);
  if (turn !== undefined && turn.startedAt !== currentTurn(before)?.startedAt)
    news.push({ kind: 'floorGiven', to: turn.participantId });
  if (after.currentItemId !== before.currentItemId) {
    const item = after.agenda.find(({ id }) => id === after.currentItemId);
    if (item !== undefined) news.push({ kind: 'itemMoved', title: item.title });
  }
  const views = after.views.filter((view) => view.seq > before.seq && view.by !== me);
  const replies = after.replies.filter((reply) => reply.seq > before.seq && reply.by !== me);
  const count = views.length + replies.length;
  const [only] = views;
  if (count > 0)
    news.push({
      kind: 'views',
      count,
      last: count === 1 && only !== undefined ? { by: only.by, stance: only.stance } : null,
    });
  return news;
}

/** Two batches of news as one: counts of views are added up, so that a burst is one sentence. */
export function mergeNews(waiting: readonly News[], fresh: readonly News[]): News[] {
  const all = [...waiting, ...fresh];
  const views = all.flatMap((one) => (one.kind === 'views' ? [one] : []));
  const others = all.filter((one) => one.kind !== 'views');
  const count = views.reduce((sum, one) => sum + one.count, 0);
  const last = views.length === 1 ? (views[0]?.last ?? null) : null;
  return count === 0 ? others : [...others, { kind: 'views', count, last }];
}
