import { DOORS } from '../core/contract/limits.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import type { SessionId } from '../core/domain/ids.ts';
import { withPage, withPoll } from '../core/domain/room/earlier.ts';
import type { Room } from '../core/domain/room/state.ts';
import type { Browser } from './doors.ts';

/** The room as a late comer can know it: its newest part at once, the rest page by page. */
export async function readWholeRoom(browser: Pick<Browser, 'call'>, sessionId: SessionId): Promise<Room> {
  const params = { sessionId };
  let { room } = await browser.call(sessionRoutes.getSnapshot, { params });
  while (room.earlier !== undefined) {
    const query = { before: room.earlier.before, limit: DOORS.pageSaid };
    room = withPage(room, await browser.call(sessionRoutes.getViews, { params, query }));
  }
  for (const poll of room.polls) {
    if (poll.phase !== 'closed' || poll.isBrief !== true) continue;
    const pollId = poll.draft.id;
    room = withPoll(room, await browser.call(sessionRoutes.getPoll, { params: { sessionId, pollId } }));
  }
  return room;
}
