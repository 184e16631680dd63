import type { Envelope, RoomEvent } from '../events.ts';
import { earlyOf } from '../polls/early.ts';
import { draftOf, paperOf } from '../polls/first-form.ts';
import { closedPoll } from '../polls/first-poll.ts';
import type { Paper } from '../polls/paper.ts';
import { isForChair, type OpenPoll, type Poll } from '../polls/poll.ts';
import { unreachable } from '../result.ts';
import type { Room } from './state.ts';

/** What happens to polls. */
export type PollEvent = Extract<
  RoomEvent,
  { type: 'poll:prepared' | 'poll:opened' | 'ballot:cast' | 'poll:closed' | 'poll:published' }
>;

/** What a fold that is under way has made itself, and nobody else has seen: it may write into that. */
export type Own = WeakSet<object>;

/** Polls of the first form are folded as what they would be today. */
export function applyPoll(
  room: Room,
  { at, by, event }: Pick<Envelope, 'at' | 'by'> & { readonly event: PollEvent },
  own: Own,
): Room {
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
        return { ...poll, ballots: withBallot(poll.ballots, [inPlaceOf ?? by, paper], own), ...stood };
      });
    }
    case 'poll:closed':
      return editPoll(room, event.pollId, (poll) =>
        poll.phase === 'open' ? closedPoll({ ...poll, ...earlyOf(poll, by, event.why) }, at, event) : poll,
      );
    case 'poll:published':
      return editPoll(room, event.pollId, (poll) => {
        if (poll.phase !== 'closed') return poll;
        const { result, ballots, papers, roster } = event;
        const box = poll.box === undefined ? {} : { box: { ...poll.box, roster: roster ?? [] } };
        // Logs of before told here too what is the chair's alone.
        const told = isForChair(poll.draft) ? null : ballots;
        return { ...poll, result, ballots: told, papers, ...box, publishedAt: at };
      });
    default:
      return unreachable(event);
  }
}

type Ballots = OpenPoll['ballots'];

/**
 * A thousand people vote at once: who has voted is copied once for many of them, and not for each. Not spread into a new
 * object: V8 then gives each of a thousand keys a shape of its own, which costs five times as much and now and then a tenth
 * of a second at once.
 */
function withBallot(ballots: Ballots, [by, paper]: readonly [string, Paper | null], own: Own): Ballots {
  const mine: Record<string, Paper | null> = own.has(ballots) ? ballots : Object.assign({}, ballots);
  mine[by] = paper;
  own.add(mine);
  return mine;
}

export function editPoll(room: Room, pollId: string, edit: (poll: Poll) => Poll): Room {
  return { ...room, polls: room.polls.map((poll) => (poll.draft.id === pollId ? edit(poll) : poll)) };
}
