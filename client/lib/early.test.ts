import { afterEach, describe, expect, it, vi } from 'vitest';
import { accountRoutes } from '../../core/contract/accounts.ts';
import { sessionRoutes } from '../../core/contract/sessions.ts';
import { uuid } from '../../core/testing/builders.ts';
import { askEarly, forgetEarly, takeEarly } from './early.ts';

const sessionId = uuid('sess', 1);
const snapshot = sessionRoutes.getSnapshot.path.replace(':sessionId', sessionId);

function answering() {
  const asked = vi.fn(async (address: string) => Response.json({ address }));
  vi.stubGlobal('fetch', asked);
  return asked;
}

afterEach(() => {
  forgetEarly();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('askEarly', () => {
  it('asks at the doors of the contract, and only for a room', () => {
    const asked = answering();
    for (const path of ['/', '/j', '/sessions/x', `/sessions/${sessionId}/archive`]) askEarly(path);
    expect(asked).not.toHaveBeenCalled();
    askEarly(`/sessions/${sessionId}`);
    expect(asked.mock.calls.map(([address]) => address)).toEqual([snapshot, accountRoutes.me.path]);
  });
});

describe('takeEarly', () => {
  it('gives an answer once, with the time at which it was given', async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    vi.stubGlobal('fetch', async () => {
      vi.setSystemTime(1_000_600);
      return Response.json('early');
    });
    askEarly(`/sessions/${sessionId}`);
    const heard = await takeEarly(snapshot);
    expect(await heard?.response.json()).toBe('early');
    expect(heard?.spokenAt).toBe(1_000_300);
    expect(takeEarly(snapshot)).toBeUndefined();
  });

  it('gives nothing that is no longer of now', () => {
    vi.useFakeTimers({ now: 0 });
    answering();
    askEarly(`/sessions/${sessionId}`);
    vi.setSystemTime(10_000);
    expect(takeEarly(snapshot)).toBeUndefined();
    askEarly(`/sessions/${sessionId}`);
    forgetEarly();
    expect(takeEarly(snapshot)).toBeUndefined();
  });

  it('hands a failure to whoever takes it, and to nobody else', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('no network');
    });
    askEarly(`/sessions/${sessionId}`);
    await expect(takeEarly(snapshot)).rejects.toThrow('no network');
  });
});
