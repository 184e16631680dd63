import type { ParticipantId, PollId, SessionId } from '../../core/domain/ids.ts';
import type { BoxBallot } from '../../core/domain/polls/box.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import type { Claim } from './rooms.ts';

export type BoxOf = { readonly sessionId: SessionId; readonly pollId: PollId };

/**
 * The keys of a box as they are kept: the private one sealed with the installation's secret, '' once it is destroyed. Bytes as
 * base64url.
 */
export type KeptKey = { readonly spki: string; readonly receipts: string; readonly sealed: string };

/** A token as it was signed for somebody; both base64url. */
export type Issue = { readonly blindedHash: string; readonly blindSig: string };

/**
 * What a box says to a token that is to be issued: it was; another was before; its poll ends, and it only takes; or it takes and
 * gives nothing any more.
 */
export type Issued =
  | { readonly is: 'issued' }
  | { readonly is: 'taken'; readonly before: Issue }
  | { readonly is: 'ending' }
  | { readonly is: 'closed' }
  | { readonly is: 'unclaimed' };

/**
 * Open boxes. That somebody took a token and that a ballot was cast are never written in one transaction, and a ballot's row
 * says nothing else [B31].
 */
export type BoxStore = {
  /** Keeps a key unless there is one. */
  readonly keepKey: (of: BoxOf, key: KeptKey) => Promise<void>;
  /** Null: the poll is not to be opened, or was closed. */
  readonly keyOf: (of: BoxOf) => Promise<KeptKey | null>;
  readonly issueOf: (of: BoxOf, voter: ParticipantId) => Promise<Issue | null>;
  /** unclaimed: the sign-in has ended, or the seat is not theirs any more. */
  readonly issue: (
    of: BoxOf,
    voter: ParticipantId,
    issue: Issue & { readonly claim: Claim },
  ) => Promise<Issued>;
  /**
   * Puts a ballot into an open box; answers with the paper that lies there under its nullifier, which is another's where the
   * token was spent before; null: the box is closed and holds none.
   */
  readonly cast: (of: BoxOf, ballot: BoxBallot & { readonly nullifier: string }) => Promise<Paper | null>;
  readonly paperOf: (of: BoxOf, nullifier: string) => Promise<Paper | null>;
  readonly count: (of: BoxOf) => Promise<{ readonly issued: number; readonly cast: number }>;
  readonly ballots: (of: BoxOf) => Promise<readonly BoxBallot[]>;
};
