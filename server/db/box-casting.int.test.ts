import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PollId, SessionId } from '../../core/domain/ids.ts';
import { nullifierOf } from '../../core/domain/polls/box.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createBoxStore } from './boxes.ts';
import { MOST_STIRRED } from './stirring.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const choose = (choice: string): Paper => ({ shape: 'choices', choices: [choice] });

/** An open box, into which two processes cast. */
async function openBox() {
  const of = { sessionId: SessionId.parse(randomUUID()), pollId: PollId.parse(randomUUID()) };
  const [one, two] = [createBoxStore(db.pool), createBoxStore(db.pool)];
  await one.keepKey(of, { spki: 'AA', receipts: 'AA', sealed: 'x' });
  const newToken = () => {
    const msg = randomBytes(64).toString('base64url');
    return { msg, signature: randomBytes(384).toString('base64url'), nullifier: nullifierOf(msg) };
  };
  const rows = async () => {
    const found = await db.pool.query<{ xmin: string; nullifier: string }>(
      `select xmin::text, encode(nullifier, 'hex') as nullifier from poll_ballot where poll_id = $1 order by ctid`,
      [of.pollId],
    );
    return found.rows;
  };
  return { of, one, two, newToken, rows };
}

describe('casting into a box', () => {
  it('lays every ballot down among others, so that none is seen to be the last [B31]', async () => {
    const { of, one, newToken, rows } = await openBox();
    const tokens = Array.from({ length: 12 }, newToken);
    for (const token of tokens) await one.cast(of, { ...token, paper: choose('yes') });
    const laid = await rows();
    expect(new Set(laid.map(({ xmin }) => xmin)).size).toBe(1);
    const came = tokens.map(({ nullifier }) => nullifier);
    const lie = laid.map(({ nullifier }) => nullifier);
    expect([...lie].sort()).toEqual([...came].sort());
    // One in 479 million shuffles would keep the order.
    expect(lie).not.toEqual(came);
  });

  it('loses none of a crowd in two processes, and moves no more with one than it must [B31] [B33]', async () => {
    const { of, one, two, newToken, rows } = await openBox();
    const tokens = Array.from({ length: 300 }, newToken);
    const cast = tokens.map((token, n) =>
      (n % 2 ? one : two).cast(of, { ...token, paper: choose(n % 3 ? 'yes' : 'no') }),
    );
    expect(await Promise.all(cast)).toEqual(tokens.map((_, n) => choose(n % 3 ? 'yes' : 'no')));
    await one.cast(of, { ...newToken(), paper: choose('yes') });
    const laid = await rows();
    expect(laid).toHaveLength(301);
    const last = Math.max(...laid.map(({ xmin }) => Number(xmin)));
    expect(laid.filter(({ xmin }) => Number(xmin) === last)).toHaveLength(MOST_STIRRED + 1);
  });

  it('keeps one of the papers that one token brings in one moment, for all [B32]', async () => {
    const { of, one, two, newToken, rows } = await openBox();
    const token = newToken();
    const papers = Array.from({ length: 8 }, (_, n) => choose(`o${n}`));
    const lie = await Promise.all(
      papers.map((paper, n) => (n % 2 ? one : two).cast(of, { ...token, paper })),
    );
    expect(new Set(lie.map((paper) => JSON.stringify(paper))).size).toBe(1);
    expect(papers).toContainEqual(lie[0]);
    expect(await rows()).toHaveLength(1);
    expect(await one.cast(of, { ...token, paper: choose('late') })).toEqual(lie[0]);
  });

  it('takes nothing into a box that is closed, and answers for what lies there [B33]', async () => {
    const { of, one, newToken } = await openBox();
    const [kept, late] = [newToken(), newToken()];
    await one.cast(of, { ...kept, paper: choose('yes') });
    await db.pool.query('delete from poll_key where poll_id = $1', [of.pollId]);
    const both = [kept, late].map((token) => one.cast(of, { ...token, paper: choose('no') }));
    expect(await Promise.all(both)).toEqual([choose('yes'), null]);
  });
});
