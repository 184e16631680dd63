import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createHistogram, type Histogram } from '../load/histogram.ts';
import { projectRoot } from '../server/paths.ts';
import { rawClient, type RawClient } from '../server/testing/raw-text-client.ts';
import { headersOf } from '../server/testing/text-stage.ts';
import { plainWords } from '../server/testing/text-strokes.ts';
import { Damage, type Order } from './text-attacker.ts';
import { figures, lostOf, writeOne } from './text-edit-times.ts';
import type { TextFault, TextHall } from './text-fault.ts';

/** So many that none of them has to wait for long before they may knock again. */
const ATTACKERS = { short: 6, long: 100 } as const;
/** In each round, by turns: edits in calm, visits of people who do nothing wrong, malformed frames. */
const ROUNDS = { short: 4, long: 20 } as const;
const CALM_EDITS = { short: 20, long: 100 } as const;
const VISITS = { short: 80, long: 1_000 } as const;
const FRAMES = { short: 200, long: 5_000 } as const;
const ANSWERED_MS = 2_000;
/**
 * Unmoved is: as it is while as many people come and go who do nothing wrong, for every frame needs a connection of its
 * own. What is compared is the middle one of the windows' medians, so that a window in which the machine had something
 * else to do decides nothing; an attack that holds up the loop by itself moves all of them, and by more than this.
 */
const UNMOVED = { times: 2, ms: 15 } as const;

const WEATHERS = ['calm', 'visited', 'attacked'] as const;
type Weather = (typeof WEATHERS)[number];

/** How long an honest edit took, in one weather: all of them together, and the median of each window. */
type Times = { readonly all: Histogram; readonly medians: number[] };

/** Somebody of ill will throws frames at the process where somebody else writes. */
async function throwMalformed({ texts, chance, isLong, open, expect, note }: TextHall): Promise<void> {
  const form = isLong ? 'long' : 'short';
  const { stage } = await open(2);
  const [node] = texts.nodes;
  if (node === undefined) throw new Error('no process');
  const people = await Promise.all(Array.from({ length: ATTACKERS[form] }, () => stage.join('member')));
  const honest = await rawClient(node, stage.documentId, await stage.join('recorder'));
  const order = {
    url: `${node.url}/${stage.documentId}`,
    cookies: people.map((person) => headersOf(person).cookie ?? ''),
  };
  const crowd = await startCrowd();
  const times = timesOf();
  const sum = { frames: 0, unreadable: 0, cut: 0, acknowledged: 0, strange: [] as string[] };
  try {
    for (let round = 0; round < ROUNDS[form]; round += 1) {
      let edits = 0;
      await measure(honest, times.calm, () => (edits += 1) > CALM_EDITS[form]);
      const visits = { ...order, frames: VISITS[form], seed: 0, isHostile: false };
      const visited = await beside(crowd.come(visits), honest, times.visited);
      const attack = { ...order, frames: FRAMES[form], seed: chance.below(2 ** 31), isHostile: true };
      const damage = await beside(crowd.come(attack), honest, times.attacked);
      for (const key of ['frames', 'unreadable', 'cut', 'acknowledged'] as const) sum[key] += damage[key];
      sum.strange.push(...visited.strange, ...damage.strange);
    }
  } finally {
    crowd.leave();
  }
  note(`${sum.frames} frames, ${sum.unreadable} of them unreadable; ${sum.cut} connections were cut`);
  for (const weather of WEATHERS)
    note(`${weather}: an edit of somebody else is saved in ${figures(times[weather].all)}`);
  judge(times, { expect, note });
  const all = ROUNDS[form] * FRAMES[form];
  expect(`all ${all} frames were sent (${sum.frames})`, sum.frames === all);
  expect(`nothing unreadable is acknowledged (${sum.acknowledged} were)`, sum.acknowledged === 0);
  expect(
    `every frame is answered or its connection is cut: ${sum.strange.slice(0, 5).join('; ')}`,
    sum.strange.length === 0,
  );
  const lost = lostOf(honest, plainWords(await stage.loaded()));
  expect(`what somebody else wrote is there (${lost} of ${honest.echoes.length} are not)`, lost === 0);
  honest.stop();
}

function timesOf(): Readonly<Record<Weather, Times>> {
  const none = (): Times => ({ all: createHistogram(), medians: [] });
  return { calm: none(), visited: none(), attacked: none() };
}

/** One window: the honest one writes until it is over, at least once. */
async function measure(honest: RawClient, { all, medians }: Times, isOver: () => boolean): Promise<void> {
  const here = createHistogram();
  do await writeOne(honest, [all, here]);
  while (!isOver());
  medians.push(here.quantile(0.5) ?? NaN);
}

async function beside(doing: Promise<Damage>, honest: RawClient, times: Times): Promise<Damage> {
  const over = new AbortController();
  const ended = doing.finally(() => over.abort());
  await Promise.all([ended, measure(honest, times, () => over.signal.aborted)]);
  return await ended;
}

function judge(times: Readonly<Record<Weather, Times>>, { expect, note }: Pick<TextHall, 'expect' | 'note'>) {
  const middle = ({ medians }: Times) => medians.toSorted((a, b) => a - b)[medians.length >> 1] ?? Infinity;
  const [calm, visited, attacked] = WEATHERS.map((weather) => middle(times[weather]));
  if (calm === undefined || visited === undefined || attacked === undefined) return;
  const said = `${calm.toFixed(1)} ms calm, ${visited.toFixed(1)} ms visited, ${attacked.toFixed(1)} ms attacked`;
  note(`the middle of the windows’ medians: ${said}`);
  expect(
    `others’ latency is unmoved by what is malformed: ${said}`,
    attacked <= UNMOVED.times * visited + UNMOVED.ms,
  );
  expect(
    'an edit of somebody else is saved within 2 s',
    (times.attacked.all.max() ?? Infinity) <= ANSWERED_MS,
  );
}

/** In a process of its own, so that it takes nothing from the loop of whoever is measured. */
async function startCrowd() {
  const child = fork(join(projectRoot, 'faults/text-attacker.ts'), { execArgv: ['--import', 'tsx'] });
  const failed = once(child, 'exit').then(() => Promise.reject(new Error('the attacker ended early')));
  failed.catch(() => undefined); // whoever waits for it hears of that; who does not has all it had to say
  const said = () => Promise.race([once(child, 'message'), failed]);
  await said();
  return {
    come: async (order: Order): Promise<Damage> => {
      child.send(order);
      const [damage] = await said();
      return Damage.parse(damage);
    },
    leave: () => child.disconnect(),
  };
}

export const textMalformed: TextFault = {
  name: 'text 17: malformed frames beside an honest writer',
  times: { short: 1, long: 1 },
  inject: throwMalformed,
};
