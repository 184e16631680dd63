import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CLOSE } from '../core/contract/errors.ts';
import { createHistogram, type Histogram } from '../load/histogram.ts';
import { within } from '../rehearsal/within.ts';
import { projectRoot } from '../server/paths.ts';
import { rawClient, type RawClient } from '../server/testing/raw-text-client.ts';
import { headersOf } from '../server/testing/text-stage.ts';
import { plainWords } from '../server/testing/text-strokes.ts';
import { until } from '../server/testing/until.ts';
import { Damage, type Order } from './text-attacker.ts';
import type { TextFault, TextHall } from './text-fault.ts';

/** So many that none of them has to wait for long before they may knock again. */
const ATTACKERS = { short: 4, long: 100 } as const;
const FRAMES = { short: 800, long: 100_000 } as const;
/** How often the honest writer asks, before the attack, and how long they think between two edits. */
const CALM_EDITS = { short: 80, long: 1_000 } as const;
const THINK_MS = 15;
const ANSWERED_MS = 2_000;

/** Somebody of ill will throws frames at the process where somebody else writes. */
async function throwMalformed({ texts, chance, isLong, open, expect, note }: TextHall): Promise<void> {
  const form = isLong ? 'long' : 'short';
  const { stage } = await open(2);
  const [node] = texts.nodes;
  if (node === undefined) throw new Error('no process');
  const attackers = await Promise.all(Array.from({ length: ATTACKERS[form] }, () => stage.join('member')));
  const honest = await rawClient(node, stage.documentId, await stage.join('recorder'));
  const calm = createHistogram();
  for (let edit = 0; edit < CALM_EDITS[form]; edit += 1) await writeOne(honest, calm);
  const fire = createHistogram();
  const attack = attackFrom({
    url: `${node.url}/${stage.documentId}`,
    cookies: attackers.map((person) => headersOf(person).cookie ?? ''),
    frames: FRAMES[form],
    seed: chance.below(2 ** 31),
  });
  const over = new AbortController();
  const ended = attack.finally(() => over.abort());
  while (!over.signal.aborted) await writeOne(honest, fire);
  const { frames, unreadable, cut, acknowledged, strange } = await ended;
  note(`${frames} frames, ${unreadable} of them unreadable; ${cut} connections were cut`);
  note(`an edit of somebody else is saved in ${figures(calm)} before, ${figures(fire)} meanwhile`);
  expect(`all ${FRAMES[form]} frames were sent (${frames})`, frames === FRAMES[form]);
  expect(`nothing unreadable is acknowledged (${acknowledged} were)`, acknowledged === 0);
  expect(
    `every frame is answered or its connection is cut: ${strange.slice(0, 5).join('; ')}`,
    strange.length === 0,
  );
  expect('an edit of somebody else is saved within 2 s', (fire.max() ?? Infinity) <= ANSWERED_MS);
  const lost = lostOf(honest, plainWords(await stage.loaded()));
  expect(`what somebody else wrote is there (${lost} of ${honest.echoes.length} are not)`, lost === 0);
  honest.stop();
}

/** One mark, with words behind it, and how long it takes until it is called saved. */
async function writeOne(raw: RawClient, times: Histogram, words = ''): Promise<void> {
  const number = raw.echoes.length + 1;
  const began = performance.now();
  raw.type(`〔${number}〕${words}`);
  raw.barrier(number);
  await within(10 * ANSWERED_MS, 'for an edit to be saved', echoed(raw, number));
  times.add(performance.now() - began);
  await new Promise((resolve) => setTimeout(resolve, THINK_MS));
}

function echoed(raw: RawClient, number: number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (raw.echoes[raw.echoes.length - 1] !== number) return;
      raw.socket.off('message', look);
      resolve();
    };
    raw.socket.on('message', look);
    look();
  });
}

function lostOf({ echoes }: RawClient, words: string): number {
  return echoes.filter((number) => !words.includes(`〔${number}〕`)).length;
}

function figures(times: Histogram): string {
  const [p50, p99] = [times.quantile(0.5) ?? NaN, times.quantile(0.99) ?? NaN];
  return `${p50.toFixed(1)} ms (p50), ${p99.toFixed(1)} ms (p99)`;
}

/** In a process of its own, so that it takes nothing from the loop of whoever is measured. */
async function attackFrom(order: Order): Promise<Damage> {
  const child = fork(join(projectRoot, 'faults/text-attacker.ts'), { execArgv: ['--import', 'tsx'] });
  child.send(order);
  const failed = once(child, 'exit').then(() => Promise.reject(new Error('the attacker ended early')));
  const [damage] = await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => undefined); // it has said all that it had to say
  return Damage.parse(damage);
}

/** A text grows to 3 MB in pieces that are small enough, of characters that take three bytes. */
const [PIECE, PIECES] = [60_000, 18] as const;
const TOLD_MS = 10_000;
/** Of a frame so large nobody reads as much as its type: ws ends it by itself. */
const TOO_LARGE: ReadonlySet<number> = new Set([CLOSE.tooLarge, 1009]);

/** An update of 300 KB, a frame of 10 MB, a text of 3 MB, while others write. */
async function grow({ texts, open, letWrite, expect, expectWithin, note }: TextHall): Promise<void> {
  const scene = await open(2);
  const { stage } = scene;
  const [node] = texts.nodes;
  if (node === undefined) throw new Error('no process');
  const writing = letWrite([scene]);
  const offender = await stage.join('member');
  const large = await rawClient(node, stage.documentId, offender);
  large.barrier(1);
  await until('the client is known as ours', () => large.echoes.length > 0, TOLD_MS);
  large.type('字'.repeat(100_000));
  large.barrier(2);
  await expectWithin('an update of 300 KB is refused', TOLD_MS, () => TOO_LARGE.has(large.closeCode ?? 0));
  expect(
    `whoever sent it is told why (${large.refusals.join()})`,
    large.refusals.includes('UPDATE_TOO_LARGE'),
  );
  const huge = await rawClient(node, stage.documentId, offender);
  huge.send(new Uint8Array(10 * 1024 * 1024));
  await expectWithin('a frame of 10 MB is refused', TOLD_MS, () => TOO_LARGE.has(huge.closeCode ?? 0));
  const rows = await stage.rows();
  expect(
    'nothing of it is in the log',
    rows.every(({ author }) => author !== offender.participantId),
  );
  expect('nothing of it is acknowledged', large.echoes.join() === '1' && huge.echoes.length === 0);
  const grower = await rawClient(node, stage.documentId, await stage.join('member'));
  const times = createHistogram();
  for (let piece = 0; piece < PIECES; piece += 1) await writeOne(grower, times, '长'.repeat(PIECE));
  note(`a piece of ${Math.round((3 * PIECE) / 1_024)} KB is saved in ${figures(times)}`);
  await writing.stop();
  grower.stop();
}

export const textHostileFaults: readonly TextFault[] = [
  {
    name: 'text 17: malformed frames beside an honest writer',
    times: { short: 1, long: 1 },
    inject: throwMalformed,
  },
  {
    name: 'text 19: an update, a frame and a text that are too large',
    times: { short: 1, long: 1 },
    inject: grow,
  },
];
