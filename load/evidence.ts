import { sessionRoutes } from '../core/contract/sessions.ts';
import type { Envelope } from '../core/domain/events.ts';
import type { SessionId } from '../core/domain/ids.ts';
import type { Browser } from '../rehearsal/doors.ts';
import { readWholeRoom } from '../rehearsal/whole-room.ts';
import { cameTrue } from '../server/testing/until.ts';
import type { Evidence } from './findings.ts';
import type { Step } from './history.ts';
import type { Person } from './people.ts';

/** The whole log, page by page. */
export async function readLog(browser: Browser, sessionId: SessionId): Promise<readonly Envelope[]> {
  const log: Envelope[] = [];
  for (let more = true; more;) {
    const query = { after: log[log.length - 1]?.seq ?? 0 };
    const reply = await browser.call(sessionRoutes.getEvents, { params: { sessionId }, query });
    log.push(...reply.events);
    more = reply.more;
  }
  return log;
}

/** Waits until nobody is behind a seq any more; says how long it took, or null when somebody still is. */
export async function everybodyReaches(
  people: readonly Person[],
  seq: number,
  deadlineMs: number,
): Promise<number | null> {
  const began = performance.now();
  const areThere = () => people.every(({ listener }) => listener.heard().line.seq >= seq);
  return (await cameTrue(deadlineMs, areThere)) ? performance.now() - began : null;
}

/** Gathers what the promises are held against. The late comer reads last, when it is quiet. */
export async function gather({
  steps,
  sessionId,
  people,
  late,
  texts,
}: {
  readonly steps: readonly Step[];
  readonly sessionId: SessionId;
  readonly people: readonly Person[];
  readonly late: Browser;
  readonly texts: Evidence['texts'];
}): Promise<Evidence> {
  const room = await readWholeRoom(late, sessionId);
  const log = await readLog(late, sessionId);
  const heard = people.map(({ id, listener }) => ({
    reader: id,
    line: listener.heard().line,
    repeated: listener.heard().repeated,
  }));
  return { steps, log, late: room, heard, texts };
}
