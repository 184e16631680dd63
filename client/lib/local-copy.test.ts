import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { createFakeDatabases, type FakeDatabases } from '../testing/fake-databases.ts';
import { kept } from './kept.ts';
import { openLocalCopy, onWipe, wipe, type LocalCopy } from './local-copy.ts';

let device: FakeDatabases;
let open: LocalCopy[];
beforeEach(() => {
  device = createFakeDatabases();
  open = [];
  vi.stubGlobal('indexedDB', device.indexedDB);
  vi.stubGlobal('IDBKeyRange', device.IDBKeyRange);
});
afterEach(() => {
  for (const copy of open) copy.close();
  for (const key of kept.keys('copy/')) kept.remove(key);
  vi.unstubAllGlobals();
});

const ids = { documentId: 'd', personId: 'p' };
const nameOf = ({ documentId, personId }: typeof ids) => `shangliang:text:${documentId}:${personId}`;
const wordsIn = (doc: Y.Doc) => doc.getText('t').toString();

/** Somebody opens a text on this device, and writes in it. */
async function sit(who = ids, words = '') {
  const doc = new Y.Doc();
  const copy = openLocalCopy(doc, who, {
    read: () => undefined,
    changed: () => undefined,
    emptied: () => true,
  });
  open.push(copy);
  const reading = await copy.reading;
  const found = wordsIn(doc);
  if (words !== '') doc.getText('t').insert(0, words);
  return { doc, copy, found, reading };
}

describe('openLocalCopy', () => {
  it('brings back what was written before [W14]', async () => {
    const { copy } = await sit(ids, '没保存的');
    copy.close();
    const again = await sit();
    expect(again.found).toBe('没保存的');
    expect(again.reading).toBe('read');
    expect(again.copy.isKept()).toBe(true);
  });

  it('gives nobody what somebody else wrote on this device, nor another text [W14]', async () => {
    await sit(ids, '甲写的');
    expect((await sit({ ...ids, personId: 'q' })).found).toBe('');
    expect((await sit({ ...ids, documentId: 'e' })).found).toBe('');
    expect((await sit()).found).toBe('甲写的');
  });

  it('does without where the browser keeps nothing, and tells that from what cannot be read now', async () => {
    device.refuse(true);
    const shut = await sit();
    expect([shut.reading, shut.copy.isKept()]).toEqual(['failed', false]);
    vi.stubGlobal('indexedDB', undefined);
    const none = await sit();
    expect([none.reading, none.copy.isKept()]).toEqual(['none', false]);
    expect(kept.keys('copy/')).toEqual([]);
  });

  it('forgets the copy of a text that the server will never take, and no other', async () => {
    const { copy } = await sit(ids, '旧的');
    const other = { ...ids, documentId: 'e' };
    await sit(other, '别的');
    await copy.forget();
    expect(device.rowsOf(nameOf(ids))).toEqual([]);
    expect((await sit()).found).toBe('');
    expect((await sit(other)).found).toBe('别的');
  });

  it('makes nothing where there was nothing to forget', async () => {
    device.refuse(true);
    const { copy } = await sit();
    device.refuse(false);
    await copy.forget();
    expect(device.rowsOf(nameOf(ids))).toBeNull();
  });
});

describe('wipe', () => {
  it('takes every copy of one person from the device, and nobody else’s', async () => {
    const mine = [ids, { ...ids, documentId: 'e' }];
    const theirs = { ...ids, personId: 'q' };
    for (const who of [...mine, theirs]) await sit(who, '写的');
    await wipe('p');
    expect(mine.map((who) => device.rowsOf(nameOf(who)))).toEqual([null, null]);
    expect(device.rowsOf(nameOf(theirs))).not.toBeNull();
    expect(kept.keys('copy/')).toEqual([`copy/${nameOf(theirs)}`]);
  });

  it('tells whoever has texts open first, and goes on where one copy cannot be deleted', async () => {
    const heard: unknown[] = [];
    const stop = onWipe((personId) => heard.push([personId, device.rowsOf(nameOf(ids)) !== null]));
    const broken = { ...ids, documentId: 'broken' };
    await sit(broken, '一');
    await sit(ids, '二');
    const real = device.indexedDB;
    vi.stubGlobal('indexedDB', {
      ...real,
      deleteDatabase: (name: string) => {
        if (name.includes('broken')) throw new Error('no');
        return real.deleteDatabase(name);
      },
    });
    await wipe('p');
    stop();
    expect(heard).toEqual([['p', true]]);
    expect(device.rowsOf(nameOf(ids))).toBeNull();
    // It is tried again at the next sign-out.
    expect(kept.keys('copy/')).toEqual([`copy/${nameOf(broken)}`]);
  });
});
