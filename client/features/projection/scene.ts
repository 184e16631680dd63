import { hasEnded, isBefore } from '../../../core/domain/sessions.ts';
import type { ViewId } from '../../../core/domain/ids.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { currentTurn, type Room } from '../../../core/domain/room/state.ts';
import type { ScreenScene } from '../../../core/domain/screen.ts';

type OpenPoll = Extract<Poll, { phase: 'open' }>;
type ClosedPoll = Extract<Poll, { phase: 'closed' }>;

/** What the big screen shows. */
export type Scene =
  | { readonly kind: 'welcome' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'voting'; readonly poll: OpenPoll }
  | { readonly kind: 'result'; readonly poll: ClosedPoll }
  | { readonly kind: 'spotlight'; readonly viewId: ViewId }
  | { readonly kind: 'talk' | 'agenda' | 'speaker' | 'roll' | 'text' };

/** A result stays this long unless the meeting goes on before. */
const RESULT_MS = 3 * 60_000;

/** Follows the room by itself: an open poll before everything, its result until the meeting goes on. */
export function sceneOf(room: Room, nowMs: number): Scene {
  if (isBefore(room.state)) return { kind: 'welcome' };
  if (hasEnded(room.state) || room.state === 'adjourned') return { kind: 'closed' };
  for (const poll of room.polls) if (poll.phase === 'open') return { kind: 'voting', poll };
  const poll = newestResult(room);
  if (poll !== null && isFresh(room, poll, nowMs)) return { kind: 'result', poll };
  return room.spotlight === undefined ? { kind: 'talk' } : spotlit(room.spotlight);
}

/** The scene that somebody chose; where what it needs is not there (any more), the one that follows the room [C5]. */
export function shownScene(room: Room, wanted: ScreenScene, nowMs: number): Scene {
  if (hasEnded(room.state) || lacking(room, wanted) !== null) return sceneOf(room, nowMs);
  switch (wanted) {
    case 'auto':
      return sceneOf(room, nowMs);
    case 'code':
      return { kind: 'welcome' };
    case 'views':
      return { kind: 'talk' };
    case 'spotlight':
      return room.spotlight === undefined ? sceneOf(room, nowMs) : spotlit(room.spotlight);
    case 'poll':
      return pollScene(room) ?? sceneOf(room, nowMs);
    default:
      return { kind: wanted };
  }
}

/** What a scene needs and is not there. */
export function lacking(room: Room, scene: ScreenScene): 'spotlight' | 'poll' | null {
  if (scene === 'spotlight' && room.spotlight === undefined) return 'spotlight';
  return scene === 'poll' && pollScene(room) === null ? 'poll' : null;
}

/** Characters that are read from the back of a hall; of more only the beginning is shown. */
const WALL_WORDS = 300;
/** The same beside pictures, and as many rows as they take. */
const WORDS_BY_PICTURES = 120;
const ROWS_OF_PICTURES = 6;

type Beside = { readonly hasPictures?: boolean };

export function wallWords(
  text: string,
  { hasPictures = false }: Beside = {},
): { readonly words: string; readonly isCut: boolean } {
  const letters = [...text];
  const most = hasPictures ? WORDS_BY_PICTURES : WALL_WORDS;
  if (letters.length <= most) return { words: text, isCut: false };
  return { words: `${letters.slice(0, most).join('')}…`, isCut: true };
}

/** The shorter the words, the larger the letters. Lines count as well: each takes a row of the wall. */
export function sizeOf(words: string, { hasPictures = false }: Beside = {}): 'large' | 'middle' | 'small' {
  const rows = words
    .split('\n')
    .reduce(
      (sum, line) => sum + Math.max(1, Math.ceil([...line].length / 16)),
      hasPictures ? ROWS_OF_PICTURES : 0,
    );
  if (rows <= 4) return 'large';
  return rows <= 10 ? 'middle' : 'small';
}

function spotlit({ viewId }: NonNullable<Room['spotlight']>): Scene {
  return { kind: 'spotlight', viewId };
}

/** The poll that is open, or the newest result. */
function pollScene(room: Room): Scene | null {
  for (const poll of room.polls) if (poll.phase === 'open') return { kind: 'voting', poll };
  const poll = newestResult(room);
  return poll === null ? null : { kind: 'result', poll };
}

export function newestResult(room: Pick<Room, 'polls'>): ClosedPoll | null {
  return room.polls.reduce<ClosedPoll | null>(
    (newest, poll) =>
      poll.phase === 'closed' && (newest === null || poll.closedAt >= newest.closedAt) ? poll : newest,
    null,
  );
}

function isFresh(room: Room, poll: ClosedPoll, nowMs: number): boolean {
  const item = room.agenda.find(({ id }) => id === room.currentItemId);
  const hasMovedOn =
    item?.startedAt !== null && item?.startedAt !== undefined && item.startedAt > poll.closedAt;
  const turn = currentTurn(room);
  const isSomebodySpeaking = turn !== undefined && turn.startedAt > poll.closedAt;
  return !hasMovedOn && !isSomebodySpeaking && nowMs - Date.parse(poll.closedAt) < RESULT_MS;
}
