import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLOSE } from '../../core/contract/errors.ts';
import { createTextRelay, type TextRelay } from '../testing/text-relay.ts';
import { leaveText, takeText, type OpenDocument } from './left-texts.ts';
import { wipe } from './local-copy.ts';

const ids = { documentId: 'd', personId: 'p' };
let relay: TextRelay;
beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  relay = createTextRelay();
  vi.stubGlobal('WebSocket', relay.Line);
  vi.stubGlobal('location', { protocol: 'http:', host: 'hall.test' });
});
afterEach(async () => {
  await wipe(ids.personId);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function taken(): Promise<OpenDocument> {
  const open = takeText(ids);
  await vi.advanceTimersByTimeAsync(100);
  return open;
}
const write = ({ doc }: OpenDocument, words: string) => doc.getText('t').insert(0, words);
const isClosed = ({ doc }: OpenDocument) => doc.isDestroyed;

describe('leaveText', () => {
  it('closes at once what is saved', async () => {
    const open = await taken();
    expect(open.text.saveState().kind).toBe('saved');
    leaveText(ids, open);
    expect(isClosed(open)).toBe(true);
  });

  it('stays until the last word is saved, and no longer [W1]', async () => {
    const open = await taken();
    write(open, '最后一句');
    leaveText(ids, open);
    expect(isClosed(open)).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(relay.doc.getText('t').toString()).toBe('最后一句');
    expect(isClosed(open)).toBe(true);
  });

  it('keeps what cannot be saved as long as the page lives, where the device keeps nothing, and gives it back [W14]', async () => {
    const open = await taken();
    expect(open.text.hasCopy()).toBe(false);
    relay.cut();
    write(open, '断线时写的');
    leaveText(ids, open);
    await vi.advanceTimersByTimeAsync(600_000);
    const again = takeText(ids);
    expect(again.doc).toBe(open.doc);
    expect(again.text.saveState()).toEqual({ kind: 'offline', edits: 1 });
    leaveText(ids, again);
    relay.mend();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(relay.doc.getText('t').toString()).toBe('断线时写的');
    expect(isClosed(open)).toBe(true);
    const fresh = takeText(ids);
    expect(fresh.doc).not.toBe(open.doc);
    leaveText(ids, fresh);
  });

  it('tries anew what was closed to a sign-in that had ended, and keeps every word of it [W14]', async () => {
    const open = await taken();
    open.text.compose(true);
    write(open, '被剪断前写的');
    relay.closeAll(CLOSE.revoked, 'SIGN_IN_REVOKED');
    leaveText(ids, open);
    await vi.advanceTimersByTimeAsync(60_000);
    relay.cut();
    const again = takeText(ids);
    await vi.advanceTimersByTimeAsync(100);
    expect(again.doc).toBe(open.doc);
    expect(again.text.saveState()).toEqual({ kind: 'offline', edits: 1 });
    expect(again.text.isSafe()).toBe(false);
    relay.mend();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(again.text.saveState().kind).toBe('saved');
    expect(relay.doc.getText('t').toString()).toBe('被剪断前写的');
    leaveText(ids, again);
    expect(isClosed(again)).toBe(true);
  });

  it('does not try anew what was put back to an earlier state [W16]', async () => {
    const open = await taken();
    write(open, '较晚的');
    relay.closeAll(CLOSE.reset, 'TEXT_RESET');
    leaveText(ids, open);
    const again = takeText(ids);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(again).toBe(open);
    expect(again.text.ended()).toBe('TEXT_RESET');
    leaveText(ids, again);
  });

  it('gives nobody the text of somebody else, and goes with the sign-in', async () => {
    const open = await taken();
    relay.cut();
    write(open, '我的');
    leaveText(ids, open);
    const theirs = takeText({ ...ids, personId: 'q' });
    expect(theirs.doc).not.toBe(open.doc);
    leaveText({ ...ids, personId: 'q' }, theirs);
    expect(isClosed(open)).toBe(false);
    await wipe(ids.personId);
    expect(isClosed(open)).toBe(true);
  });
});
