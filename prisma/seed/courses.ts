import { chairIn } from '../../core/domain/scenarios/casting.ts';
import type { Scenario } from '../../core/domain/scenarios/scenario.ts';
import { scriptOf } from '../../core/domain/scenarios/script.ts';
import { DEMO_SCOPE } from './people.ts';
import { minutesSoFar, type Stage } from './replay.ts';

/** How far a session of the demo has come, and days from its morning to the day of the first start. */
export type Course =
  | { readonly stage: Extract<Stage, 'archived' | 'scheduled'>; readonly days: number }
  | { readonly stage: Extract<Stage, 'in_session'> };

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const HALF_HOUR = 30 * MINUTE;
const DAY = 48 * HALF_HOUR;
/** The county keeps Beijing time. */
const OFFSET = 16 * HALF_HOUR;
const NINE = 18 * HALF_HOUR;

/**
 * All of them hang on the first start of the server, so that the demo is fresh whenever that is: the archives are
 * two to four days old, for guests lose their names seven days after the close.
 */
export const COURSES: Readonly<Record<string, Course>> = {
  's01-school-traffic': { stage: 'scheduled', days: 0 },
  's02-elevator': { stage: 'archived', days: -4 },
  's03-crested-ibis': { stage: 'archived', days: -3 },
  's04-park-fire-lane': { stage: 'in_session' },
  's05-relocation-plots': { stage: 'archived', days: -2 },
  's06-downtown-parking': { stage: 'scheduled', days: 3 },
  's07-snack-stalls': { stage: 'scheduled', days: 10 },
};

/** When a session begins, for a server that is first started now. */
export function startOf(scenario: Scenario, course: Course, now: number): number {
  if (course.stage === 'in_session') {
    const script = scriptOf(scenario, DEMO_SCOPE, chairIn(scenario) ?? '');
    return now - (now % MINUTE) - minutesSoFar(scenario, script) * MINUTE;
  }
  if (course.days === 0) return soonToday(now);
  return midnight(now) + course.days * DAY + NINE;
}

/** The next quarter of an hour, whose doors are open, or the last one where the next would be tomorrow. */
function soonToday(now: number): number {
  const last = now - (now % QUARTER);
  const next = last + QUARTER;
  return midnight(next) === midnight(now) ? next : last;
}

function midnight(at: number): number {
  return at - ((at + OFFSET) % DAY);
}
