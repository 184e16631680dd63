import { rawClient } from '../server/testing/raw-text-client.ts';
import type { Scene } from '../server/testing/text-settled.ts';
import { within } from '../rehearsal/within.ts';
import { heldBy } from './resources.ts';
import type { TextFault, TextHall } from './text-fault.ts';

const ONCE = { short: 1, long: 1 };
const WRITERS = 6;
const SAVED_AGAIN_MS = 10_000;
/** What people write while nothing can be stored stays with them: a process holds a bounded queue of it. */
const MOST_MB = 64;
/** In life ten seconds, and the short form is over by then. */
const TELL_MS = { short: 1_000, long: 10_000 } as const;

const savedBy = ({ writers }: Scene) => writers.map(({ ledger }) => ledger.acknowledged());

/** PostgreSQL loses power under load and comes back; then it is away for long. */
async function databaseGoes(hall: TextHall): Promise<void> {
  const { world, texts, isLong, open, letWrite, seconds, expect, expectWithin, note } = hall;
  const scene = await open(WRITERS);
  const awayTellMs = TELL_MS[isLong ? 'long' : 'short'];
  for (const node of texts.nodes) await node.trouble({ kind: 'pace', limits: { awayTellMs } });
  const writing = letWrite([scene]);
  const savesAgain = async (since: string) => {
    const before = savedBy(scene);
    await expectWithin(`everybody is told again that it is saved, ${since}`, SAVED_AGAIN_MS, () =>
      savedBy(scene).every((count, n) => count > (before[n] ?? 0)),
    );
  };
  await seconds(0.5, 2);
  await world.database.crash();
  await world.database.back();
  await savesAgain('after the loss of power');
  const heldMb = () => texts.nodes.map((node) => heldBy(node.pid() ?? 0).rssMb);
  const before = heldMb();
  await world.database.leave();
  // What was committed before is told by now.
  await seconds(0.3, 1);
  const saved = savedBy(scene);
  await seconds(2, 30);
  expect('nothing is called saved while PostgreSQL is away', savedBy(scene).join() === saved.join());
  const told = scene.writers.filter(({ state }) => state().includes('STORAGE_AWAY')).length;
  expect(`everybody is told that nothing is being saved (${told} of ${WRITERS} are)`, told === WRITERS);
  const grown = Math.max(...heldMb().map((mb, n) => mb - (before[n] ?? 0)));
  note(`a process grew by ${grown.toFixed(0)} MB meanwhile`);
  expect(`what waits is bounded (${grown.toFixed(0)} MB)`, grown <= MOST_MB);
  await world.database.back();
  await savesAgain('after PostgreSQL was away');
  await writing.stop();
}

const [TEXTS, EACH] = [6, 2] as const;
const COMMIT_S = 0.3;
const COMES_IN_MS = 10_000;

/**
 * Each commit of a text takes 300 ms, and there are more texts than connections: people are still called saved, and
 * whoever comes in meanwhile at any process has their text.
 */
async function commitsAreSlow({ texts, open, letWrite, seconds, expect, note }: TextHall): Promise<void> {
  const scenes = await Promise.all(Array.from({ length: TEXTS }, () => open(EACH)));
  const writing = letWrite(scenes);
  await texts.slowCommits(COMMIT_S);
  try {
    await seconds(1, 5);
    const before = scenes.flatMap(savedBy);
    const began = performance.now();
    const coming = texts.nodes.flatMap((node) =>
      scenes.map(async ({ stage }) => {
        const reader = rawClient(node, stage.documentId, await stage.join('observer'));
        (await within(COMES_IN_MS, 'for somebody to come in', reader)).stop();
      }),
    );
    await Promise.all(coming);
    note(`${coming.length} people came in within ${Math.round(performance.now() - began)} ms`);
    await seconds(1.5, 10);
    const after = scenes.flatMap(savedBy);
    // Of whoever never pauses the product's own client says nothing: its light speaks of everything at once.
    const stock = scenes.flatMap(({ writers }) => writers.map((_, n) => n % 2 === 1));
    const left = after.filter((count, n) => stock[n] === true && count <= (before[n] ?? 0)).length;
    expect(`everybody who asks is called saved all the time (${left} are not)`, left === 0);
  } finally {
    await texts.slowCommits(0);
  }
  await writing.stop();
}

export const textDatabaseFaults: readonly TextFault[] = [
  {
    name: 'text 12: PostgreSQL loses power while people write, then is away',
    times: ONCE,
    inject: databaseGoes,
  },
  {
    name: 'text 13: every commit of a text takes 300 ms',
    times: ONCE,
    inject: commitsAreSlow,
  },
];
