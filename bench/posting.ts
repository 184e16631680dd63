import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { roomDoors } from '../core/contract/room.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { ViewId } from '../core/domain/ids.ts';
import { hearRoom, type Listener, type Speaker } from './audience.ts';
import type { Meeting } from './hall.ts';
import { atPace } from './pace.ts';
import { percentile } from './stats.ts';

export const VIEW_TEXT = '从急救角度讲，校门到路口这180米必须保证单侧净空。';

// Only what is used, as in bench/audience.ts: whether replies keep their promise is the tests' to ask.
const Reply = z.object({
  events: z.array(z.object({ seq: z.int(), event: z.object({ type: z.string() }) })),
});

/** All guests of a meeting, behind its newest event. */
export async function everybodyHears(meeting: Meeting): Promise<readonly Listener[]> {
  const after = await newestOf(meeting);
  return await Promise.all(meeting.guests.map((guest) => hearRoom(guest, meeting.sessionId, after)));
}

/** The seq of the newest event. */
export async function newestOf({ sessionId, chair }: Meeting): Promise<number> {
  return (await chair.call(sessionRoutes.getSnapshot, { params: { sessionId } })).room.seq;
}

/** The n-th view, by the next of the guests. */
export async function post({ sessionId, guests }: Meeting, n: number, text: string = VIEW_TEXT) {
  const guest = guests[n % guests.length];
  if (guest === undefined) throw new Error('nobody is there');
  const sentAt = performance.now();
  const answer = await guest.browser.ask(roomDoors.postView.route, {
    params: { sessionId },
    key: randomUUID(),
    body: { id: ViewId.parse(randomUUID()), stance: 'suggestion', text, replyTo: null },
  });
  const [envelope] = Reply.parse(JSON.parse(answer.toString())).events;
  if (envelope?.event.type !== 'view:posted') throw new Error('a view was answered with something else');
  return { sentAt, doneAt: performance.now(), seq: envelope.seq };
}

/** The peers move the same bytes as we do. */
export const SAID = {
  at: new Date(0).toISOString(),
  by: randomUUID(),
  event: {
    type: 'view:posted',
    view: { id: randomUUID(), stance: 'suggestion', text: VIEW_TEXT, replyTo: null },
    itemId: null,
  },
} as const;

export type Pace = { readonly count: number; readonly everyMs: number; readonly text?: string };
/** When something was posted, and the number by which it is heard. */
export type Posted = { readonly sentAt: number; readonly number: number };

/** Guests post in turn, through the doors. */
export async function postAll(meeting: Meeting, { count, everyMs, text }: Pace): Promise<readonly Posted[]> {
  return await atPace(count, everyMs, async (n) => {
    const { sentAt, seq } = await post(meeting, n, text);
    return { sentAt, number: seq };
  });
}

/** Sockets of a peer post in turn, from a number on. */
export async function sayAll(
  speakers: readonly Speaker[],
  from: number,
  { count, everyMs, text = VIEW_TEXT }: Pace,
): Promise<readonly Posted[]> {
  const event = { ...SAID.event, view: { ...SAID.event.view, text } };
  return await atPace(count, everyMs, async (n) => {
    const sentAt = performance.now();
    await speakers[n % speakers.length]?.ask('post', { n: from + n, ...SAID, event });
    return { sentAt, number: from + n };
  });
}

/** Time from post to seen, over all posts and all who heard them. */
export function seenP99(posts: readonly Posted[], listeners: readonly Listener[]): number {
  const waits = posts.flatMap(({ sentAt, number }) =>
    listeners.map(({ times }) => (times.get(number) ?? Infinity) - sentAt),
  );
  return percentile(waits, 0.99);
}
