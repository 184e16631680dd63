import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../core/domain/outcome.ts';
import type { Chance } from '../load/chance.ts';
import type { TextNode } from '../server/testing/text-fleet.ts';
import type { TextDeed } from '../server/testing/text-troubles.ts';
import { eraseMark, fill, FILLING, writeMark } from '../server/testing/text-strokes.ts';
import type { TextWriter } from '../server/testing/text-writer.ts';
import { until } from '../server/testing/until.ts';
import type { TextFault, TextHall } from './text-fault.ts';

const WRITERS = 5;
const STEPS = { short: 400, long: 3_000 };
/** How long a step takes, at most; and how likely it is that in it something befalls somebody. */
const STEP_MS = 16;
const LIKELY = {
  stroke: 0.4,
  cut: 0.004,
  pull: 0.008,
  plug: 0.02,
  move: 0.006,
  strike: 0.004,
  raise: 0.03,
  tidy: 0.05,
};
const HINTS = { lost: 0.2, doubled: 0.2, late: 0.4 };
const DEATHS = [
  'before load',
  'before append',
  'after commit',
  'before publish',
  'before ack',
  'before snapshot',
  'after snapshot',
] as const;
/** A day of a text in seconds: folded every few rows and at every pause, let go of as soon as nobody is there. */
const PACE = {
  snapshotRows: 20,
  snapshotAgainMs: 50,
  idleRows: 4,
  idleMs: 150,
  unloadMs: 30,
} as const;

const FIRST_MS = 20_000;

/**
 * Five people do whatever editors do, on lines that break, at processes that die, on a bus that loses its order, while
 * the text is folded, its rows are deleted under the snapshots, and processes let go of it and load it anew.
 */
async function fuzz({ texts, chance, isLong, open, expect, note }: TextHall): Promise<void> {
  const { writers } = await open(WRITERS);
  const people = writers.map((writer) => ({ writer, undo: undoOf(writer) }));
  const fates = { deaths: 0, cuts: 0, moves: 0, tidied: 0 };
  const did = (deed: TextDeed) => texts.nodes.reduce((sum, node) => sum + node.did(deed), 0);
  const before = { opened: did('opened'), snapshots: did('snapshot') };
  for (const node of texts.nodes) await shuffle(node, chance);
  // The threads that fold take a second to start: the days of this text begin when they have.
  for (const writer of writers) for (let mark = 0; mark < PACE.idleRows; mark += 1) writeMark(writer, chance);
  await until('the first snapshot is made', () => did('snapshot') > before.snapshots, FIRST_MS);
  for (let step = 0; step < STEPS[isLong ? 'long' : 'short']; step += 1) {
    for (const { writer, undo } of people) {
      if (chance.next() < LIKELY.stroke) act(writer, undo, chance);
      befall(writer, texts.nodes, { chance, fates });
    }
    await strike(texts.nodes, { chance, fates });
    if (chance.next() < LIKELY.tidy) fates.tidied += await texts.tidy();
    await new Promise((resolve) => setTimeout(resolve, chance.next() * STEP_MS));
  }
  for (const { writer, undo } of people) {
    writer.line.plug();
    undo.destroy();
  }
  const [opened, snapshots] = [did('opened') - before.opened, did('snapshot') - before.snapshots];
  note(`${fates.deaths} processes died, ${fates.cuts} lines broke, ${fates.moves} people moved`);
  note(`${snapshots} snapshots, ${fates.tidied} rows deleted under them, the text loaded ${opened} times`);
  expect('snapshots are made', snapshots > 0);
  expect('rows under them are deleted', fates.tidied > 0);
}

type Fates = { deaths: number; cuts: number; moves: number; tidied: number };
type Hand = { readonly chance: Chance; readonly fates: Fates };

function undoOf({ doc }: TextWriter): Y.UndoManager {
  return new Y.UndoManager(doc.getXmlFragment(TEXT_FRAGMENT), { trackedOrigins: new Set([FILLING]) });
}

function act(writer: TextWriter, undo: Y.UndoManager, chance: Chance): void {
  const dice = chance.next();
  if (dice < 0.4) writeMark(writer, chance);
  else if (dice < 0.5) eraseMark(writer, chance);
  else if (dice < 0.85) fill(writer, chance);
  else if (dice < 0.93) undo.undo();
  else undo.redo();
}

function befall({ line }: TextWriter, nodes: readonly TextNode[], { chance, fates }: Hand): void {
  const fate = chance.next();
  const { cut, pull, plug, move } = LIKELY;
  if (fate < cut) line.cut();
  else if (fate < cut + pull) line.pull();
  else if (fate < cut + pull + plug) line.plug();
  else if (fate < cut + pull + plug + move) {
    line.lead(nodes[chance.below(nodes.length)]?.url ?? '');
    line.cut();
  }
  if (fate < cut + pull) fates.cuts += 1;
  else if (fate >= cut + pull + plug && fate < cut + pull + plug + move) fates.moves += 1;
}

async function shuffle(node: TextNode, chance: Chance): Promise<void> {
  await node.trouble({ kind: 'pace', limits: PACE });
  await node.trouble({ kind: 'hints', seed: chance.below(2 ** 31), ...HINTS });
}

/** Kills a process, at once or where it comes next; and lets one that is dead come back. */
async function strike(nodes: readonly TextNode[], { chance, fates }: Hand): Promise<void> {
  for (const node of nodes) {
    if (node.pid() === null) {
      if (chance.next() >= LIKELY.raise) continue;
      // It comes back while people write on. One that does not is started again at the end.
      node
        .start()
        .then(() => shuffle(node, chance))
        .catch(() => undefined);
    } else if (chance.next() < LIKELY.strike) {
      fates.deaths += 1;
      const at = DEATHS[chance.below(DEATHS.length + 1)];
      if (at === undefined) await node.kill();
      else await node.trouble({ kind: 'die', at, skip: chance.below(20) });
    }
  }
}

export const textFuzz: TextFault = {
  name: 'text fuzz: five people, lines that break, processes that die, hints in any order',
  times: { short: 1, long: 10 },
  inject: fuzz,
};
