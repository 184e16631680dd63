import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { STATUS } from '../../core/contract/errors.ts';
import { REASONS, type Reason } from '../../core/domain/refusals.ts';
import { newId } from './api.ts';
import { kept } from './kept.ts';
import { askWhyShut } from './why-shut.ts';

let answers: (() => Promise<Response>)[];
let asked: string[];
beforeEach(() => {
  kept.set('shangliang.who', 'me');
  vi.useFakeTimers({ now: 0, toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  [answers, asked] = [[], []];
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    return (answers.shift() ?? refusal('UNEXPECTED'))();
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const textOf = (personId: string) => ({ documentId: newId(), personId });
const refusal = (reason: Reason) => () => {
  const code = REASONS[reason];
  const body = { code, reason, message: reason, details: {}, requestId: 'r' };
  return Promise.resolve(Response.json(body, { status: STATUS[code] }));
};

describe(askWhyShut.name, () => {
  it.each([
    ['TOO_OFTEN', 'TOO_OFTEN'],
    ['TOO_MANY_WINDOWS', 'TOO_MANY_WINDOWS'],
    ['REMOVED_FROM_SESSION', 'REMOVED_FROM_SESSION'],
    ['DOCUMENT_UNKNOWN', 'DOCUMENT_UNKNOWN'],
    ['STORAGE_AWAY', 'STORAGE_AWAY'],
    // Whoever asks had a sign-in when the page was opened.
    ['SIGN_IN_NEEDED', 'SIGN_IN_REVOKED'],
    ['ROUTE_UNKNOWN', null],
    ['UNEXPECTED', null],
  ] as const)('tells of %s as %s', async (said, told) => {
    answers.push(refusal(said));
    expect(await askWhyShut(textOf('me'))).toBe(told);
  });

  it('does not take for final what is said of somebody else who signed in meanwhile [W14]', async () => {
    kept.set('shangliang.who', 'another');
    answers.push(refusal('DOCUMENT_UNKNOWN'), refusal('TOO_MANY_WINDOWS'));
    expect(await askWhyShut(textOf('me'))).toBe('SIGN_IN_REVOKED');
    expect(await askWhyShut(textOf('me'))).toBe('TOO_MANY_WINDOWS');
  });

  it('says nothing where nothing was heard, or the door is open', async () => {
    answers.push(
      () => Promise.reject(new TypeError('no network')),
      () => Promise.resolve(Response.json({ isOpen: true })),
    );
    expect(await askWhyShut(textOf('me'))).toBeNull();
    expect(await askWhyShut(textOf('me'))).toBeNull();
  });

  it('asks of each text by itself, and of one not at every knock', async () => {
    const [one, other] = [textOf('me'), textOf('me')];
    answers.push(refusal('TOO_OFTEN'), refusal('DOCUMENT_UNKNOWN'), refusal('STORAGE_AWAY'));
    expect(await askWhyShut(one)).toBe('TOO_OFTEN');
    expect(await askWhyShut(one)).toBe('TOO_OFTEN');
    expect(await askWhyShut(other)).toBe('DOCUMENT_UNKNOWN');
    expect(asked).toHaveLength(2);
    vi.advanceTimersByTime(15_000);
    expect(await askWhyShut(one)).toBe('STORAGE_AWAY');
    expect(asked[2]).toContain(one.documentId);
    // Nor does what one person was told hold for the next.
    answers.push(refusal('TOO_OFTEN'));
    expect(await askWhyShut({ ...one, personId: 'another' })).toBe('TOO_OFTEN');
  });
});
