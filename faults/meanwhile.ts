import type { Figures } from '../load/figures.ts';
import type { Trouble } from './fault.ts';

const SEEN_MS = 2_000;

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
