import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { ParticipantId } from '../../core/domain/ids.ts';
import { uuid } from '../../core/testing/builders.ts';
import { AppError } from '../app-error.ts';
import { typeInto } from '../testing/yjs-words.ts';
import { bucketIn } from './buckets.ts';
import { readUpdate } from './guard.ts';
import { createScreen } from './screen.ts';

const author = (n: number, labour: number) => {
  const sizes = { labour: { burst: labour, perSecond: 1 } };
  return {
    authorId: uuid('part', n) as ParticipantId,
    ids: { take: () => true },
    labour: bucketIn({ sizes, nowMs: () => 0, fullAtMs: { labour: 0 } }, 'labour'),
  };
};

function written(words: string) {
  const doc = new Y.Doc();
  typeInto(doc, words);
  const update = readUpdate(Y.encodeStateAsUpdate(doc));
  if (update === null) throw new Error('unreadable');
  return update;
}

describe(createScreen.name, () => {
  it('sends away whoever asks for more labour than they have left, and nobody else [W17]', async () => {
    const screen = createScreen({
      text: { doc: new Y.Doc(), catchUp: () => Promise.resolve() },
      owners: { claim: () => Promise.resolve('owned') },
    });
    const [spender, other] = [author(1, 50), author(2, 50)];
    const entries = [spender, spender, other].map((from, index) => ({
      from,
      update: written(`第${index}段`),
      answer: 0,
    }));
    const verdicts = await screen(entries);
    expect(entries.map((entry) => verdicts.get(entry)?.kind)).toEqual(['fresh', 'crowded', 'fresh']);
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
