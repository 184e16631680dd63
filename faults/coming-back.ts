import { sessionRoutes } from '../core/contract/sessions.ts';
import { openListener, type ListenerTools } from '../load/listener.ts';
import { createPacketReader } from '../load/packets.ts';
import type { Person } from '../load/people.ts';
import { createPictureReader } from '../load/pictures.ts';
import { within } from '../rehearsal/within.ts';
import type { Trouble } from './fault.ts';

const BACK_MS = 2_000;
const EVERY_MS = 200;

/** Somebody who has a seat opens the page anew: takes the snapshot, and hears the room from there. */
async function comeBack({ world, troupe }: Trouble, { id, browser }: Person): Promise<void> {
  const { sessionId } = troupe.stage;
  const tools: ListenerTools = {
    doors: world.doors,
    read: createPacketReader(),
    look: createPictureReader(),
    seen: () => undefined,
    jitter: Math.random,
  };
  const picture = tools.look(await browser.ask(sessionRoutes.getSnapshot, { params: { sessionId } }), id);
  const listener = openListener({ browser, sessionId, after: picture.seq }, tools);
  try {
    await listener.begun;
  } finally {
    listener.close();
  }
}

/** The room is read and come back to meanwhile, at both doors, one person after the other. */
export async function roomIsRead(trouble: Trouble, [short, long]: readonly [number, number]): Promise<void> {
  const { troupe, seconds, expect, note } = trouble;
  const state = { isOver: false };
  const tookMs: number[] = [];
  const failed: string[] = [];
  const over = seconds(short, long).then(() => (state.isOver = true));
  for (let n = 0; !state.isOver; n += 1) {
    const person = troupe.people[n % troupe.people.length];
    if (person === undefined) throw new Error('nobody is there');
    const began = performance.now();
    await within(BACK_MS, 'to come back', comeBack(trouble, person)).then(
      () => tookMs.push(performance.now() - began),
      (error: unknown) => failed.push(error instanceof Error ? error.message : String(error)),
    );
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  await over;
  note(`${tookMs.length} came back meanwhile, the slowest in ${Math.round(Math.max(0, ...tookMs))} ms`);
  expect(
    `whoever comes back reads and hears the room within 2 s (did not: ${failed.join('; ') || 'nobody'})`,
    failed.length === 0,
  );
  expect('people came back', tookMs.length > 1);
}
