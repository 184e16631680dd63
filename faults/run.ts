import { chanceOf } from '../load/chance.ts';
import { openStage } from '../load/stage.ts';
import { createTroupe, type Troupe } from '../load/troupe.ts';
import { judge } from '../load/verdict.ts';
import { startActivity } from './activity.ts';
import type { Fault } from './fault.ts';
import { secretsOf } from './secrets.ts';
import { sealAndCompare } from './sealing.ts';
import type { World } from './world.ts';

/** What came of one misfortune. */
export type Outcome = {
  readonly name: string;
  readonly seed: number;
  /** Deeds that were acknowledged, refused, and never answered; knocks that had to be tried again. */
  readonly ok: number;
  readonly refused: number;
  readonly unknown: number;
  readonly again: number;
  /** Until the last had heard everything, once it was quiet. */
  readonly caughtUpMs: number | null;
  readonly seconds: number;
  /** Figures that belong to this misfortune alone. */
  readonly notes: readonly string[];
  /** Promises that were not kept. */
  readonly broken: readonly string[];
};

export type Setting = {
  readonly world: World;
  /** Where people knock: the doors of the world, or a liar's. */
  readonly doors: readonly string[];
  readonly seed: number;
  readonly isLong: boolean;
};

const EDITORS = 3;
/** A browser waits about so long before it tries again with the same key. */
const ATTEMPT_MS = 3_000;
/** A linker that knew them all would be found out among so many. */
const ENOUGH_BALLOTS = 30;
const PATIENCE_MS = 120_000;

/** A session, a hall at work, a misfortune, quiet; then what everybody was told against what there is. */
export async function runFault(fault: Fault, setting: Setting): Promise<Outcome> {
  const { world, doors, seed, isLong } = setting;
  const began = performance.now();
  const chance = chanceOf(seed);
  const broken: string[] = [];
  const notes: string[] = [];
  const expect = (what: string, holds: boolean) => void (holds || broken.push(what));
  let again = 0;
  const manners = { attemptMs: ATTEMPT_MS, patienceMs: PATIENCE_MS, troubled: () => void (again += 1) };
  const crashes = () => world.nodes.reduce((sum, { process }) => sum + process.crashes(), 0);
  const before = crashes();
  const told = () => undefined;
  const credentials = {
    urls: doors,
    login: null,
    password: null,
    studioId: null,
    manners: { ...manners, elsewhere: doors.slice(1) },
  };
  const stage = await openStage({ credentials, editors: EDITORS, people: fault.people, told });
  const troupe = createTroupe({ stage, doors, manners, told });
  let caughtUpMs: number | null = null;
  try {
    await troupe.admit(fault.people, 0.5);
    await troupe.openText();
    const activity = startActivity(troupe, chance, { storm: fault.storm });
    const wait = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1_000));
    await wait(0.5 + chance.next());
    const seconds = (short: number, long: number) => wait(isLong ? long : short);
    const note = (what: string) => void notes.push(what);
    const trouble = {
      world,
      troupe,
      chance,
      seconds,
      expect,
      note,
      again: () => again,
      quiet: activity.stop,
    };
    await fault.inject(trouble).finally(world.mend);
    // People go on for a moment in a world that is whole again.
    await wait(0.5);
    await activity.stop();
    const verdict = await judge(troupe, chance.pick([doors[0] ?? '', ...doors]));
    caughtUpMs = verdict.caughtUpMs;
    broken.push(...verdict.broken.map(({ promise, what }) => `${promise}: ${what}`));
    expect('everybody catches up', caughtUpMs !== null);
    broken.push(...(await sealAndCompare(stage)));
    const { ballots, told: secrets } = await secretsOf(world, troupe);
    broken.push(...secrets.map((what) => `secret ballots: ${what}`));
    if (fault.storm === 'ballot') {
      note(`${ballots} secret ballots, none of them told`);
      expect('enough secret ballots were cast to tell chance from knowledge', ballots >= ENOUGH_BALLOTS);
    }
  } catch (error) {
    broken.push(`it broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    troupe.leave();
  }
  await stage.leave();
  expect('no process ended by itself', crashes() === before);
  return {
    name: fault.name,
    seed,
    ...countsOf(troupe),
    again,
    caughtUpMs,
    seconds: (performance.now() - began) / 1_000,
    notes,
    broken,
  };
}

function countsOf(troupe: Troupe) {
  const ends = new Map<number, 'ok' | 'fail' | 'info'>();
  for (const step of troupe.history.steps()) ends.set(step.op, step.type === 'invoke' ? 'info' : step.type);
  const count = (end: string) => [...ends.values()].filter((one) => one === end).length;
  return { ok: count('ok'), refused: count('fail'), unknown: count('info') };
}
