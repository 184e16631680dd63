import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../core/contract/errors.ts';
import { DOORS } from '../../core/contract/limits.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import type { Reason } from '../../core/domain/refusals.ts';
import { createTextRelay, type TextRelay } from '../testing/text-relay.ts';
import { openText, type OpenText } from './collab.ts';

const TEN_MINUTES = 600_000;
let relay: TextRelay;
let texts: OpenText[];
beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  relay = createTextRelay();
  texts = [];
});
afterEach(() => {
  for (const text of texts) text.close();
  vi.useRealTimers();
});

/** A text is one run of characters here; what an editor makes of it is another test's business. */
async function opened(personId: string): Promise<{ text: OpenText; words: Y.Text; doc: Y.Doc }> {
  const doc = new Y.Doc();
  const text = openText({
    documentId: 'd',
    personId,
    doc,
    url: 'ws://hall.test/collab',
    WebSocketPolyfill: relay.Line,
  });
  texts.push(text);
  await vi.advanceTimersByTimeAsync(100);
  expect(text.saveState().kind).toBe('saved');
  return { text, doc, words: doc.getText('t') };
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('openText', () => {
  it('brings two who wrote offline for ten minutes together, with every word of both [W2]', async () => {
    const one = await opened('one');
    const other = await opened('other');
    one.words.insert(0, '甲乙');
    await pass(200);
    expect(other.words.toString()).toBe('甲乙');
    relay.cut();
    expect(one.text.saveState()).toEqual({ kind: 'offline', edits: 0 });
    for (let minute = 0; minute < 10; minute += 1) {
      one.words.insert(1, String(minute));
      other.words.insert(other.words.length, String(minute));
      await pass(TEN_MINUTES / 10);
    }
    expect(one.text.saveState()).toEqual({ kind: 'offline', edits: 10 });
    expect(one.text.isSafe()).toBe(false);
    relay.mend();
    await pass(30_000);
    for (const { text, words } of [one, other]) {
      expect(text.saveState().kind).toBe('saved');
      expect(text.isSafe()).toBe(true);
      expect(words.toString()).toBe('甲9876543210乙0123456789');
    }
    expect(relay.doc.getText('t').toString()).toBe('甲9876543210乙0123456789');
  });

  it('neither sends nor draws while a word is spelt, does not call it saved, and catches up behind it [W1] [W13]', async () => {
    const writer = await opened('writer');
    const other = await opened('other');
    const before = relay.heard.length;
    writer.text.compose(true);
    for (const letter of ['s', 'sh', 'shang']) {
      writer.words.delete(0, writer.words.length);
      writer.words.insert(0, letter);
    }
    other.words.insert(0, '别人');
    await pass(5_000);
    expect(writer.words.toString()).toBe('shang');
    expect(other.words.toString()).toBe('别人');
    expect(writer.text.saveState().kind).toBe('saving');
    writer.words.delete(0, 5);
    writer.words.insert(0, '商量');
    let drawn = 0;
    writer.doc.on('update', () => (drawn += 1));
    writer.text.compose(false);
    await pass(200);
    expect(drawn).toBe(1);
    expect(writer.text.saveState().kind).toBe('saved');
    expect([...writer.words.toString()].sort()).toEqual([...'商量别人'].sort());
    expect(other.words.toString()).toBe(writer.words.toString());
    // The word went in one piece, and the barrier behind it.
    const since = relay.heard.slice(before).filter((frame) => frame === 'sync 2' || frame === '102');
    expect(since).toEqual(['sync 2', '102', 'sync 2', '102']);
  });

  it('lets no letter out while a word is spelt, on no new line either, and is not up to date there by what came on the old one [W13]', async () => {
    const writer = await opened('writer');
    const other = await opened('other');
    writer.text.compose(true);
    writer.words.insert(0, 'shang');
    other.words.insert(0, '别人');
    await pass(100);
    relay.cut();
    relay.mend();
    await pass(4_000);
    expect(writer.text.saveState().kind).toBe('saving');
    expect(writer.words.toString()).toBe('shang');
    expect(other.text.saveState().kind).toBe('saved');
    expect(other.words.toString()).toBe('别人');
    expect(relay.doc.getText('t').toString()).toBe('别人');
    // Ten seconds after the last letter it does not wait any longer.
    await pass(10_000);
    expect(writer.text.saveState().kind).toBe('saved');
    expect(writer.words.toString()).toContain('别人');
    expect(other.words.toString()).toBe(writer.words.toString());
  });

  it('answers what it was asked while a word was spelt with what was written before the line was there, once it is a word [W1] [W13]', async () => {
    const writer = await opened('writer');
    relay.cut();
    writer.words.insert(0, '离线写的');
    writer.text.compose(true);
    writer.words.insert(4, 'sh');
    const before = relay.heard.length;
    relay.mend();
    await pass(4_000);
    expect(relay.doc.getText('t').toString()).toBe('');
    writer.words.delete(4, 2);
    writer.words.insert(4, '商');
    writer.text.compose(false);
    await pass(200);
    expect(relay.doc.getText('t').toString()).toBe('离线写的商');
    expect(writer.text.saveState().kind).toBe('saved');
    // In the answer, and not before it: it would build on what is not there.
    expect(relay.heard.slice(before).filter((frame) => frame.startsWith('sync'))).toEqual([
      'sync 0',
      'sync 1',
    ]);
  });

  it('puts a word back whose paragraph became a heading meanwhile within the same answer [W13]', async () => {
    const writer = await opened('writer');
    const block = (kind: string, words: string) => {
      const element = new Y.XmlElement(kind);
      element.insert(0, [new Y.XmlText(words)]);
      return element;
    };
    writer.doc.getXmlFragment(TEXT_FRAGMENT).insert(0, [block('paragraph', '前面后面')]);
    await pass(200);
    relay.cut();
    const run = (writer.doc.getXmlFragment(TEXT_FRAGMENT).get(0) as Y.XmlElement).get(0) as Y.XmlText;
    writer.text.onUprooted(({ run: root, at, words }) => root.insert(at, words));
    writer.text.compose(true);
    run.insert(2, 'shang');
    const there = relay.doc.getXmlFragment(TEXT_FRAGMENT);
    relay.doc.transact(() => {
      there.delete(0, 1);
      there.insert(0, [block('heading', '前面后面')]);
    });
    const before = relay.heard.length;
    relay.mend();
    await pass(4_000);
    run.delete(2, 5);
    run.insert(2, '商');
    writer.text.compose(false);
    await pass(200);
    expect(there.toString()).toBe('<heading>前面商后面</heading>');
    expect(relay.heard.slice(before).filter((frame) => frame.startsWith('sync'))).toEqual([
      'sync 0',
      'sync 1',
    ]);
    expect(writer.text.saveState().kind).toBe('saved');
  });

  it('has an edit asked for that is too large to be sent [W5]', async () => {
    const writer = await opened('writer');
    const other = await opened('other');
    writer.words.insert(0, '法'.repeat(DOORS.updateBytes / 3));
    await pass(5_000);
    expect(writer.text.saveState().kind).toBe('saved');
    expect(other.words.length).toBe(Math.floor(DOORS.updateBytes / 3));
    expect(relay.heard.filter((frame) => frame === 'sync 2')).toEqual([]);
  });

  it('does not come back with what no server takes, and says so', async () => {
    const writer = await opened('writer');
    writer.words.insert(0, '太长');
    relay.closeAll(CLOSE.frameTooLarge, '');
    await pass(60_000);
    expect(writer.text.ended()).toBe('UPDATE_TOO_LARGE');
    expect(writer.text.saveState()).toEqual({ kind: 'unsaved', reason: 'UPDATE_TOO_LARGE' });
    expect(writer.text.isSafe()).toBe(false);
  });

  it('says why the server sent it away for a while', async () => {
    const writer = await opened('writer');
    writer.words.insert(0, '快');
    writer.words.insert(1, '写');
    relay.closeAll(CLOSE.tooOften, 'TOO_OFTEN');
    expect(writer.text.saveState()).toEqual({ kind: 'offline', edits: 1, reason: 'TOO_OFTEN' });
    await pass(30_000);
    expect(writer.text.saveState().kind).toBe('saved');
  });

  it('asks at another door why it is not let in, and says so', async () => {
    let why: Reason | null = 'SIGN_IN_REVOKED';
    relay.cut();
    const text = openText({
      documentId: 'd',
      personId: 'shut out',
      doc: new Y.Doc(),
      url: 'ws://hall.test/collab',
      WebSocketPolyfill: relay.Line,
      whyShut: () => Promise.resolve(why),
    });
    texts.push(text);
    await pass(3_000);
    expect(text.saveState()).toEqual({ kind: 'offline', edits: 0, reason: 'SIGN_IN_REVOKED' });
    why = null;
    await pass(30_000);
    expect(text.saveState().kind).toBe('connecting');
    relay.mend();
    await pass(30_000);
    expect(text.saveState().kind).toBe('saved');
  });

  it.each(['REMOVED_FROM_SESSION', 'DOCUMENT_UNKNOWN'] as const)(
    'keeps what was written, says why and knocks no more where the door stays shut for good: %s [W5]',
    async (why) => {
      relay.cut();
      let asked = 0;
      const doc = new Y.Doc();
      const text = openText({
        documentId: 'd',
        personId: 'removed while away',
        doc,
        url: 'ws://hall.test/collab',
        WebSocketPolyfill: relay.Line,
        whyShut: ({ personId }) => {
          asked += 1;
          return Promise.resolve(personId === 'removed while away' ? why : null);
        },
      });
      texts.push(text);
      await pass(10);
      doc.getText('t').insert(0, '离线写的');
      await pass(60_000);
      expect(text.ended()).toBe(why);
      expect(text.saveState()).toEqual({ kind: 'unsaved', reason: why });
      expect(text.isSafe()).toBe(false);
      expect(asked).toBe(1);
    },
  );

  it('says that the text was put back, and is not taken for an old page', async () => {
    const writer = await opened('writer');
    relay.closeAll(CLOSE.reset, '');
    expect(writer.text.ended()).toBe('TEXT_RESET');
  });
});
