import type { BallotReceipt, IssuedToken } from '../../../core/contract/box-doors.ts';
import { canonical } from '../../../core/domain/canonical.ts';
import { digest } from '../../../core/domain/digest.ts';
import type { PollId } from '../../../core/domain/ids.ts';
import {
  fingerprintOf,
  nullifierOf,
  trackerOf,
  type BoxBallot,
  type BoxKey,
} from '../../../core/domain/polls/box.ts';
import type { Paper } from '../../../core/domain/polls/paper.ts';
import type { Receipted } from '../../../core/domain/polls/receipts.ts';
import { ApiError, type ClientReason, type Details } from '../../lib/errors.ts';
import type { Blinded } from './blinding.ts';
import type { Purse } from './purse.ts';
import type { Slip } from './slip.ts';
import { heard, mayPass } from './wallet-answers.ts';

/** How a voter's ballot stands on this device. */
export type WalletState =
  | { readonly step: 'starting' }
  /** This device cannot do it, and nothing was taken. */
  | { readonly step: 'unable'; readonly why: 'insecure' | 'crypto' | 'storage' }
  /** The key is not the one that the poll announced, or that it announced before: a key of one's own would mark the ballot. */
  | { readonly step: 'foreign' }
  | { readonly step: 'taking'; readonly isTroubled: boolean }
  | { readonly step: 'ready' }
  /** sendAt: from when on, in milliseconds by the clock of the ports. */
  | {
      readonly step: 'sending';
      readonly paper: Paper;
      readonly sendAt: number;
      readonly isTroubled: boolean;
    }
  | { readonly step: 'cast'; readonly tracker: string }
  /** The box answered with a receipt that it did not sign: nothing proves that the ballot was taken [B37]. */
  | { readonly step: 'unproven' }
  | {
      readonly step: 'refused';
      readonly at: 'token' | 'ballot';
      readonly reason: ClientReason;
      readonly details: Details;
    };

export type WalletPoll = {
  readonly pollId: PollId;
  /** Where its slip lies. */
  readonly slip: string;
  readonly key: BoxKey;
  /**
   * As the poll is now, which may have been put off, or be ending: then it is past. By the clock of the ports; null where the host
   * ends it.
   */
  readonly endsAt: () => number | null;
};

export type WalletPorts = {
  /** What the device lacks, as far as that can be said without trying. */
  readonly lacks: () => 'insecure' | null;
  readonly purse: Purse;
  readonly blind: (key: BoxKey) => Promise<Blinded>;
  readonly finalized: (key: BoxKey, blinded: Blinded, signature: string) => Promise<string>;
  readonly takeToken: (blinded: string) => Promise<IssuedToken>;
  readonly putIntoBox: (url: string, ballot: BoxBallot) => Promise<BallotReceipt>;
  /** Whether the key of receipts signed it. Rejects where that cannot be found out now. */
  readonly isReceipt: (key: BoxKey, signed: Receipted, receipt: string) => Promise<boolean>;
  readonly now: () => number;
  readonly after: (ms: number, act: () => void) => () => void;
  /** Between 0 and 1. */
  readonly random: () => number;
};

export type Wallet = {
  readonly state: () => WalletState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Takes the token, and goes on with what an earlier page began. Returns what ends it. */
  readonly start: () => () => void;
  /** Writes the paper down and sends it after a random while. Once: what another tab began goes on instead. */
  readonly cast: (paper: Paper) => Promise<void>;
  /** Sends it now, though fewer others may be on their way. */
  readonly sendNow: () => Promise<void>;
  /** Tries at once: the line is back, or the person came back to the page. */
  readonly wake: () => void;
};

/** Before a poll ends by its clock, a ballot is no longer held back. */
const BEFORE_END_MS = 5_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
const DAY_MS = 86_400_000;

/**
 * One voter's ballot of one box: token, paper, receipt. Everything is written down before it is sent, so that a lost answer, a
 * reload or a second tab loses nothing and doubles nothing.
 */
