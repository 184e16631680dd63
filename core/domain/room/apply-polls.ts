import type { Envelope, RoomEvent } from '../events.ts';
import { draftOf, paperOf } from '../polls/first-form.ts';
import { closedPoll } from '../polls/first-poll.ts';
import type { Poll } from '../polls/poll.ts';
import { unreachable } from '../result.ts';
import type { Room } from './state.ts';

/** What happens to polls. */
export type PollEvent = Extract<
  RoomEvent,
  { type: 'poll:prepared' | 'poll:opened' | 'ballot:cast' | 'poll:closed' | 'poll:published' }
>;

/** Polls of the first form are folded as what they would be today. */
export function applyPoll(room: Room, { at, by }: Pick<Envelope, 'at' | 'by'>, event: PollEvent): Room {
  switch (event.type) {
    case 'poll:prepared':
      return { ...room, polls: [...room.polls, { phase: 'prepared', draft: draftOf(event.poll) }] };
    case 'poll:opened':
      return editPoll(room, event.pollId, ({ draft }) => ({
        phase: 'open',
        draft,
        openedAt: at,
        seal: event.seal ?? '',
        electorate: event.electorate,
        roll: event.roll ?? [],
        endsAt: event.endsAt ?? null,
        ...(event.key === undefined ? {} : { key: event.key }),
        ballots: {},
      }));
    case 'ballot:cast': {
      const paper = event.paper === null ? null : paperOf(event.paper);
      const { inPlaceOf } = event;
      return editPoll(room, event.pollId, (poll) => {
        if (poll.phase !== 'open') return poll;
        const stood = inPlaceOf === undefined ? {} : { stood: { ...poll.stood, [inPlaceOf]: by } };
        return { ...poll, ballots: { ...poll.ballots, [inPlaceOf ?? by]: paper }, ...stood };
      });
    }
    case 'poll:closed':
      return editPoll(room, event.pollId, (poll) =>
        poll.phase === 'open' ? closedPoll(poll, at, event) : poll,
      );
    case 'poll:published':
      return editPoll(room, event.pollId, (poll) => {
        if (poll.phase !== 'closed') return poll;
        const { result, ballots, papers, roster } = event;
        const box = poll.box === undefined ? {} : { box: { ...poll.box, roster: roster ?? [] } };
        return { ...poll, result, ballots, papers, ...box, publishedAt: at };
      });
    default:
      return unreachable(event);
  }
}

export function editPoll(room: Room, pollId: string, edit: (poll: Poll) => Poll): Room {
  return { ...room, polls: room.polls.map((poll) => (poll.draft.id === pollId ? edit(poll) : poll)) };
}
