import type { BallotReceipt } from '../../../core/contract/box-doors.ts';
import type { ParticipantId, PollId } from '../../../core/domain/ids.ts';
import type { Paper } from '../../../core/domain/polls/paper.ts';

/** What this device keeps of one person's ballot in one box; bytes as base64url. */
export type Slip = {
  readonly key: string;
  /** Of the key that it was blinded for. */
  readonly fingerprint: string;
  /** When it was made, so that the oldest go first; milliseconds since the epoch, cut to the day. */
  readonly day: number;
  readonly msg: string;
  /** What undoes the blinding; empty once there is a token. */
  readonly inv: string;
  readonly blinded: string;
  /** The signature over msg, which is the token; null until it was taken. */
  readonly token: string | null;
  readonly box: { readonly url: string; readonly jitterMs: number } | null;
  /** What is on its way into the box, and from when on it may be sent; null again once it is there. */
  readonly cast: { readonly paper: Paper; readonly sendAt: number } | null;
  /** What the box answered, with the hash of the paper, by which it is known again without being kept. */
  readonly receipt: (BallotReceipt & { readonly paperHash: string }) | null;
};

/** Whose slip, of which poll: several people may use one device, one after the other. */
export function slipKey(pollId: PollId, participantId: ParticipantId): string {
  return `${pollId}/${participantId}`;
}

/** Whose a slip is. */
export function participantIn(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}
