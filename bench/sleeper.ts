import { z } from 'zod';
import { RoomEvents } from '../core/contract/socket.ts';
import type { SessionId } from '../core/domain/ids.ts';
import { readLog } from '../load/evidence.ts';
import { follow } from '../load/follower.ts';
import { extend, lineFrom, markOf } from '../load/line.ts';
import { packetOf } from '../load/packets.ts';
import { within } from '../rehearsal/within.ts';
import { cameTrue } from '../server/testing/until.ts';
import { openEar } from './ear.ts';
import type { Guest } from './hall.ts';

const Told = z.tuple([z.literal('room:events'), RoomEvents]);
const Answer = z.object({ ok: z.literal(true), value: z.object({ seq: z.int(), behind: z.boolean() }) });
const CAUGHT_UP_MS = 20_000;

/** One who hears a room, stops reading for a while, and comes back as a browser does. */
export type Sleeper = {
  readonly sleep: () => void;
  /** Reads on, and rejects unless the server has let go of the socket. Then hears everything, once, in order. */
  readonly wake: () => Promise<void>;
  readonly close: () => void;
};

export async function openSleeper(guest: Guest, sessionId: SessionId, after: number): Promise<Sleeper> {
  const { browser } = guest;
  const follower = follow({ browser, sessionId, after }, () => undefined);
  const hear = async () => {
    const ear = await openEar(browser.url, browser.headers(), (event) => {
      const told = Told.safeParse(event).data;
      if (told !== undefined) follower.hear(packetOf(told[1].events));
    });
    const { value } = Answer.parse(await ear.ask('room:hear', { sessionId, after: follower.asking() }));
    if (value.behind) follower.behind(value.seq);
    return ear;
  };
  let ear = await hear();
  return {
    sleep: () => ear.pause(),
    wake: async () => {
      ear.resume();
      await within(CAUGHT_UP_MS, 'for the server to let go of a socket that nobody reads', ear.closed);
      ear = await hear();
      const log = await readLog(browser, sessionId);
      const all = extend(lineFrom(after), log.map(markOf));
      await cameTrue(CAUGHT_UP_MS, () => follower.heard().line.seq === all?.seq);
      const { line, repeated } = follower.heard();
      if (line.print !== all?.print || repeated > 0)
        throw new Error(`one who did not read heard ${line.seq} of ${all?.seq}, ${repeated} twice`);
    },
    close: () => {
      follower.stop();
      ear.close();
    },
  };
}
