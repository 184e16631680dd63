import { chanceOf } from './chance.ts';
import { Away, Refused } from '../rehearsal/doors.ts';
import { shareUnknown, writtenP95, type Figures } from './figures.ts';
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
/** More deeds than this share without an answer, and the hall was not served. */
const MOST_UNKNOWN = 0.01;

/** Whether everybody was served in time: what nobody answered and what nobody saw is not fast, it is missing. */
export function isHeld(
  figures: Figures,
  bounds: { readonly ackMs: number; readonly seenMs: number },
): boolean {
  const [ackMs, seenMs] = [writtenP95(figures), figures.seen.quantile(0.95)];
  if (ackMs === null || ackMs > bounds.ackMs || shareUnknown(figures) > MOST_UNKNOWN) return false;
  const wasViewed = figures.ends.view.ok > 0;
  return seenMs === null ? !wasViewed : seenMs <= bounds.seenMs;
}

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
    const figures = troupe.measureAnew();
    // Each step has a poll: a hall that votes at once is the hardest moment.
    const hall = { seed: seed + people, people, editors, lengthMs: STEP_MS, rates };
    const more = people - troupe.people.length;
    const wasServed = await withAnswers(told, async () => {
      if (more > 0) await troupe.admit(more, more / 100);
      await play(troupe, scheduleOf(hall), chanceOf(seed + people));
    });
    const [ackP95Ms, seenP95Ms] = [writtenP95(figures), figures.seen.quantile(0.95)];
    const held = wasServed && isHeld(figures, ceiling);
    steps.push({ people, ackP95Ms, seenP95Ms, held });
    told(`${people} people: acknowledged p95 ${round(ackP95Ms)} ms, seen p95 ${round(seenP95Ms)} ms`);
    if (!held || people === MOST_PEOPLE) return steps;
  }
}

/** False: the server no longer let people in, or no longer answered its chair. That is a ceiling too. */
async function withAnswers(told: (note: string) => void, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof Away) && !(error instanceof Refused)) throw error;
    told(`not served: ${error.message}`);
    return false;
  }
}

function round(ms: number | null): string {
  return ms === null ? '–' : String(Math.round(ms));
}
