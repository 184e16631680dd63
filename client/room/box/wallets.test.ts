// @vitest-environment jsdom
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PersonId, SessionId } from '../../../core/domain/ids.ts';
import { fingerprintOf } from '../../../core/domain/polls/box.ts';
import type { OpenPoll } from '../../../core/domain/polls/poll.ts';
import { as, participantId, poll, pollId, seated, uuid } from '../../../core/testing/builders.ts';
import { ApiError } from '../../lib/errors.ts';
import { forgetMe, setMe } from '../../lib/me.ts';
import type { Slip } from './slip.ts';
import type { Wallet } from './wallet.ts';
import { walletOf } from './wallets.ts';

const { takeToken, putIntoBox, blind, slips } = vi.hoisted(() => ({
  takeToken: vi.fn(),
  putIntoBox: vi.fn(),
  blind: vi.fn(),
  slips: new Map<string, unknown>(),
}));
vi.mock('./box-line.ts', () => ({ takeToken, putIntoBox }));
vi.mock('./blinding.ts', () => ({
  blind,
  finalized: () => Promise.resolve('token'),
}));
vi.mock('./own-purse.ts', () => ({
  noteSlips: vi.fn(),
  purse: {
    read: (key: string) => Promise.resolve(slips.get(key) ?? null),
    begin: (slip: Slip) => {
      slips.set(slip.key, slip);
      return Promise.resolve(slip);
    },
    change: (key: string, change: (slip: unknown) => unknown) => {
      slips.set(key, change(slips.get(key)));
      return Promise.resolve(slips.get(key));
    },
  },
}));

const sessionId = SessionId.parse(uuid('sess', 1));
const issued = { signature: 'signature', box: { url: '/box/s/p', jitterMs: 20_000 } };
const blinded = { msg: 'msg', inv: 'inv', blinded: 'blinded' };
const spki = 'AAAA';

function signIn(n: number): void {
  const personId = PersonId.parse(uuid('pers', n));
  const rest = { affiliation: '', office: null, isGuest: false, convenes: [], guestOf: null, consent: null };
  setMe({ personId, name: `委员${n}`, ...rest });
}

/** An open poll with a box, as the room tells it. */
function boxed(n: number, endsAt: string | null = null): OpenPoll {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: poll(n) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(n) });
  const [open] = t.room().polls;
  if (open?.phase !== 'open') throw new Error('not open');
  return { ...open, endsAt, key: { spki, fingerprint: fingerprintOf(spki), receipts: 'A'.repeat(43) } };
}

function held(open: OpenPoll, clockOffsetMs = 0): Wallet {
  const wallet = walletOf({ sessionId, poll: open, me: participantId(1), clockOffsetMs });
  if (wallet === null) throw new Error('no box');
  return wallet;
}

beforeAll(() => {
  vi.stubGlobal('isSecureContext', true);
});
beforeEach(() => {
  blind.mockReset();
  blind.mockResolvedValue(blinded);
  takeToken.mockReset();
  takeToken.mockResolvedValue(issued);
});

describe(walletOf, () => {
  it('hears that a poll was put off: a ballot waits its random while again', async () => {
    const at = (ms: number) => new Date(performance.timeOrigin + performance.now() + ms).toISOString();
    const wallet = held(boxed(1, at(1_000)));
    await vi.waitFor(() => expect(wallet.state().step).toBe('ready'));
    expect(held(boxed(1, at(600_000)))).toBe(wallet);
    vi.spyOn(crypto, 'getRandomValues').mockImplementation((into) => {
      if (into instanceof Uint32Array) into[0] = 2 ** 31;
      return into;
    });
    const before = performance.timeOrigin + performance.now();
    await wallet.cast({ shape: 'mark', mark: 'yes' });
    const state = wallet.state();
    expect(state.step === 'sending' && state.sendAt - before).toBeGreaterThanOrEqual(9_999);
    vi.restoreAllMocks();
  });

  it('hears that the host has ended the poll: what waits is sent [B35]', async () => {
    const open = boxed(4);
    const wallet = held(open);
    await vi.waitFor(() => expect(wallet.state().step).toBe('ready'));
    vi.spyOn(crypto, 'getRandomValues').mockImplementation((into) => {
      if (into instanceof Uint32Array) into[0] = 2 ** 31;
      return into;
    });
    await wallet.cast({ shape: 'mark', mark: 'yes' });
    expect(wallet.state().step).toBe('sending');
    vi.restoreAllMocks();
    putIntoBox.mockRejectedValue(new ApiError('OFFLINE'));
    const endsAt = new Date(Date.now() + 25_000).toISOString();
    expect(held({ ...open, endsAt, isEnding: true })).toBe(wallet);
    await vi.waitFor(() => expect(putIntoBox).toHaveBeenCalledTimes(1));
  });

  it('ends with the sign-in of its voter: nothing of theirs is asked for with the next one’s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    takeToken.mockRejectedValue(new ApiError('OFFLINE'));
    const first = held(boxed(2));
    await vi.waitFor(() => expect(first.state()).toEqual({ step: 'taking', isTroubled: true }));
    // Heard for the first time, and once more: it is the same person.
    signIn(1);
    signIn(1);
    expect(held(boxed(2))).toBe(first);
    window.dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(takeToken.mock.calls.length).toBeGreaterThan(1));
    expect(takeToken.mock.calls.at(-1)?.[1]).toEqual({ blinded: 'blinded', voter: participantId(1) });
    await vi.advanceTimersByTimeAsync(0);
    setMe(null);
    const asked = takeToken.mock.calls.length;
    signIn(2);
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    first.wake();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(takeToken).toHaveBeenCalledTimes(asked);
    // Whoever is back begins anew with what the device kept.
    takeToken.mockResolvedValue(issued);
    signIn(1);
    const again = held(boxed(2));
    expect(again).not.toBe(first);
    await vi.waitFor(() => expect(again.state().step).toBe('ready'));
    vi.useRealTimers();
  });

  it('asks for nothing where its voter left while it reckoned', async () => {
    signIn(1);
    let reckoned: (done: typeof blinded) => void = () => {};
    blind.mockReturnValue(
      new Promise((resolve) => {
        reckoned = resolve;
      }),
    );
    held(boxed(3));
    await vi.waitFor(() => expect(blind).toHaveBeenCalledTimes(1));
    forgetMe();
    signIn(2);
    reckoned(blinded);
    await vi.waitFor(() => expect([...slips.keys()].some((key) => key.startsWith(pollId(3)))).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(takeToken).not.toHaveBeenCalled();
  });
});
