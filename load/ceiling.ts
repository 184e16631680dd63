import { chanceOf } from './chance.ts';
import { writtenP95 } from './figures.ts';
import { MOST_PEOPLE, type Options } from './options.ts';
import { play } from './play.ts';
import { scheduleOf } from './schedule.ts';
import type { Troupe } from './troupe.ts';

/** One step of the search: how many were there, and how fast it was. */
export type CeilingStep = {
  readonly people: number;
  readonly ackP95Ms: number | null;
  readonly seenP95Ms: number | null;
  readonly held: boolean;
};

const STEP_MS = 15_000;
const GROWTH = 1.25;

/** Adds people by a quarter until they are answered, or see each other, too late. */
export async function findCeiling(
  troupe: Troupe,
  options: Options,
  told: (note: string) => void,
): Promise<readonly CeilingStep[]> {
  const { ceiling, rates, seed, editors } = options;
  if (ceiling === null) return [];
  const steps: CeilingStep[] = [];
  for (let people = options.people; ; people = Math.min(MOST_PEOPLE, Math.ceil(people * GROWTH))) {
    const more = people - troupe.people.length;
    if (more > 0) await troupe.admit(more, more / 100);
    const figures = troupe.measureAnew();
    // Each step has a poll: a hall that votes at once is the hardest moment.
    const hall = { seed: seed + people, people, editors, lengthMs: STEP_MS, rates };
    await play(troupe, scheduleOf(hall), chanceOf(seed + people));
    const [ackP95Ms, seenP95Ms] = [writtenP95(figures), figures.seen.quantile(0.95)];
    const held = (ackP95Ms ?? 0) <= ceiling.ackMs && (seenP95Ms ?? 0) <= ceiling.seenMs;
    steps.push({ people, ackP95Ms, seenP95Ms, held });
    told(`${people} people: acknowledged p95 ${round(ackP95Ms)} ms, seen p95 ${round(seenP95Ms)} ms`);
    if (!held || people === MOST_PEOPLE) return steps;
  }
}

function round(ms: number | null): string {
  return ms === null ? '–' : String(Math.round(ms));
}
