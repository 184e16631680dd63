import type { TextNode } from '../server/testing/text-fleet.ts';
import { brokenPromises, type Ledger } from '../server/testing/text-ledger.ts';
import type { Stage } from '../server/testing/text-stage.ts';
import { plainWords, writeMark } from '../server/testing/text-strokes.ts';
import { productWriter } from '../server/testing/text-writer.ts';
import { until } from '../server/testing/until.ts';
import { heldBy } from './resources.ts';
import type { TextFault, TextHall } from './text-fault.ts';

const TEXTS = { short: 20, long: 200 } as const;
const VISITORS = 12;
const MARKS = 3;
/** Two of three processes are told to stop, in turn, so often; the third lives through all of it. */
const [STOPS, LIVES] = [{ short: 4, long: 20 } as const, 2];
const BETWEEN_S = [3, 30] as const;
/** Nobody has a text open for longer than a visit, and it is folded and let go of at once. */
const PACE = { snapshotRows: 100, snapshotAgainMs: 100, idleRows: 6, idleMs: 200, unloadMs: 30 } as const;
const VISIT_MS = 60_000;
/** What a process holds of texts that nobody has open: nothing. Its heap may be a little fuller than at another moment. */
const MOST_MB = 48;
const QUIET_MS = 20_000;
/** Connections to PostgreSQL that a process had not needed yet, and one more. */
const POOL = 5;

/** For ten minutes people come to texts, write, see it saved and leave; processes are told to stop meanwhile. */
async function soak(hall: TextHall): Promise<void> {
  const { texts, isLong, seconds, expect, expectWithin, note } = hall;
  const form = isLong ? 'long' : 'short';
  const stages = await Promise.all(Array.from({ length: TEXTS[form] }, () => texts.openStage()));
  const ledgers = new Map<Stage, Ledger[]>(stages.map((stage) => [stage, []]));
  for (const node of texts.nodes) await node.trouble({ kind: 'pace', limits: PACE });
  const lives = texts.nodes[LIVES];
  if (lives === undefined) throw new Error('no process');
  const held = () => heldBy(lives.pid() ?? 0);
  const [empty, opened] = [held(), lives.did('opened')];
  const visits = comeAndGo(hall, ledgers);
  let warm = held();
  for (let stop = 0; stop < STOPS[form]; stop += 1) {
    await seconds(...BETWEEN_S);
    const node = texts.nodes[stop % LIVES];
    expect('a process that is told to stop ends well', (await node?.stop()) === 0);
    await node?.start();
    await node?.trouble({ kind: 'pace', limits: PACE });
    // By now everything was used once.
    if (stop === STOPS[form] / 4) warm = held();
  }
  const count = await visits.end();
  await expectWithin(
    'when everybody has left, so have their sockets',
    QUIET_MS,
    () => held().sockets <= empty.sockets + POOL,
  );
  const grown = held().rssMb - warm.rssMb;
  note(
    `${count} visits; one process opened ${lives.did('opened') - opened} texts and grew by ${grown.toFixed(0)} MB`,
  );
  expect(`a process keeps nothing of texts that it let go of (${grown.toFixed(0)} MB)`, grown <= MOST_MB);
  for (const [stage, written] of ledgers) {
    const broken = brokenPromises(written, plainWords(await stage.loaded()));
    expect(broken.slice(0, 3).join('; '), broken.length === 0);
  }
}

type Visits = { readonly end: () => Promise<number> };

function comeAndGo({ texts, chance }: TextHall, ledgers: ReadonlyMap<Stage, Ledger[]>): Visits {
  const over = new AbortController();
  const stages = [...ledgers.keys()];
  let count = 0;
  const visit = async () => {
    while (!over.signal.aborted) {
      const [stage, node] = [
        stages[chance.below(stages.length)],
        texts.nodes[chance.below(texts.nodes.length)],
      ];
      if (stage === undefined || node === undefined) return;
      count += 1;
      ledgers.get(stage)?.push(await write(`v${count}`, stage, node));
    }
  };
  const all = Promise.all(Array.from({ length: VISITORS }, visit));
  // Whoever ends it hears of a failure; until then it must not end the suite.
  all.catch(() => over.abort());
  return {
    end: async () => {
      over.abort();
      await all;
      return count;
    },
  };

  /** Somebody who was never there before: a person may not bring ever new client ids into a text. */
  async function write(name: string, stage: Stage, { url }: TextNode): Promise<Ledger> {
    const person = await stage.join('member');
    const writer = productWriter({ name, documentId: stage.documentId, person, url });
    try {
      await until(`${name} has the text`, writer.hasText, VISIT_MS);
      for (let mark = 0; mark < MARKS; mark += 1) writeMark(writer, chance);
      await until(`${name} is told that all is saved`, writer.isSaved, VISIT_MS);
      return writer.ledger;
    } finally {
      writer.close();
    }
  }
}

export const textSoak: TextFault = {
  name: 'text 25: texts are opened and let go of for ten minutes, while processes are told to stop',
  times: { short: 0, long: 1 },
  inject: soak,
};
