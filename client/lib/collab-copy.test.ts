import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../core/contract/errors.ts';
import { createFakeDatabases, type FakeDatabases } from '../testing/fake-databases.ts';
import { createTextRelay, type TextRelay } from '../testing/text-relay.ts';
import { copyName, countAhead, markAhead } from './ahead.ts';
import { openText, type OpenText } from './collab.ts';
import { kept } from './kept.ts';
import { wipe } from './local-copy.ts';

const ids = { documentId: 'd', personId: 'p' };
const name = copyName(ids);
const url = 'ws://hall.test/collab';
let relay: TextRelay;
let device: FakeDatabases;
let texts: OpenText[];
beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  relay = createTextRelay();
  device = createFakeDatabases();
  vi.stubGlobal('indexedDB', device.indexedDB);
  vi.stubGlobal('IDBKeyRange', device.IDBKeyRange);
  texts = [];
});
afterEach(async () => {
  for (const text of texts) text.close();
  await pass(100);
  const wiped = wipe(ids.personId);
  await pass(5_000);
  await wiped;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

type Page = { readonly text: OpenText; readonly words: Y.Text };

/** A window of the same person; a text is one run of characters here. */
function openWindow(): Page {
  const doc = new Y.Doc();
  const text = openText({ ...ids, doc, url, WebSocketPolyfill: relay.Line });
  texts.push(text);
  return { text, words: doc.getText('t') };
}
async function settledWindow(): Promise<Page> {
  const page = openWindow();
  await pass(200);
  return page;
}
const atServer = () => relay.doc.getText('t').toString();
const write = ({ words }: Page, more: string) => words.insert(words.length, more);

/** What the device would give a page that is opened now. */
function inCopy(): string {
  const doc = new Y.Doc();
  for (const row of device.rowsOf(name) ?? []) if (row instanceof Uint8Array) Y.applyUpdate(doc, row);
  return doc.getText('t').toString();
}

/** An earlier page wrote this without a line, and went. */
async function leaveUnsaved(words: string): Promise<void> {
  relay.cut();
  const page = await settledWindow();
  write(page, words);
  await pass(100);
  page.text.close();
  relay.mend();
  expect(countAhead(kept, ids.personId)).toBe(1);
  expect(inCopy()).toBe(words);
}

describe('openText with a copy on the device', () => {
  it('sends and keeps on in one window what is written after the other gave its edits up [W1] [W14]', async () => {
    const one = await settledWindow();
    const other = await settledWindow();
    write(other, '一');
    await pass(200);
    await one.text.discard();
    for (const word of ['二', '三', '四']) {
      write(other, word);
      await pass(200);
    }
    expect(atServer()).toBe('一二三四');
    expect(other.text.saveState().kind).toBe('saved');
    expect(other.text.hasCopy()).toBe(true);
    expect(inCopy()).toBe('一二三四');
  });

  it('keeps what one window has not saved when the other gives up what is its own, also the mark [W14]', async () => {
    const other = await settledWindow();
    relay.cut();
    write(other, '我还要');
    await pass(100);
    const one = await settledWindow();
    await one.text.discard();
    await pass(100);
    expect(inCopy()).toBe('我还要');
    expect(countAhead(kept, ids.personId)).toBe(1);
  });

  it('does not keep anew what was refused for good here as well', async () => {
    const one = await settledWindow();
    const other = await settledWindow();
    write(other, '太长');
    relay.closeAll(CLOSE.tooLarge, 'UPDATE_TOO_LARGE');
    await pass(100);
    await one.text.discard();
    await pass(1_000);
    expect(device.rowsOf(name)).toEqual([]);
    expect(other.words.toString()).toBe('太长');
  });

  it('makes one row of many', async () => {
    const page = await settledWindow();
    for (let nth = 0; nth < 600; nth += 1) write(page, '字');
    await pass(2_000);
    expect(device.rowsOf(name)?.length).toBeLessThan(10);
    expect(inCopy()).toBe('字'.repeat(600));
  });

  it('goes on where the device lets the copy go, says so, and keeps it again [W1] [W14]', async () => {
    const page = await settledWindow();
    relay.cut();
    write(page, '一');
    await pass(100);
    let told = 0;
    page.text.subscribe(() => (told += 1));
    device.refuse(true);
    device.drop(name);
    expect(page.text.hasCopy()).toBe(false);
    expect(told).toBe(1);
    write(page, '二');
    await pass(10_000);
    expect(page.text.hasCopy()).toBe(false);
    device.refuse(false);
    await pass(60_000);
    expect(page.text.hasCopy()).toBe(true);
    expect(inCopy()).toBe('一二');
    relay.mend();
    await pass(30_000);
    expect(atServer()).toBe('一二');
  });

  it('says that nothing is kept on a full disk, and saves all the same', async () => {
    const page = await settledWindow();
    device.fill(true);
    write(page, '一');
    await pass(10);
    expect(page.text.hasCopy()).toBe(false);
    write(page, '二');
    await pass(300);
    expect(atServer()).toBe('一二');
    device.fill(false);
    await pass(120_000);
    expect(inCopy()).toBe('一二');
    expect(page.text.hasCopy()).toBe(true);
  });

  it('is wiped on sign-out and on 4409 in every window, for good', async () => {
    const one = await settledWindow();
    write(one, '一');
    await pass(200);
    const wiped = wipe(ids.personId);
    await pass(100);
    await wiped;
    write(one, '二');
    await pass(200);
    expect(device.rowsOf(name)).toBeNull();
    const again = await settledWindow();
    write(again, '三');
    await pass(200);
    expect(inCopy()).toContain('三');
    relay.closeAll(CLOSE.reset, 'TEXT_RESET');
    await pass(5_000);
    expect(device.rowsOf(name)).toBeNull();
  });
});

describe('wipe', () => {
  const other = copyName({ documentId: 'd', personId: 'q' });
  async function keepTwo(): Promise<void> {
    write(await settledWindow(), '甲写的');
    const doc = new Y.Doc();
    const text = openText({ documentId: 'd', personId: 'q', doc, url, WebSocketPolyfill: relay.Line });
    texts.push(text);
    await pass(200);
    expect(device.rowsOf(name)).not.toBeNull();
    expect(device.rowsOf(other)).not.toBeNull();
  }
  const wipeAll = async () => {
    const wiped = wipe(ids.personId);
    await pass(5_000);
    await wiped;
  };

  it.each(['as noted', 'that could not be noted', 'noted by an earlier build'])(
    'takes away the copies of one person %s, and nobody else’s',
    async (how) => {
      await keepTwo();
      if (how !== 'as noted') for (const key of kept.keys('copy/')) kept.remove(key);
      if (how === 'noted by an earlier build') {
        kept.set('shangliang.texts', JSON.stringify([name, other]));
        vi.stubGlobal('indexedDB', { ...device.indexedDB, databases: undefined });
      }
      await wipeAll();
      expect(device.rowsOf(name)).toBeNull();
      expect(device.rowsOf(other)).not.toBeNull();
    },
  );

  it('does not fail where the device has no databases', async () => {
    await keepTwo();
    vi.stubGlobal('indexedDB', undefined);
    await wipeAll();
    expect(countAhead(kept, ids.personId)).toBe(0);
  });
});

describe('openText on a slow device', () => {
  it('does not call saved what an earlier page wrote and is still being read [W1] [W14]', async () => {
    await leaveUnsaved('上次断线时写的');
    let letGo: () => void = () => undefined;
    device.slow(new Promise<void>((resolve) => (letGo = resolve)));
    const page = openWindow();
    await pass(30_000);
    expect(page.text.saveState().kind).toBe('earlierUnread');
    // What this page writes is saved meanwhile, and told apart from it.
    write(page, '现在写的');
    expect(page.text.saveState().kind).toBe('saving');
    await pass(300);
    expect(atServer()).toBe('现在写的');
    expect(page.text.saveState().kind).toBe('earlierUnread');
    expect(countAhead(kept, ids.personId)).toBe(1);
    letGo();
    await pass(300);
    expect(atServer()).toContain('上次断线时写的');
    expect(page.text.saveState().kind).toBe('saved');
    expect(countAhead(kept, ids.personId)).toBe(0);
  });

  it('lets the others’ text be read and written meanwhile, and waits for nothing where nothing is missing', async () => {
    device.slow(new Promise(() => undefined));
    relay.doc.getText('t').insert(0, '别人');
    const page = openWindow();
    await pass(3_000);
    write(page, '写的');
    await pass(200);
    expect(atServer()).toBe('别人写的');
    expect(page.text.saveState().kind).toBe('saved');
    expect(page.text.isSafe()).toBe(true);
  });

  it('counts as a change what came late and the mark did not tell of', async () => {
    await leaveUnsaved('没有记号的');
    markAhead({ kept, name, now: Date.now }, 'none').settle();
    let letGo: () => void = () => undefined;
    device.slow(new Promise<void>((resolve) => (letGo = resolve)));
    const page = openWindow();
    await pass(3_000);
    const said = [page.text.saveState().kind];
    page.text.subscribe(() => said.push(page.text.saveState().kind));
    letGo();
    await pass(200);
    expect(said.filter((kind, nth) => kind !== said[nth - 1])).toEqual(['saved', 'saving', 'saved']);
    expect(atServer()).toBe('没有记号的');
  });

  it('leaves the mark, and says so, where the copy cannot be read, and takes it away where there can be none [W14]', async () => {
    await leaveUnsaved('读不出来的');
    device.refuse(true);
    const page = await settledWindow();
    expect(page.text.saveState().kind).toBe('earlierUnread');
    write(page, '新写的');
    await pass(200);
    expect(atServer()).toBe('新写的');
    expect(page.text.saveState().kind).toBe('earlierUnread');
    expect(countAhead(kept, ids.personId)).toBe(1);
    vi.stubGlobal('indexedDB', undefined);
    await settledWindow();
    expect(countAhead(kept, ids.personId)).toBe(0);
  });

  it('does not say so where there never was a copy, nor once the window that marked has brought it [W14]', async () => {
    for (const key of [...kept.keys('copy/'), 'shangliang.texts']) kept.remove(key);
    device.refuse(true);
    markAhead({ kept, name, now: Date.now }, 'of a page that could keep nothing').set(true);
    const page = await settledWindow();
    expect(page.text.saveState().kind).toBe('saved');
    expect(countAhead(kept, ids.personId)).toBe(0);

    device.refuse(false);
    const first = await settledWindow();
    relay.cut();
    write(first, '第一个窗口写的');
    await pass(100);
    device.refuse(true);
    relay.mend();
    const ears = new Map<string, () => void>();
    vi.stubGlobal('addEventListener', (type: string, ear: () => void) => ears.set(type, ear));
    const second = openWindow();
    await pass(3_000);
    expect(second.text.hasEarlierUnread()).toBe(true);
    await pass(30_000);
    expect(first.text.saveState().kind).toBe('saved');
    ears.get('storage')?.();
    expect(second.text.hasEarlierUnread()).toBe(false);
    expect(second.text.saveState().kind).toBe('saved');
  });

  it('says so all the while somebody types, and of a text that is opened anew only if it lacks the words', async () => {
    await leaveUnsaved('读不出来的');
    device.refuse(true);
    const page = await settledWindow();
    const said = new Set<boolean>();
    page.text.subscribe(() => said.add(page.text.hasEarlierUnread()));
    for (const word of ['一', '二', '三']) {
      write(page, word);
      await pass(200);
    }
    expect([...said]).toEqual([true]);
    const reopened = (hasEarlierUnread: boolean) => {
      const before = { isAhead: false, hasEarlierUnread };
      const text = openText({ ...ids, doc: new Y.Doc(), url, WebSocketPolyfill: relay.Line, before });
      texts.push(text);
      return text;
    };
    const [lacking, whole] = [reopened(true), reopened(false)];
    await pass(3_000);
    expect([lacking.hasEarlierUnread(), whole.hasEarlierUnread()]).toEqual([true, false]);
  });

  it('brings what an earlier page wrote as soon as a copy can be read that could not be read at first [W14]', async () => {
    await leaveUnsaved('上次写的');
    device.refuse(true);
    const page = await settledWindow();
    write(page, '这次写的');
    await pass(200);
    expect(atServer()).toBe('这次写的');
    device.refuse(false);
    await pass(5_000);
    expect(atServer()).toContain('上次写的');
    expect(page.text.saveState().kind).toBe('saved');
    expect(page.text.hasCopy()).toBe(true);
    expect(countAhead(kept, ids.personId)).toBe(0);
  });
});
