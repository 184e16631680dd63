import type { ParticipantId, SessionId } from '../../../core/domain/ids.ts';
import type { OpenPoll } from '../../../core/domain/polls/poll.ts';
import { deviceNow } from '../../lib/early.ts';
import { currentMe, hearMe } from '../../lib/me.ts';
import { putIntoBox, takeToken } from './box-line.ts';
import { markCast } from './cast-marks.ts';
import { noteSlips, purse } from './own-purse.ts';
import { slipKey } from './slip.ts';
import { createWallet, type Wallet } from './wallet.ts';

/** Whose ballot of which open box. */
export type BoxVoter = {
  readonly sessionId: SessionId;
  readonly poll: OpenPoll;
  readonly me: ParticipantId;
  /** How far the server's clock is ahead of this device's, milliseconds. */
  readonly clockOffsetMs: number;
};

/** Wallets of this page: one for each poll and voter, for as long as the same person is signed in. */
const wallets = new Map<string, Wallet>();
/** What ends them. */
const stops: (() => void)[] = [];
/** When their polls end, by this device's clock, as was heard last. */
const ends = new Map<string, number | null>();

/**
 * The wallet of a voter; begun when it is asked for first, which takes the token. Asked again, it hears when the poll ends now.
 * Null where the poll has no box.
 */
export function walletOf({ sessionId, poll, me, clockOffsetMs }: BoxVoter): Wallet | null {
  const { draft, key } = poll;
  if (key === undefined) return null;
  const slip = slipKey(draft.id, me);
  const [endsAt, before] = [endOf(poll, clockOffsetMs), ends.get(slip)];
  ends.set(slip, endsAt);
  const there = wallets.get(slip);
  // A ballot that waits is sent at once where its poll ends. Not now: a component may be drawing.
  if (there !== undefined && endsAt !== before) void Promise.resolve().then(there.wake);
  if (there !== undefined) return there;
  const place = { sessionId, pollId: draft.id };
  const wallet = createWallet(
    { pollId: draft.id, slip, key, endsAt: () => ends.get(slip) ?? null },
    {
      lacks: () => (isSafe() ? null : 'insecure'),
      purse,
      // Heavy, and needed by voters of such a poll alone.
      blind: async (own) => (await import('./blinding.ts')).blind(own),
      finalized: async (own, blinded, signature) =>
        (await import('./blinding.ts')).finalized(own, blinded, signature),
      takeToken: (blinded) => takeToken(place, { blinded, voter: me }),
      putIntoBox,
      isReceipt: async ({ receipts }, ...signed) =>
        (await import('../../../core/domain/polls/receipts.ts')).isReceiptOf(receipts, ...signed),
      now: deviceNow,
      after: (ms, act) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
      random,
    },
  );
  wallets.set(slip, wallet);
  noteSlips(true);
  wallet.subscribe(() => {
    const { step } = wallet.state();
    // A refused ballot, or a token that is not here, calls again.
    if (step !== 'starting') markCast(draft.id, me, step === 'sending' || step === 'cast');
    tellTabs(slip);
  });
  stops.push(wallet.start());
  return wallet;
}

/** When the poll ends by this device's clock; long ago where the host has ended it and ballots are only collected [B35]. */
function endOf({ endsAt, isEnding }: OpenPoll, clockOffsetMs: number): number | null {
  if (isEnding === true) return 0;
  return endsAt === null ? null : Date.parse(endsAt) - clockOffsetMs;
}

/** Who the server takes this page for: a person, nobody (empty), or not heard yet (null). */
let holder = holderNow();

/** A wallet that outlived its voter's sign-in would take its token with somebody else's. */
hearMe(() => {
  const { kind } = currentMe();
  // Who could not be asked is whoever it was.
  if (kind === 'failed') return;
  const before = holder;
  holder = holderNow();
  const isHeardFirst = before === null && kind === 'person';
  if (isHeardFirst || (holder !== null && holder === before)) return;
  for (const stop of stops.splice(0)) stop();
  wallets.clear();
  ends.clear();
});

function holderNow(): string | null {
  const identity = currentMe();
  if (identity.kind === 'person') return identity.me.personId;
  return identity.kind === 'nobody' ? '' : null;
}

/** Browsers reckon with keys only on pages that came safely: https, or the device itself. */
function isSafe(): boolean {
  return window.isSecureContext && (crypto as Partial<Crypto>).subtle !== undefined;
}

function random(): number {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return drawn / 2 ** 32;
}

const tabs = typeof BroadcastChannel === 'function' ? new BroadcastChannel('shangliang.box') : null;
let told = '';

/** Other tabs of this browser look again; steps alone are told, so that none answers itself. */
function tellTabs(slip: string): void {
  const state = wallets.get(slip)?.state();
  const news = `${slip} ${state?.step ?? ''}`;
  if (news === told || (state?.step !== 'sending' && state?.step !== 'cast')) return;
  told = news;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- reason: a channel reaches tabs of this origin alone
  tabs?.postMessage(slip);
}

tabs?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data === 'string') wallets.get(data)?.wake();
});
window.addEventListener('online', () => {
  for (const wallet of wallets.values()) wallet.wake();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) for (const wallet of wallets.values()) wallet.wake();
});
