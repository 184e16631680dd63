import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { openLocalCopy, onWipe, wipe } from './local-copy.ts';

/** What this device keeps, by the name of the copy. The library itself is tried in a real browser, by the journeys. */
const device = vi.hoisted(() => ({ copies: new Map<string, Uint8Array>(), cleared: [] as string[] }));
vi.mock('y-indexeddb', async () => {
  const { Doc, applyUpdate, encodeStateAsUpdate } = await vi.importActual<typeof Y>('yjs');
  function IndexeddbPersistence(this: object, name: string, doc: InstanceType<typeof Doc>) {
    const kept = device.copies.get(name);
    if (kept !== undefined) applyUpdate(doc, kept, this);
    const keep = () => void device.copies.set(name, encodeStateAsUpdate(doc));
    doc.on('update', keep);
    const destroy = () => Promise.resolve(doc.off('update', keep));
    const clearData = () => destroy().then(() => device.copies.delete(name));
    return Object.assign(this, { whenSynced: Promise.resolve(), destroy, clearData });
  }
  const clearDocument = (name: string) => {
    device.cleared.push(name);
    return name.includes('broken')
      ? Promise.reject(new Error('no'))
      : Promise.resolve(device.copies.delete(name));
  };
  return { IndexeddbPersistence, clearDocument };
});

/** A browser's door to its databases: it opens, says no, or says nothing. */
function stubDoor(says: 'success' | 'error' | null) {
  const open = () => {
    const request = new EventTarget();
    if (says !== null) queueMicrotask(() => request.dispatchEvent(new Event(says)));
    return Object.assign(request, { result: { close: () => undefined } });
  };
  vi.stubGlobal('indexedDB', { open });
}

const names = () => JSON.parse(localStorage.getItem('shangliang.texts') ?? '[]') as unknown;
beforeEach(() => {
  const items = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  });
  stubDoor('success');
});
afterEach(() => {
  device.copies.clear();
  device.cleared.length = 0;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const ids = { documentId: 'd', personId: 'p' };
const wordsIn = (doc: Y.Doc) => doc.getText('t').toString();

/** Somebody opens a text on this device, and writes in it. */
async function sit(who = ids, words = '') {
  const doc = new Y.Doc();
  const copy = await openLocalCopy(doc, who);
  const found = wordsIn(doc);
  if (words !== '') doc.getText('t').insert(0, words);
  return { doc, copy, found };
}

describe('openLocalCopy', () => {
  it('brings back what was written before, and tells it from what a person does [W14]', async () => {
    const { copy } = await sit(ids, '没保存的');
    copy?.close();
    const origins: unknown[] = [];
    const doc = new Y.Doc();
    doc.on('update', (_: Uint8Array, origin: unknown) => origins.push(origin));
    const again = await openLocalCopy(doc, ids);
    expect(wordsIn(doc)).toBe('没保存的');
    doc.getText('t').insert(0, '新');
    expect(origins.map((origin) => again?.isOrigin(origin))).toEqual([true, false]);
  });

  it('gives nobody what somebody else wrote on this device, nor another text [W14]', async () => {
    await sit(ids, '甲写的');
    expect((await sit({ ...ids, personId: 'q' })).found).toBe('');
    expect((await sit({ ...ids, documentId: 'e' })).found).toBe('');
    expect((await sit()).found).toBe('甲写的');
  });

  it.each([null, 'error'] as const)('does without where the browser keeps nothing: %s', async (says) => {
    stubDoor(says);
    vi.useFakeTimers();
    const sitting = sit();
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await sitting).copy).toBeNull();
    vi.stubGlobal('indexedDB', undefined);
    expect(await openLocalCopy(new Y.Doc(), ids)).toBeNull();
    expect(names()).toEqual([]);
  });

  it('forgets the copy of a text that the server will never take, and no other', async () => {
    const { copy } = await sit(ids, '旧的');
    await sit({ ...ids, documentId: 'e' }, '别的');
    await copy?.forget();
    expect([...device.copies.keys()]).toEqual(['shangliang:text:e:p']);
    expect(names()).toEqual(['shangliang:text:e:p']);
    expect((await sit()).found).toBe('');
  });
});

describe('wipe', () => {
  it('takes every copy of one person from the device, and nobody else’s', async () => {
    await sit(ids, '一');
    await sit({ ...ids, documentId: 'e' }, '二');
    await sit({ ...ids, personId: 'q' }, '三');
    await wipe('p');
    expect([...device.copies.keys()]).toEqual(['shangliang:text:d:q']);
    expect(names()).toEqual(['shangliang:text:d:q']);
  });

  it('tells whoever has texts open first, and goes on where one copy cannot be deleted', async () => {
    const heard: string[] = [];
    onWipe((personId) => heard.push(`${personId}, ${device.cleared.length} cleared`));
    await sit({ ...ids, documentId: 'broken' }, '一');
    await sit(ids, '二');
    await wipe('p');
    expect(heard).toEqual(['p, 0 cleared']);
    expect(device.copies.has('shangliang:text:d:p')).toBe(false);
    expect(names()).toEqual([]);
  });
});
