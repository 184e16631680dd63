import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId, ParticipantId } from '../../core/domain/ids.ts';
import { uuid } from '../../core/testing/builders.ts';
import { AppError } from '../app-error.ts';
import { typeInto } from '../testing/yjs-words.ts';
import { bucketIn } from './buckets.ts';
import { createOwners } from './owners.ts';

const documentId = uuid('docu', 1) as DocumentId;
const [mine, theirs, readers] = [1, 2, 3].map((n) => uuid('part', n) as ParticipantId);

/** A table of owners where the third person may not write. */
function stage() {
  const table = new Map<number, ParticipantId>();
  const asked: number[][] = [];
  const state = { isAway: false, isRecovering: false, questions: 0 };
  const text = { doc: new Y.Doc() };
  const owners = createOwners({
    documentId,
    text,
    documentLog: {
      isRecovering: () => {
        state.questions += 1;
        return Promise.resolve(state.isRecovering);
      },
      claimClients: async (_id, claims) => {
        asked.push(claims.map(({ clientId }) => clientId));
        await new Promise((resolve) => setImmediate(resolve));
        if (state.isAway) throw new AppError('STORAGE_AWAY');
        for (const { clientId, authorId } of claims)
          if (!table.has(clientId) && authorId !== readers) table.set(clientId, authorId);
        return new Map([...table].filter(([id]) => claims.some(({ clientId }) => clientId === id)));
      },
    },
  });
  return { owners, asked, state, text };
}
const claimant = (authorId = mine, burst = 64) => ({
  authorId: authorId as ParticipantId,
  ids: bucketIn({ sizes: { ids: { burst, perSecond: 1e-9 } }, nowMs: () => 0, fullAtMs: { ids: 0 } }, 'ids'),
});

describe(createOwners.name, () => {
  it('gives an id to whoever claims it first, for ever, and asks once [W4]', async () => {
    const { owners, asked } = stage();
    expect(await owners.claim(claimant(mine), [7])).toBe('owned');
    expect(await owners.claim(claimant(theirs), [7])).toBe('foreign');
    expect(await owners.claim(claimant(mine), [7])).toBe('owned');
    expect(asked).toEqual([[7]]);
  });

  it('makes nothing theirs who may not write, and asks again [W4]', async () => {
    const { owners } = stage();
    expect(await owners.claim(claimant(readers), [7])).toBe('unclaimed');
    expect(await owners.claim(claimant(mine), [7])).toBe('owned');
    expect(await owners.claim(claimant(readers), [7])).toBe('foreign');
  });

  it('asks for all that came meanwhile at once', async () => {
    const { owners, asked } = stage();
    const first = owners.claim(claimant(mine), [1]);
    await vi.waitUntil(() => asked.length === 1);
    const rest = [2, 3, 4].map((id) => owners.claim(claimant(theirs), [id]));
    expect(await Promise.all([first, ...rest])).toEqual(['owned', 'owned', 'owned', 'owned']);
    expect(asked).toEqual([[1], [2, 3, 4]]);
  });

  it('takes no more new ids of one person than they may bring [W10]', async () => {
    const { owners, asked } = stage();
    const person = claimant(mine, 3);
    expect(await owners.claim(person, [1, 2])).toBe('owned');
    expect(await owners.claim(person, [3, 4])).toBe('crowded');
    expect(await owners.claim(person, [3])).toBe('owned');
    expect(await owners.claim(person, [1, 2, 3])).toBe('owned');
    expect(await owners.claim(claimant(theirs, 3), [4])).toBe('owned');
    expect(asked).toEqual([[1, 2], [3], [4]]);
  });

  it('lets answers bring back what others wrote while a text is recovered, and makes none of it theirs [W15]', async () => {
    const { owners, asked, state } = stage();
    const answer = { isAnswer: true };
    expect(await owners.claim(claimant(theirs), [7])).toBe('owned');
    expect(await owners.claim(claimant(mine), [7, 8], answer)).toBe('foreign');
    state.isRecovering = true;
    expect(await owners.claim(claimant(mine), [7, 8], answer)).toBe('brought');
    // What somebody chooses to write stands under ids of their own, as ever.
    expect(await owners.claim(claimant(mine), [7])).toBe('foreign');
    expect(await owners.claim(claimant(theirs), [8])).toBe('owned');
    expect(asked).toEqual([[7], [8]]);
    const { questions } = state;
    expect(await owners.claim(claimant(theirs), [7, 8], answer)).toBe('owned');
    expect(state.questions).toBe(questions);
  });

  it('lets nobody bring more under an id whose owner is here and writes on, recovering or not [W4] [W15]', async () => {
    const { owners, state } = stage();
    state.isRecovering = true;
    const [answer, news] = [{ isAnswer: true }, { isAnswer: false }];
    // A cursor says nothing of what its owner has brought back.
    expect(await owners.claim(claimant(mine), [7])).toBe('owned');
    expect(await owners.claim(claimant(theirs), [7], answer)).toBe('brought');
    expect(await owners.claim(claimant(mine), [7], news)).toBe('owned');
    expect(await owners.claim(claimant(theirs), [7, 8], answer)).toBe('foreign');
    expect(await owners.claim(claimant(mine), [7, 8], answer)).toBe('brought');
    expect(await owners.claim(claimant(theirs), [8], answer)).toBe('brought');
  });

  it('takes nothing for ids that stand in the text, as after a restart [W10]', async () => {
    const { owners, text } = stage();
    text.doc.clientID = 5;
    typeInto(text.doc, '早先');
    expect(await owners.claim(claimant(mine, 0), [5])).toBe('owned');
  });

  it('takes for an id once, however often storage fails [W10]', async () => {
    const { owners, state } = stage();
    const person = claimant(mine, 1);
    state.isAway = true;
    for (let round = 0; round < 3; round += 1)
      await expect(owners.claim(person, [1])).rejects.toThrow('STORAGE_AWAY');
    state.isAway = false;
    expect(await owners.claim(person, [1])).toBe('owned');
  });
});
