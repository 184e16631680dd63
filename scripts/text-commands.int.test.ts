import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as Y from 'yjs';
import { projectRoot } from '../server/paths.ts';
import { testDatabase, type TestDatabase } from '../server/testing/test-database.ts';
import { createStage, type Stage } from '../server/testing/text-stage.ts';
import { typeInto, wordsOf } from '../server/testing/yjs-words.ts';

let database: TestDatabase;
let open: Stage;
let locked: Stage;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  [open, locked] = [await createStage(database), await createStage(database)];
  for (const { documentLog, documentId, join } of [open, locked]) {
    const { participantId, signInId } = await join('member');
    const doc = new Y.Doc();
    typeInto(doc, '从前的');
    await documentLog.append(documentId, [
      { authorId: participantId, signInId, data: Y.encodeStateAsUpdate(doc) },
    ]);
  }
  await database.pool.query('update document set writable = false where id = $1', [locked.documentId]);
});
afterEach(() => database.pool.query('update document set writable = false, recover_until = null'));
afterAll(() => database.drop());

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the command as npm does. */
async function run(script: string, args: readonly string[], url = database.url): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', `scripts/${script}.ts`, ...args], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'], DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code, ...said };
}

const refused = (words: string) => ({ code: 1, out: '', err: expect.stringContaining(words) });
const nowhere = () => {
  const url = new URL(database.url);
  url.port = '1';
  return url.href;
};

describe('npm run recover-texts', () => {
  /** For how many hours from now, about; null: not at all. */
  async function hoursOf({ documentId }: Stage): Promise<number | null> {
    const { rows } = await database.pool.query<{ hours: number | null }>(
      'select round(extract(epoch from recover_until - now()) / 3600)::int as hours from document where id = $1',
      [documentId],
    );
    return rows[0]?.hours ?? null;
  }

  it.each([
    { args: [], hours: 24 },
    { args: ['3'], hours: 3 },
  ])(
    'lets texts that take writing be brought back for $hours hours, and says so: $args [W15]',
    async (wish) => {
      expect(await run('recover-texts', wish.args)).toEqual({
        code: 0,
        out: `For ${wish.hours} hours 1 texts take back what browsers still have.\n`,
        err: '',
      });
      expect(await Promise.all([open, locked].map(hoursOf))).toEqual([wish.hours, null]);
    },
  );

  it('refuses a time that is none, and does nothing [W15]', async () => {
    const wrong = ['169', '1.5'];
    const all = await Promise.all(wrong.map((hours) => run('recover-texts', [hours])));
    expect(all).toEqual(
      wrong.map(() => refused('Say for how many hours, 1 to 168: npm run recover-texts -- 24')),
    );
    expect(await hoursOf(open)).toBeNull();
  });

  it('fails when there is no database', async () => {
    expect(await run('recover-texts', [], nowhere())).toEqual(refused('ECONNREFUSED'));
  });
});

describe('npm run begin-text-anew', () => {
  it('empties the text of that session alone, and says so [W16]', async () => {
    const other = await createStage(database);
    expect(await run('begin-text-anew', [open.sessionId])).toEqual({
      code: 0,
      out: 'The text is empty. Whoever had it open is told.\n',
      err: '',
    });
    expect(wordsOf(await open.loaded())).toBe('');
    expect(await open.documentLog.beginning(open.documentId)).toMatchObject({ generation: 1 });
    for (const { documentLog, documentId } of [locked, other])
      expect(await documentLog.beginning(documentId)).toMatchObject({ generation: 0 });
  });

  it('refuses whatever is no session, and a text that takes no writing [W16]', async () => {
    const asked = [['abc'], [open.documentId], [locked.sessionId]];
    const all = await Promise.all(asked.map((args) => run('begin-text-anew', args)));
    expect(all).toEqual([
      refused('Say whose: npm run begin-text-anew -- SESSION'),
      refused('There is no such session.'),
      refused('Its text takes no writing'),
    ]);
    for (const stage of [open, locked]) {
      expect(wordsOf(await stage.loaded())).toBe('从前的');
      expect(await stage.documentLog.beginning(stage.documentId)).toMatchObject({ generation: 0 });
    }
  });
});