export function createWallet(poll: WalletPoll, ports: WalletPorts): Wallet {
  const listeners = new Set<() => void>();
  let state: WalletState = { step: 'starting' };
  let isRunning = false;
  let isBusy = false;
  let isAsked = false;
  let pauseMs = FIRST_PAUSE_MS;
  let unwait: () => void = () => {};

  const set = (next: WalletState) => {
    state = next;
    for (const listener of listeners) listener();
  };

  /** One after another; what comes meanwhile is done behind it. */
  const run = async () => {
    if (!isRunning) return;
    if (isBusy) {
      isAsked = true;
      return;
    }
    isBusy = true;
    unwait();
    try {
      await step();
    } catch {
      // The device took something and does not give it back, or not now.
      set({ step: 'unable', why: 'storage' });
      later(LONGEST_PAUSE_MS);
    }
    isBusy = false;
    if (isAsked) {
      isAsked = false;
      void run();
    }
  };
  const later = (ms: number) => {
    unwait();
    unwait = ports.after(ms, () => void run());
  };
  const pause = ({ details }: ApiError) => {
    const asked = Number(details['retryAfterMs'] ?? 0);
    later(Math.max(asked, pauseMs) * (0.8 + 0.4 * ports.random()));
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  };

  const step = async () => {
    const lack = ports.lacks();
    if (lack !== null) return set({ step: 'unable', why: lack });
    if (fingerprintOf(poll.key.spki) !== poll.key.fingerprint) return set({ step: 'foreign' });
    const slip = (await ports.purse.read(poll.slip)) ?? (await begin());
    // Ended while it reckoned: whoever is signed in now is somebody else.
    if (!isRunning) return;
    if (slip === null) return set({ step: 'unable', why: 'crypto' });
    if (slip.fingerprint !== poll.key.fingerprint) return set({ step: 'foreign' });
    if (slip.receipt !== null) return set({ step: 'cast', tracker: slip.receipt.tracker });
    if (slip.token === null || slip.box === null) return take(slip);
    if (slip.cast === null) return set({ step: 'ready' });
    return send(slip, slip.token, slip.box.url, slip.cast);
  };

  const begin = async (): Promise<Slip | null> => {
    set({ step: 'taking', isTroubled: false });
    const blinded = await attempt(ports.blind(poll.key));
    if (blinded === null) return null;
    const there = await ports.purse.begin({
      key: poll.slip,
      fingerprint: poll.key.fingerprint,
      day: Math.floor(ports.now() / DAY_MS) * DAY_MS,
      ...blinded,
      token: null,
      box: null,
      cast: null,
      receipt: null,
    });
    // Some browsers forget without a word what they were given: a token that cannot be kept is not taken.
    const kept = await ports.purse.read(poll.slip);
    if (kept === null) throw new Error('not kept');
    return there;
  };

  const take = async (slip: Slip) => {
    if (state.step !== 'taking') set({ step: 'taking', isTroubled: false });
    const issued = await heard(ports.takeToken(slip.blinded));
    if (issued instanceof ApiError) {
      if (!mayPass(issued)) return refused('token', issued);
      set({ step: 'taking', isTroubled: true });
      return pause(issued);
    }
    const { signature, box } = issued;
    // Signed with another key than everybody's: it would mark the ballot.
    const token = await attempt(ports.finalized(poll.key, slip, signature));
    if (token === null) return set({ step: 'foreign' });
    await ports.purse.change(poll.slip, (there) => ({ ...there, token, box, inv: '' }));
    pauseMs = FIRST_PAUSE_MS;
    isAsked = true;
  };

  const send = async (slip: Slip, signature: string, url: string, cast: NonNullable<Slip['cast']>) => {
    const { paper } = cast;
    // The end may have come nearer since it was written down.
    const sendAt = Math.min(cast.sendAt, latest());
    const isTroubled = state.step === 'sending' && state.isTroubled;
    set({ step: 'sending', paper, sendAt, isTroubled });
    const waitMs = sendAt - ports.now();
    if (waitMs > 0) return later(waitMs);
    const answer = await heard(ports.putIntoBox(url, { msg: slip.msg, signature, paper }));
    if (answer instanceof ApiError) {
      if (!mayPass(answer)) return refuseBallot(answer);
      set({ step: 'sending', paper, sendAt, isTroubled: true });
      return pause(answer);
    }
    // By our own reckoning: a box that told somebody else's would be found out.
    const [nullifier, paperHash] = [nullifierOf(slip.msg), digest(canonical(paper))];
    const tracker = trackerOf(nullifier, poll.pollId);
    const signed = { pollId: poll.pollId, nullifier, paperHash };
    const isProven = await attempt(ports.isReceipt(poll.key, signed, answer.receipt));
    if (isProven !== true) {
      set(isProven === false ? { step: 'unproven' } : { step: 'sending', paper, sendAt, isTroubled: true });
      return later(LONGEST_PAUSE_MS);
    }
    const receipt = { tracker, receipt: answer.receipt, paperHash };
    await ports.purse.change(poll.slip, (there) => ({
      ...there,
      token: '',
      blinded: '',
      cast: null,
      receipt,
    }));
    set({ step: 'cast', tracker });
  };

  const refuseBallot = async (error: ApiError) => {
    // A paper that the poll does not take can be filled in anew: the token is not spent.
    if (error.reason.startsWith('BALLOT_') && error.reason !== 'BALLOT_BY_BOX')
      await ports.purse.change(poll.slip, (there) => ({ ...there, cast: null }));
    refused('ballot', error);
  };

  const refused = (at: 'token' | 'ballot', { reason, details }: ApiError) =>
    set({ step: 'refused', at, reason, details });

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => {
      isRunning = true;
      // -- run tells its own failures.
      void run();
      return () => {
        isRunning = false;
        unwait();
      };
    },
    cast: async (paper) => {
      try {
        await ports.purse.change(poll.slip, (there) => {
          if (there.cast !== null || there.receipt !== null || there.box === null) return there;
          return { ...there, cast: { paper, sendAt: sendAt(there.box.jitterMs) } };
        });
      } catch {
        return set({ step: 'unable', why: 'storage' });
      }
      await run();
    },
    sendNow: async () => {
      await ports.purse.change(poll.slip, (there) =>
        there.cast === null ? there : { ...there, cast: { ...there.cast, sendAt: ports.now() } },
      );
      await run();
    },
    wake: () => void run(),
  };

  /** A random moment, and always some seconds before the poll ends by its clock. */
  function sendAt(jitterMs: number): number {
    return Math.min(ports.now() + Math.floor(ports.random() * jitterMs), latest());
  }

  /** When it has to be sent at the latest. */
  function latest(): number {
    const endsAt = poll.endsAt();
    return endsAt === null ? Infinity : Math.max(ports.now(), endsAt - BEFORE_END_MS);
  }
}

/** Null where it fails. */
async function attempt<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch {
    return null;
  }
}
