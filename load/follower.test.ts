import { describe, expect, it } from 'vitest';
import type { Envelope } from '../core/domain/events.ts';
import { SessionId } from '../core/domain/ids.ts';
import { uuid } from '../core/testing/builders.ts';
import type { Browser } from '../rehearsal/doors.ts';
import { follow } from './follower.ts';
import { extend, lineFrom, markOf } from './line.ts';
import { packetOf } from './packets.ts';
import { meeting } from './testing/meeting.ts';

const { log } = meeting(1, false);
const PAGE = 5;

/** A follower of the meeting whose HTTP door answers when it is told to. */
function follower(after: number, look?: () => Promise<number>) {
  const waiting: (() => void)[] = [];
  const call = async (_route: unknown, { query }: { query: { after: number } }) => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    const events = log.slice(query.after, query.after + PAGE);
    return { events, more: query.after + PAGE < log.length };
  };
  const browser = { call } as unknown as Browser;
  const seen: string[] = [];
  const sessionId = SessionId.parse(uuid('sess', 1));
  const one = follow({ browser, sessionId, after, ...(look === undefined ? {} : { look }) }, (ids) =>
    seen.push(...ids),
  );
  const answer = async () => {
    for (let turn = 0; turn < 50; turn += 1) {
      waiting.shift()?.();
      await Promise.resolve();
    }
  };
  const hear = (from: number, to: number) => one.hear(packetOf(log.slice(from, to)));
  return { ...one, hear, answer, seen, asked: () => waiting.length };
}

const truth = (from: number) => extend(lineFrom(from), log.map(markOf));
const viewsOf = (events: readonly Envelope[]) =>
  events.flatMap(({ event }) => (event.type === 'view:posted' ? [event.view.id] : []));

describe('follow', () => {
  it('comes to the line of the log by the socket alone', () => {
    const one = follower(3);
    one.hear(3, 10);
    one.hear(10, log.length);
    expect(one.heard()).toEqual({ line: truth(3), holes: 0, repeated: 0 });
    expect(one.seen).toEqual(viewsOf(log));
    expect(one.asked()).toBe(0);
  });

  it('begins anew with a newer snapshot where it had heard nothing, and with events where it had', async () => {
    const fresh = follower(0, async () => 8);
    fresh.behind(8);
    fresh.hear(9, 10);
    await fresh.answer();
    await fresh.answer();
    fresh.hear(10, log.length);
    expect(fresh.heard()).toMatchObject({ line: truth(8), repeated: 0 });
    const late = follower(0, async () => 8);
    late.hear(0, 1);
    late.behind(8);
    for (let page = 0; page < 5; page += 1) await late.answer();
    late.hear(8, log.length);
    expect(late.heard()).toMatchObject({ line: truth(0), repeated: 0 });
  });

  it('mends a hole by HTTP and goes on by the socket', async () => {
    const one = follower(0);
    one.hear(0, 4);
    one.hear(8, 12);
    one.hear(12, 14);
    await one.answer();
    one.hear(14, log.length);
    expect(one.heard().line).toEqual(truth(0));
    expect(one.heard().repeated).toBe(0);
    expect(one.seen).toEqual(viewsOf(log));
  });

  it('catches up when the server says that it is behind', async () => {
    const one = follower(2);
    one.behind(log.length);
    await one.answer();
    expect(one.heard().line).toEqual(truth(2));
  });

  it('tells a repetition from what it asked for again', () => {
    const one = follower(0);
    one.hear(0, 6);
    one.asking();
    one.hear(4, 8);
    expect(one.heard().repeated).toBe(0);
    one.hear(6, 9);
    expect(one.heard()).toMatchObject({ repeated: 1, line: { seq: 9 } });
  });
});
