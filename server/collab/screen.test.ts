import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import type { ParticipantId } from '../../core/domain/ids.ts';
import { uuid } from '../../core/testing/builders.ts';
import { AppError } from '../app-error.ts';
import { besideNothing } from '../testing/bombs.ts';
import { typeInto } from '../testing/yjs-words.ts';
import { purseIn } from './buckets.ts';
import { readUpdate } from './guard.ts';
import { createScreen } from './screen.ts';

const author = (n: number, labour: number) => {
  const sizes = { labour: { burst: labour, perSecond: 1 } };
  return {
    authorId: uuid('part', n) as ParticipantId,
    ids: { take: () => true },
    labour: purseIn({ sizes, nowMs: () => 0, fullAtMs: { labour: 0 } }, 'labour'),
  };
};

function read(data: Uint8Array) {
  const update = readUpdate(data);
  if (update === null) throw new Error('unreadable');
  return update;
}

function written(words: string) {
  const doc = new Y.Doc();
  typeInto(doc, words);
  return read(Y.encodeStateAsUpdate(doc));
}

const screenOf = (doc = new Y.Doc()) =>
  createScreen({
    text: { doc, catchUp: () => Promise.resolve() },
    owners: { claim: () => Promise.resolve('owned') },
  });

describe(createScreen.name, () => {
  it('sends away whoever owes for what their edits cost, and nobody else [W17]', async () => {
    const screen = screenOf();
    const [spender, other] = [author(1, 20), author(2, 20)];
    const entries = [spender, spender, other].map((from, index) => ({
      from,
      update: written(`第${index}段`),
      answer: 0,
    }));
    const verdicts = await screen(entries);
    expect(entries.map((entry) => verdicts.get(entry)?.kind)).toEqual(['fresh', 'crowded', 'fresh']);
  });

  it('asks to be paid also for what lacks something, and for what is refused [W17]', async () => {
    const screen = screenOf();
    const entriesOf = (from: ReturnType<typeof author>, data: Uint8Array) =>
      [1, 2, 3].map(() => ({ from, update: read(data), answer: 0 }));
    const gaps = entriesOf(author(1, 700), besideNothing(5, 3, [10_000_000]));
    const nested = new Y.Doc();
    const blocks = ['paragraph', 'script'].map((name) => new Y.XmlElement(name));
    nested.getXmlFragment(TEXT_FRAGMENT).insert(0, blocks);
    const strange = entriesOf(author(2, 5), Y.encodeStateAsUpdate(nested));
    const verdicts = await screen([...gaps, ...strange]);
    expect(gaps.map((entry) => verdicts.get(entry)?.kind)).toEqual(['gap', 'gap', 'crowded']);
    expect(strange.map((entry) => verdicts.get(entry)?.kind)).toEqual(['malformed', 'crowded', 'crowded']);
  });

  it('lets others have their turn between edits that are dear [W17]', async () => {
    let turns = 0;
    let beat = setImmediate(function again() {
      turns += 1;
      beat = setImmediate(again);
    });
    const entries = Array.from({ length: 20 }, (_, index) => ({
      from: author(1, 900_000),
      update: read(besideNothing(index + 1, 200)),
      answer: 0,
    }));
    const verdicts = await screenOf()(entries);
    clearImmediate(beat);
    expect(entries.map((entry) => verdicts.get(entry)?.kind)).not.toContain('crowded');
    expect(turns).toBeGreaterThan(1);
  });

  it('asks nobody to pay twice for what could not be stored at once [W17]', async () => {
    let isAway = true;
    const screen = createScreen({
      text: { doc: new Y.Doc(), catchUp: () => Promise.resolve() },
      owners: {
        claim: () => (isAway ? Promise.reject(new AppError('STORAGE_AWAY')) : Promise.resolve('owned')),
      },
    });
    const entry = { from: author(1, 50), update: written('等一等'), answer: 0 };
    for (let times = 0; times < 9; times += 1) await expect(screen([entry])).rejects.toThrow();
    isAway = false;
    expect((await screen([entry])).get(entry)?.kind).toBe('fresh');
  });
});
