import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../core/contract/errors.ts';
import { DOORS } from '../../core/contract/limits.ts';
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

  it('answers the server while a word is spelt, and is not up to date on a new line by what came on the old one', async () => {
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
    // Ten seconds after the last letter it does not wait any longer.
    await pass(10_000);
    expect(writer.text.saveState().kind).toBe('saved');
    expect(writer.words.toString()).toContain('别人');
    expect(other.words.toString()).toBe(writer.words.toString());
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
    await pass(100);
    expect(text.saveState()).toEqual({ kind: 'offline', edits: 0, reason: 'SIGN_IN_REVOKED' });
    why = null;
    await pass(30_000);
    expect(text.saveState().kind).toBe('connecting');
    relay.mend();
    await pass(30_000);
    expect(text.saveState().kind).toBe('saved');
  });

  it('says that the text was put back, and is not taken for an old page', async () => {
    const writer = await opened('writer');
    relay.closeAll(CLOSE.reset, '');
    expect(writer.text.ended()).toBe('TEXT_RESET');
  });
});
