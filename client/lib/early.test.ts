// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { accountRoutes, type Me } from '../../core/contract/accounts.ts';
import { sessionRoutes } from '../../core/contract/sessions.ts';
import { PersonId } from '../../core/domain/ids.ts';
import { uuid } from '../../core/testing/builders.ts';
import { askEarly, forgetEarly, takeEarly } from './early.ts';
import { forgetMe, setMe } from './me.ts';

const sessionId = uuid('sess', 1);
const snapshot = sessionRoutes.getSnapshot.path.replace(':sessionId', sessionId);

const person = (n: number): Me => ({
  personId: PersonId.parse(uuid('pers', n)),
  name: `委员${n}`,
  affiliation: '',
  office: null,
  isGuest: false,
  convenes: [],
  guestOf: null,
  consent: null,
});

function answering() {
  const asked = vi.fn(async (address: string, _request: RequestInit) => Response.json({ address }));
  vi.stubGlobal('fetch', asked);
  return asked;
}

afterEach(() => {
  forgetEarly();
  forgetMe();
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
    vi.useFakeTimers({ toFake: ['performance'] });
    vi.stubGlobal('fetch', async () => {
      // The room and the person are asked for, one after the other: the first answer takes both.
      vi.advanceTimersByTime(300);
      return Response.json('early');
    });
    askEarly(`/sessions/${sessionId}`);
    const heard = await takeEarly(snapshot)?.heard;
    expect(await heard?.response.json()).toBe('early');
    expect(heard?.spokenAt).toBe((heard?.askedAt ?? 0) + 300);
    expect(takeEarly(snapshot)).toBeUndefined();
  });

  it('gives nothing that is no longer of now', () => {
    vi.useFakeTimers({ now: 0 });
    const asked = answering();
    askEarly(`/sessions/${sessionId}`);
    vi.setSystemTime(59_000);
    expect(takeEarly(snapshot)).toBeDefined();
    vi.setSystemTime(60_000);
    expect(takeEarly(accountRoutes.me.path)).toBeUndefined();
    askEarly(`/sessions/${sessionId}`);
    forgetEarly();
    expect(takeEarly(snapshot)).toBeUndefined();
    // What nobody will read is not fetched to its end.
    expect(asked.mock.calls.map(([, { signal }]) => signal?.aborted)).toEqual([false, true, true, true]);
  });

  it('gives nothing that another was told: the sign-in may have changed in another tab', () => {
    answering();
    setMe(person(1));
    askEarly(`/sessions/${sessionId}`);
    setMe(person(2));
    expect(takeEarly(snapshot)).toBeUndefined();
    expect(takeEarly(accountRoutes.me.path)).toBeUndefined();
    askEarly(`/sessions/${sessionId}`);
    setMe(person(2));
    expect(takeEarly(snapshot)).toBeDefined();
    setMe(null);
    expect(takeEarly(accountRoutes.me.path)).toBeUndefined();
  });

  it('serves where the browser keeps nothing', () => {
    answering();
    vi.stubGlobal('localStorage', undefined);
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('', 'SecurityError');
    });
    askEarly(`/sessions/${sessionId}`);
    expect(takeEarly(snapshot)).toBeDefined();
    vi.restoreAllMocks();
  });

  it('hands a failure to whoever takes it, and to nobody else', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('no network');
    });
    askEarly(`/sessions/${sessionId}`);
    await expect(takeEarly(snapshot)?.heard).rejects.toThrow('no network');
  });
});
