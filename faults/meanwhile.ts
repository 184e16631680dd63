import type { Figures } from '../load/figures.ts';
import { cameTrue } from '../server/testing/until.ts';
import type { Troupe } from '../load/troupe.ts';
import type { Trouble } from './fault.ts';

const SEEN_MS = 2_000;
const ANSWERED_MS = 2_000;

/** What happens to one process or its door is no trouble of the other, nor what happens elsewhere of a room: people are answered. */
export async function othersGoOn(
  { troupe, seconds, expect }: Trouble,
  [short, long]: readonly [number, number],
): Promise<void> {
  const { ends } = troupe.measureAnew();
  await seconds(short, long);
  expect('people who have no trouble of it are answered meanwhile', ends.view.ok > 0);
}

/** Whatever became of the messages between the processes, everybody saw what was said. */
export function seenSoon({ expect, note }: Trouble, { seen }: Figures, when: string): void {
  const ms = Math.round(seen.quantile(0.99) ?? Infinity);
  note(`${when} a view is seen within ${ms} ms (p99)`);
  expect(`people of both processes see a view within 2 s ${when} (p99 ${ms} ms)`, ms <= SEEN_MS);
}

/** Whoever does something is told what came of it soon, not after somebody's time limit. */
export function answeredSoon({ expect, note }: Trouble, { acknowledged }: Figures, when: string): void {
  const { view, ballot, floor } = acknowledged;
  const ms = Math.round(Math.max(...[view, ballot, floor].map((times) => times.max() ?? 0)));
  note(`${when} the slowest answer took ${ms} ms`);
  expect(`everybody is answered within 2 s ${when} (the slowest took ${ms} ms)`, ms <= ANSWERED_MS);
}

/**
 * Takes down who hears at a door that is about to fall; what it answers waits until each of them has noticed and
 * everybody hears again, and says whether they do.
 */
export function hearingAgain({ people }: Troupe, door: string): (mostMs: number) => Promise<boolean> {
  const cut = people
    .filter(({ listener }) => listener.isHearing() && listener.door() === door)
    .map(({ listener }) => ({ listener, before: listener.reconnects() }));
  return (mostMs) =>
    cameTrue(
      mostMs,
      () =>
        cut.every(({ listener, before }) => listener.reconnects() > before) &&
        people.every(({ listener }) => listener.isHearing()),
    );
}
