import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { canonical } from '../../core/domain/canonical.ts';
import { digest } from '../../core/domain/digest.ts';
import { OutcomeNode, plainText, TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { withTransaction } from '../db/client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { UnfoldableError } from './folding.ts';
import { createTexts } from './texts.ts';
import { createStage, type Person, type Stage } from '../testing/text-stage.ts';
import { typeInto } from '../testing/yjs-words.ts';

let database: TestDatabase;
let stage: Stage;
let member: Person;
let texts: ReturnType<typeof createTexts> | null = null;
const textsOf = () => (texts = createTexts({ documentLog: stage.documentLog }));
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await texts?.close();
  await stage.end();
});
afterAll(() => database.drop());

async function written(work: (doc: Y.Doc) => void): Promise<Y.Doc> {
  stage = await createStage(database);
  member = await stage.join('member');
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (data: Uint8Array) => updates.push(data));
  work(doc);
  await stage.documentLog.append(
    stage.documentId,
    updates.map((data) => ({ authorId: member.participantId, signInId: member.signInId, data })),
  );
  return doc;
}

describe('createTexts', () => {
  it('seals a hash that the archive’s JSON gives again, and takes nothing more [O3]', async () => {
    await written((doc) => {
      typeInto(doc, '一、主要意见');
      const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
      const heading = new Y.XmlElement('heading');
      heading.setAttribute('level', 2 as unknown as string);
      const words = new Y.XmlText();
      heading.insert(0, [words]);
      fragment.push([heading]);
      words.insert(0, '值班\u0000表');
      words.format(0, 2, { bold: {} });
    });
    const sealed = await withTransaction(database.pool, (tx) => textsOf().seal(tx, stage.documentId));
    const { rows } = await database.pool.query<{ back: unknown }>('select $1::jsonb as back', [
      JSON.stringify(sealed.outcome),
    ]);
    const back = OutcomeNode.parse(rows[0]?.back);
    expect(digest(canonical(back))).toBe(sealed.sha256);
    expect(sealed.head).toBe((await stage.rows()).length);
    expect(plainText(back)).toBe('一、主要意见\n值班表');
    expect(back.content?.[1]).toMatchObject({
      type: 'heading',
      attrs: { level: 2 },
      content: [{ text: '值班', marks: [{ type: 'bold' }] }, { text: '表' }],
    });
    const after = await stage.documentLog.append(stage.documentId, [
      { authorId: member.participantId, signInId: member.signInId, data: new Uint8Array([0, 0]) },
    ]);
    expect(after).toEqual({ kind: 'locked' });
  });

  it('leaves out what the text cannot hold, and not its neighbours [O1]', async () => {
    await written((doc) => {
      typeInto(doc, '前');
      const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
      const script = new Y.XmlElement('script');
      script.insert(0, [new Y.XmlText('alert(1)')]);
      const last = new Y.XmlElement('paragraph');
      last.setAttribute('onclick', 'alert(1)');
      const words = new Y.XmlText('后');
      last.insert(0, [words]);
      fragment.push([script, last]);
      words.format(0, 1, { link: { href: 'javascript:alert(1)' } });
    });
    const { outcome } = await withTransaction(database.pool, (tx) => textsOf().seal(tx, stage.documentId));
    const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });
    expect(outcome).toEqual({ type: 'doc', content: [paragraph('前'), paragraph('后')] });
  });

  it('seals an empty text', async () => {
    await written(() => undefined);
    const { outcome, head } = await withTransaction(database.pool, (tx) =>
      textsOf().seal(tx, stage.documentId),
    );
    expect([outcome, head]).toEqual([{ type: 'doc' }, 0]);
  });

  it('seals nothing when the text cannot be folded: it is written on, and sealed the next time', async () => {
    await written((doc) => typeInto(doc, '还没完'));
    let why = new Error('the thread that folds texts ended');
    const broken = createTexts({
      documentLog: stage.documentLog,
      folding: {
        finalTextOf: () => Promise.reject(why),
        close: () => Promise.resolve(),
      },
    });
    const close = (by: typeof broken) =>
      withTransaction(database.pool, (tx) => by.seal(tx, stage.documentId));
    await expect(close(broken)).rejects.toMatchObject({ reason: 'BUSY' });
    // Nobody is asked to try again what will never be.
    why = new UnfoldableError('a row of another world');
    await expect(close(broken)).rejects.toThrow('of another world');
    const { rows } = await database.pool.query('select writable from document where id = $1', [
      stage.documentId,
    ]);
    expect(rows).toEqual([{ writable: true }]);
    expect(plainText((await close(textsOf())).outcome)).toBe('还没完');
  });

  it('unlocks and locks with the transaction that it is called in', async () => {
    await written(() => undefined);
    const { setWritable } = textsOf();
    const isWritable = async () =>
      (await database.pool.query('select writable from document where id = $1', [stage.documentId])).rows[0]
        .writable;
    await withTransaction(database.pool, (tx) => setWritable(tx, stage.documentId, false));
    expect(await isWritable()).toBe(false);
    await expect(
      withTransaction(database.pool, async (tx) => {
        await setWritable(tx, stage.documentId, true);
        throw new Error('the session did not open');
      }),
    ).rejects.toThrow('did not open');
    expect(await isWritable()).toBe(false);
  });
});
