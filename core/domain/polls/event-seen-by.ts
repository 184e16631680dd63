import type { RoomEvent } from '../events.ts';

/** What of a poll's events an audience does not read; null where there is nothing to blank [B4] [B10] [B11]. */
export function pollEventSeenBy(event: RoomEvent, isChair: boolean): RoomEvent | null {
  switch (event.type) {
    case 'ballot:cast':
      return event.paper === null || event.isOpen === true ? null : { ...event, paper: null };
    case 'poll:voidMarked':
      return event.account === null ? null : { ...event, account: null };
    case 'totals:entered':
      return event.totals === null ? null : { ...event, totals: null };
    case 'poll:closed':
      // In logs of before the close told whoever looks after the people what is the chair's alone [B65].
      if (isChair) return withoutNames(event);
      if (event.waits === true) {
        const { result, ballots, papers, roster = [] } = event;
        const isBlank = result === null && ballots === null && papers.length === 0 && roster.length === 0;
        const blank = event.roster === undefined ? {} : { roster: [] };
        return isBlank ? null : { ...event, result: null, ballots: null, papers: [], ...blank };
      }
      return withoutNames(event);
    case 'poll:published':
      return withoutNames(event);
    default:
      return null;
  }
}

type Counted = Extract<RoomEvent, { type: 'poll:closed' | 'poll:published' }>;

function withoutNames(event: Counted): RoomEvent | null {
  return event.namesForChair === true && event.ballots !== null ? { ...event, ballots: null } : null;
}
