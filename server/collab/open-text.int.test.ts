import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { openText, type OpenText } from '../../client/lib/collab.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import {
  createStage,
  polyfill,
  until,
  type Gateway,
  type Person,
  type Stage,
} from '../testing/text-stage.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';

let database: TestDatabase;
let stage: Stage;
const texts: OpenText[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const text of texts.splice(0)) text.close();
  await stage.end();
});
afterAll(() => database.drop());

function opened(gateway: Gateway, person: Person): { text: OpenText; doc: Y.Doc; states: string[] } {
  const doc = new Y.Doc();
  const text = openText({
    documentId: stage.documentId,
    personId: person.personId,
    doc,
    url: gateway.url,
    WebSocketPolyfill: polyfill(person),
  });
  texts.push(text);
  const states: string[] = [text.saveState().kind];
  text.subscribe(() => states.push(text.saveState().kind));
  return { text, doc, states };
}
const saved = (text: OpenText) =>
  until(
    () => text.saveState().kind,
    (kind) => kind === 'saved',
  );

describe('openText', () => {
  it('says saved when it is in the database, and not before [W1]', async () => {
    stage = await createStage(database);
    const { text, doc, states } = opened(await stage.gateway(), await stage.join('member'));
    await saved(text);
    typeInto(doc, '一');
    expect(text.saveState()).toEqual({ kind: 'saving' });
    await saved(text);
    expect(wordsOf(await stage.loaded())).toBe('一');
    expect(states).toEqual(['connecting', 'saved', 'saving', 'saved']);
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query('lock table document in exclusive mode');
    typeInto(doc, '二');
    const waits = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await until(
      async () => (await database.pool.query(waits)).rowCount ?? 0,
      (count) => count > 0,
    );
    expect(text.saveState()).toEqual({ kind: 'saving' });
    await client.query('rollback');
    client.release();
    await saved(text);
    expect(wordsOf(await stage.loaded())).toBe('一二');
  });

  it('counts edits while the server is away, and saves them when it is back, once [W1]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const { text, doc } = opened(gateway, await stage.join('member'));
    await saved(text);
    typeInto(doc, '在线。');
    await saved(text);
    await gateway.stop();
    await until(
      () => text.saveState().kind,
      (kind) => kind === 'offline',
    );
    // Written at one go.
    typeInto(doc, '离线一，');
    typeInto(doc, '离线二。');
    expect(text.saveState()).toEqual({ kind: 'offline', edits: 1 });
    await stage.gateway(undefined, gateway.port);
    await saved(text);
    expect(wordsOf(await stage.loaded())).toBe('在线。离线一，离线二。');
  });

  it('says why nothing is saved once the text is locked, and that a reader reads [W6]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const { text, doc } = opened(gateway, await stage.join('member'));
    const reader = opened(gateway, await stage.join('resident'));
    await saved(text);
    await until(
      () => reader.text.saveState(),
      (state) => state.kind === 'readOnly' && state.reason === 'ROLE_MAY_NOT',
    );
    await database.pool.query('update document set writable = false where id = $1', [stage.documentId]);
    typeInto(doc, '太晚');
    await until(
      () => text.saveState(),
      (state) => state.kind === 'unsaved' && state.reason === 'TEXT_LOCKED',
    );
    expect(wordsOf(reader.doc)).toBe('');
  });

  it('says what ended it when the server closes for good [P1]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const person = await stage.join('member');
    const { text } = opened(gateway, person);
    await saved(text);
    await stage.signOut(person);
    await gateway.collab.cut({ kind: 'sign-in', signInId: person.signInId });
    await until(text.ended, (reason) => reason === 'SIGN_IN_REVOKED');
    expect(text.saveState()).toEqual({ kind: 'readOnly', reason: 'SIGN_IN_REVOKED' });
  });

  it('becomes a writer without a new connection when the right comes [W3]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const person = await stage.join('observer');
    const { text, doc } = opened(gateway, person);
    await until(
      () => text.saveState().kind,
      (kind) => kind === 'readOnly',
    );
    await stage.setRole(person, { role: 'recorder' });
    await saved(text);
    typeInto(doc, '记录');
    await saved(text);
    expect(wordsOf(await stage.loaded())).toBe('记录');
  });

  it('opens and closes to writers with the session, and everybody keeps reading [S3]', async () => {
    stage = await createStage(database);
    stage.setState('scheduled');
    const gateway = await stage.gateway();
    const { text, doc } = opened(gateway, await stage.join('recorder'));
    await until(
      () => text.saveState(),
      (state) => state.kind === 'readOnly' && state.reason === 'SESSION_NOT_OPEN',
    );
    stage.setState('in_session');
    await saved(text);
    typeInto(doc, '会中');
    await saved(text);
    stage.setState('archived');
    await until(
      () => text.saveState(),
      (state) => state.kind === 'readOnly' && state.reason === 'TEXT_LOCKED',
    );
    const late = opened(gateway, await stage.join('observer'));
    await until(
      () => wordsOf(late.doc),
      (words) => words === '会中',
    );
  });

  it('goes on through a pause [S6]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const { text, doc, states } = opened(gateway, await stage.join('recorder'));
    await saved(text);
    stage.setState('paused');
    // Whoever comes in the pause writes too.
    const late = opened(gateway, await stage.join('member'));
    await saved(late.text);
    typeInto(late.doc, '休会时');
    await saved(late.text);
    await until(
      () => wordsOf(doc),
      (words) => words === '休会时',
    );
    typeInto(doc, '写下');
    await saved(text);
    expect(wordsOf(await stage.loaded())).toBe('休会时写下');
    expect(states).not.toContain('readOnly');
  });
});
