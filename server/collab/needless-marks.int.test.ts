import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { openText, type OpenText } from '../../client/lib/collab.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { rawClient, stopRaw, type RawClient } from '../testing/raw-text-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { differences } from '../testing/text-settled.ts';
import { createStage, polyfill, until, type Stage } from '../testing/text-stage.ts';

let database: TestDatabase;
let stage: Stage;
const texts: OpenText[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const text of texts.splice(0)) text.close();
  stopRaw();
  await stage.end();
});
afterAll(() => database.drop());

function makeBold({ doc }: RawClient): void {
  const paragraph = doc.getXmlFragment(TEXT_FRAGMENT).get(0) as Y.XmlElement;
  (paragraph.get(0) as Y.XmlText).format(0, 5, { bold: {} });
}

describe('createCollab, when two people make the same words bold at once', () => {
  it('shows both edits to whoever looks on, and does not tell them that something is not saved [W2] [W6]', async () => {
    stage = await createStage(database);
    const gateway = await stage.gateway();
    const one = await rawClient(gateway, stage.documentId, await stage.join('member'));
    one.type('一起改的字');
    const other = await rawClient(gateway, stage.documentId, await stage.join('member'));
    const observer = await stage.join('observer');
    const doc = new Y.Doc();
    const { documentId } = stage;
    const text = openText({
      documentId,
      personId: observer.personId,
      doc,
      url: gateway.url,
      WebSocketPolyfill: polyfill(observer),
    });
    texts.push(text);
    await until(
      () => [text.saveState().kind, String(other.doc.getXmlFragment(TEXT_FRAGMENT))],
      ([kind, words]) => kind === 'readOnly' && words?.includes('一起改的字') === true,
    );
    const said: string[] = [];
    text.subscribe(() => said.push(text.saveState().kind));
    // Neither has heard of the other's.
    makeBold(one);
    makeBold(other);
    for (const client of [one, other]) client.barrier(1);
    await until(() => [one, other].every(({ echoes }) => echoes.includes(1)));
    one.type('再写');
    await until(
      () => String(doc.getXmlFragment(TEXT_FRAGMENT)),
      (words) => words.includes('再写'),
    );
    expect(differences(doc, await stage.loaded())).toEqual([]);
    expect(said).toEqual([]);
  });
});
