import type { Envelope, RoomEvent } from '../events.ts';
import { earlyOf } from '../polls/early.ts';
import type { ClosedPoll, Counted, Voided, Voiding } from '../polls/poll.ts';
import { unreachable } from '../result.ts';
import { editPoll } from './apply-polls.ts';
import type { Room } from './state.ts';

/** What becomes of a poll beside being prepared, opened and counted. */
export type PollLifeEvent = Extract<
  RoomEvent,
  {
    type:
      | 'poll:revised'
      | 'poll:dropped'
      | 'poll:extended'
      | 'poll:ending'
      | 'poll:voidProposed'
      | 'poll:voidMarked'
      | 'poll:voidDeclined'
      | 'poll:voided'
      | 'poll:tieSettled'
      | 'poll:choicesRead'
      | 'totals:entered'
      | 'totals:agreed'
      | 'totals:differed';
  }
>;

/** Revised and dropped before it opens [B40] [B41], put off once [B44], ended while ballots are on their way [B35], void by two people [B42]. */
export function applyPollLife(
  room: Room,
  { at, by }: Pick<Envelope, 'at' | 'by'>,
  event: PollLifeEvent,
): Room {
  switch (event.type) {
    case 'poll:revised':
      return editPoll(room, event.poll.id, (poll) =>
        poll.phase === 'prepared' ? { ...poll, draft: event.poll } : poll,
      );
    case 'poll:dropped':
      return {
        ...room,
        polls: room.polls.filter(({ draft }) => draft.id !== event.pollId),
        droppedPolls: [...(room.droppedPolls ?? []), event.pollId],
        ...(event.asked === undefined ? {} : { droppedAs: [...(room.droppedAs ?? []), event.asked] }),
      };
    case 'poll:extended':
      return editPoll(room, event.pollId, (poll) =>
        poll.phase === 'open' ? { ...poll, endsAt: event.endsAt, isExtended: true } : poll,
      );
    case 'poll:ending':
      return editPoll(room, event.pollId, (poll) =>
        poll.phase === 'open'
          ? { ...poll, ...earlyOf(poll, by, event.why), endsAt: event.endsAt, isEnding: true }
          : poll,
      );
    case 'poll:voidProposed': {
      const account = event.account === undefined ? {} : { account: event.account };
      return editPoll(room, event.pollId, (poll) =>
        poll.phase === 'prepared' ? poll : { ...poll, voiding: { by, at, why: event.why, ...account } },
      );
    }
    case 'poll:voidMarked': {
      const account = event.account ?? '';
      return editPoll(room, event.pollId, (poll) =>
        poll.phase === 'prepared' || poll.voiding === undefined
          ? poll
          : { ...poll, voiding: { ...poll.voiding, account } },
      );
    }
    case 'poll:voidDeclined':
      return editPoll(room, event.pollId, (poll) => {
        if (poll.phase === 'prepared') return poll;
        const { voiding: _voiding, ...rest } = poll;
        return rest;
      });
    case 'poll:voided':
      return editPoll(room, event.pollId, (poll) => {
        if (poll.phase !== 'closed') return poll;
        const { voiding, ...rest } = poll;
        if (event.cause === 'excess') return { ...rest, voided: spoilt(poll, at) };
        // In logs of before, whoever closed it made it void alone.
        const alone: Voiding | undefined = event.cause === 'uncounted' ? { by, at, why: '' } : undefined;
        const found = voiding ?? alone;
        if (found === undefined) return poll;
        const { account: _account, ...said } = found;
        const cause = event.cause === undefined ? {} : { cause: event.cause };
        return { ...rest, voided: { ...said, confirmedBy: by, confirmedAt: at, ...cause } };
      });
    case 'poll:tieSettled': {
      const { type: _type, pollId, ...said } = event;
      return editPoll(room, pollId, (poll) =>
        poll.phase === 'closed' ? { ...poll, settled: [...(poll.settled ?? []), { ...said, by, at }] } : poll,
      );
    }
    case 'poll:choicesRead':
      return editPoll(room, event.pollId, (poll) =>
        poll.phase === 'closed' ? { ...poll, choicesRead: { ...poll.choicesRead, [by]: at } } : poll,
      );
    case 'totals:entered':
    case 'totals:agreed':
    case 'totals:differed':
      return applyTotals(room, by, event);
    default:
      return unreachable(event);
  }
}

type TotalsEvent = Extract<PollLifeEvent, { type: `totals:${string}` }>;
const NOTHING_COUNTED: Counted = { entered: {}, differed: 0 };

/** What tellers enter, until both have counted the same [B45]. */
function applyTotals(room: Room, by: Envelope['by'], event: TotalsEvent): Room {
  return editPoll(room, event.pollId, (poll) => {
    if (poll.phase !== 'open') return poll;
    const known = poll.totals ?? NOTHING_COUNTED;
    switch (event.type) {
      case 'totals:entered':
        return { ...poll, totals: { ...known, entered: { ...known.entered, [by]: event.totals } } };
      case 'totals:agreed':
        return { ...poll, totals: { ...known, agreed: event.totals } };
      case 'totals:differed':
        return { ...poll, totals: { entered: {}, differed: known.differed + 1 } };
      default:
        return unreachable(event);
    }
  });
}

/** Both tellers counted more papers than were handed out: they are who says so. */
function spoilt({ draft }: ClosedPoll, at: string): Voided {
  const [by = 'withheld', confirmedBy = 'withheld'] = draft.rules.tellers;
  return { by, at, why: '', confirmedBy, confirmedAt: at, cause: 'excess' };
}
