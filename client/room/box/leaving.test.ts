// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { BallotReceipt, BoxTurnout } from '../../../core/contract/box-doors.ts';
import { PersonId } from '../../../core/domain/ids.ts';
import type { BoxBallot } from '../../../core/domain/polls/box.ts';
import { participantId, pollId, uuid } from '../../../core/testing/builders.ts';
import { ApiError } from '../../lib/errors.ts';
import { kept } from '../../lib/kept.ts';
import { setMe } from '../../lib/me.ts';
import { noteSeat } from '../../lib/seats.ts';
import { countUncast, dropAll, dropSpent } from './leaving.ts';
import { createLeftBehind } from './left-behind.ts';
import { hasSlips, noteSlips } from './own-purse.ts';
import { slipKey, type Slip } from './slip.ts';

const slips = new Map<string, Slip>();
const purse = {
  all: () => Promise.resolve([...slips.values()]),
  drop: (key: string) => Promise.resolve(void slips.delete(key)),
};
const putIntoBox = vi.fn<(url: string, ballot: BoxBallot) => Promise<BallotReceipt>>();
const readBox = vi.fn<(url: string) => Promise<BoxTurnout>>();
const ports = { purse, putIntoBox, readBox };
const paper = { shape: 'mark', mark: 'yes' } as const;
const [ann, bob] = [participantId(1), participantId(2)];
const receipt = { tracker: 'K7F3-9Q2M', receipt: 'r'.repeat(86), paperHash: 'h' };

/** A slip of the nth poll. */
function lay(n: number, whose: typeof ann, over: Partial<Slip> = {}): string {
  const key = slipKey(pollId(n), whose);
  const box = { url: `/box/s/${n}`, jitterMs: 20_000 };
  const before = {
    fingerprint: 'f',
    day: 0,
    msg: `msg${n}`,
    inv: '',
    blinded: 'b',
    cast: null,
    receipt: null,
  };
  slips.set(key, { ...before, key, box, token: 'token', ...over });
  return key;
}

const onItsWay = { cast: { paper, sendAt: 0 } };
const counted = { token: '', cast: null, receipt };

function signIn(n: number): void {
  const rest = { affiliation: '', office: null, isGuest: false, convenes: [], guestOf: null, consent: null };
  setMe({ personId: PersonId.parse(uuid('pers', n)), name: `委员${n}`, ...rest });
}

beforeEach(() => {
  slips.clear();
  for (const key of kept.keys('seat/')) kept.remove(key);
  noteSlips(false);
  putIntoBox.mockReset();
  putIntoBox.mockResolvedValue(receipt);
  readBox.mockReset();
  readBox.mockResolvedValue({ issued: 0, cast: 0, isClosed: false });
});

describe('whoever signs out', () => {
  it('is told of tokens that they did not vote with, of boxes that are open [B36]', async () => {
    lay(1, ann);
    lay(2, ann);
    lay(3, ann, onItsWay);
    lay(4, ann, counted);
    lay(5, ann, { token: null, box: null });
    lay(6, bob);
    const mine = { participants: [ann] };
    expect(await countUncast(ports, mine)).toBe(2);
    readBox.mockImplementation((url) =>
      Promise.resolve({ issued: 0, cast: 0, isClosed: url === '/box/s/1' }),
    );
    expect(await countUncast(ports, mine)).toBe(1);
    // Whether it is closed cannot be heard.
    readBox.mockRejectedValue(new ApiError('OFFLINE'));
    expect(await countUncast(ports, mine)).toBe(2);
  });

  it('leaves nothing of theirs behind, and what was on its way is sent [B36]', async () => {
    lay(1, ann);
    lay(2, ann, onItsWay);
    lay(3, ann, counted);
    const theirs = lay(4, bob, counted);
    await dropAll(ports, { participants: [ann] });
    expect([...slips.keys()]).toEqual([theirs]);
    expect(putIntoBox.mock.calls).toEqual([['/box/s/2', { msg: 'msg2', signature: 'token', paper }]]);
  });

  it('has asked for that: also the paper of a box that is not there goes [B36]', async () => {
    lay(1, ann, onItsWay);
    putIntoBox.mockRejectedValue(new ApiError('OFFLINE'));
    await dropAll(ports, { participants: [ann] });
    expect(slips.size).toBe(0);
  });
});

describe('a sign-in that ended elsewhere', () => {
  it('takes receipts and papers along, not a token that its voter may come back for [B36]', async () => {
    const token = lay(1, ann);
    lay(2, ann, onItsWay);
    lay(3, ann, counted);
    const theirs = lay(4, bob, counted);
    await dropSpent(ports, { participants: [bob] });
    expect([...slips.keys()]).toEqual([token, theirs]);
    expect(putIntoBox).toHaveBeenCalledTimes(1);
  });

  it('keeps a ballot that could not be sent until it can, and none that the box does not take [B36]', async () => {
    const waiting = lay(1, ann, onItsWay);
    putIntoBox.mockRejectedValue(new ApiError('OFFLINE'));
    await dropSpent(ports, { participants: [] });
    expect([...slips.keys()]).toEqual([waiting]);
    putIntoBox.mockRejectedValue(new ApiError('POLL_CLOSED'));
    await dropSpent(ports, { participants: [] });
    expect(slips.size).toBe(0);
  });

  it('is heard of by every page: nobody is signed in, or somebody else [B36]', async () => {
    const seatOf = (n: number, whose: typeof ann) =>
      noteSeat(kept, uuid('pers', n), { sessionId: 's', participantId: whose });
    seatOf(1, ann);
    seatOf(2, bob);
    noteSlips(true);
    setMe(null);
    const left = createLeftBehind(ports);
    signIn(1);
    const stop = left.watchSignIns();
    lay(1, ann, counted);
    lay(2, bob, counted);
    signIn(1);
    setMe(null);
    await vi.waitFor(() => expect(slips.size).toBe(0));
    await vi.waitFor(() => expect(hasSlips()).toBe(false));
    // By the button, and with somebody else's sign-in.
    noteSlips(true);
    signIn(1);
    lay(3, ann);
    expect(await left.uncastOf(uuid('pers', 1))).toBe(1);
    const others = lay(4, bob, counted);
    await left.leaveBoxes(uuid('pers', 1));
    expect([...slips.keys()]).toEqual([others]);
    lay(5, ann, counted);
    signIn(2);
    await vi.waitFor(() => expect([...slips.keys()]).toEqual([others]));
    stop();
    setMe(null);
  });
});
