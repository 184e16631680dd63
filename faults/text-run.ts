import { chanceOf } from '../load/chance.ts';
import { brokenWhenSettled, type Scene } from '../server/testing/text-settled.ts';
import { writeMark } from '../server/testing/text-strokes.ts';
import { productWriter, stockWriter, type TextWriter } from '../server/testing/text-writer.ts';
import { cameTrue, until } from '../server/testing/until.ts';
import type { Outcome } from './run.ts';
import type { TextFault, TextHall } from './text-fault.ts';
import type { TextWorld } from './text-world.ts';
import type { World } from './world.ts';

/** How long people think between two marks, at most. */
const THINK_MS = 120;
const OPEN_MS = 20_000;

export type TextSetting = {
  readonly world: World;
  readonly texts: TextWorld;
  readonly seed: number;
  readonly isLong: boolean;
};

/** Texts at work, a misfortune, quiet; then what everybody was told against what there is. */
export async function runTextFault(fault: TextFault, setting: TextSetting): Promise<Outcome> {
  const { world, texts, seed, isLong } = setting;
  const began = performance.now();
  const chance = chanceOf(seed);
  const scenes: Scene[] = [];
  const broken: string[] = [];
  const notes: string[] = [];
  const expect = (what: string, holds: boolean) => void (holds || broken.push(what));
  const crashes = () => texts.nodes.reduce((sum, node) => sum + node.crashes(), 0);
  const before = crashes();
  const hall: TextHall = {
    world,
    texts,
    chance,
    isLong,
    open: async (count) => {
      const scene = await openScene(texts, count);
      scenes.push(scene);
      return scene;
    },
    letWrite: (some) => letWrite(some, seed),
    seconds: (short, long) => pause((isLong ? long : short) * 1_000),
    expect,
    expectWithin: async (what, deadlineMs, holds) => expect(what, await cameTrue(deadlineMs, holds)),
    note: (what) => void notes.push(what),
  };
  let settledMs: number | null = null;
  try {
    await fault.inject(hall).finally(texts.mend);
    const quietAt = performance.now();
    for (const scene of scenes) broken.push(...(await brokenWhenSettled(scene)));
    settledMs = performance.now() - quietAt;
  } catch (error) {
    broken.push(`it broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    for (const { writers } of scenes) for (const writer of writers) writer.close();
  }
  expect('no process ended by itself', crashes() === before);
  const ledgers = scenes.flatMap(({ writers }) => writers.map(({ ledger }) => ledger));
  const ok = ledgers.reduce((sum, ledger) => sum + ledger.acknowledged(), 0);
  const done = ledgers.reduce((sum, ledger) => sum + ledger.length(), 0);
  return {
    name: fault.name,
    seed,
    ok,
    refused: 0,
    unknown: done - ok,
    again: 0,
    caughtUpMs: settledMs,
    seconds: (performance.now() - began) / 1_000,
    notes,
    broken,
  };
}

async function openScene({ openStage, nodes }: TextWorld, count: number): Promise<Scene> {
  const stage = await openStage();
  const writers: TextWriter[] = [];
  for (let n = 0; n < count; n += 1) {
    const person = await stage.join('member');
    const url = nodes[n % nodes.length]?.url ?? '';
    const opening = { name: `w${n}`, documentId: stage.documentId, person, url };
    writers.push(n % 2 === 0 ? productWriter(opening) : stockWriter(opening));
  }
  await until('everybody has the text', () => writers.every(({ hasText }) => hasText()), OPEN_MS);
  return { stage, writers, nodes };
}

function letWrite(scenes: readonly Scene[], seed: number): { stop: () => Promise<void> } {
  const over = new AbortController();
  const everybody = scenes.flatMap(({ writers }) => writers);
  const write = async (writer: TextWriter, index: number) => {
    const chance = chanceOf(seed + index);
    while (!over.signal.aborted) {
      writeMark(writer, chance);
      await pause(chance.next() * THINK_MS);
    }
  };
  const working = Promise.all(everybody.map(write));
  // Whoever stops it hears of a failure; until then it must not end the suite.
  working.catch(() => over.abort());
  return {
    stop: async () => {
      over.abort();
      await working;
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
