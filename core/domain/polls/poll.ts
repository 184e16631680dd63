import type { By } from '../events.ts';
import type { ParticipantId } from '../ids.ts';
import type { BoxKey, BoxSum } from './box.ts';
import type { PollDraft } from './draft.ts';
import type { Paper } from './paper.ts';
import type { PollResult } from './result.ts';
import { isDetached } from './rules.ts';
import type { SettledTie } from './ties.ts';
import type { Totals } from './totals.ts';
import type { ChamberRoll, NamedBallot, Voter } from './voters.ts';

/** What is frozen when a poll opens [B6]. */
type Opened = {
  readonly draft: PollDraft;
  readonly openedAt: string;
  /** SHA-256 over the draft and the roll of voters, hex; '' in polls of the first form. */
  readonly seal: string;
  /** Who may vote, as it stood when the poll opened [B1]. */
  readonly electorate: readonly Voter[];
  /** Who was due and present then, by chamber [B70]. */
  readonly roll: readonly ChamberRoll[];
  /** Its end was put off, once [B44]. */
  readonly isExtended?: true;
  /** Who cast the paper of whom they stood for, by place on the roll; absent where nobody did [B48]. */
  readonly stood?: Readonly<Record<ParticipantId, ParticipantId>>;
  /** The host ended it before its end, and why [B60]. */
  readonly early?: Early;
  /** What tellers counted, where hands are raised or papers handed out [B45]. */
  readonly totals?: Counted;
  /** Somebody proposes that it does not count, and nobody has answered yet [B42]. */
  readonly voiding?: Voiding;
  /** The keys of the box of a poll that is 无记名可核验; absent in every other [B30]. */
  readonly key?: BoxKey;
};

/** What two tellers counted of one poll. */
export type Counted = {
  /** By teller; null where the reader may not see it. Empty again once two counts were not the same. */
  readonly entered: Readonly<Record<string, Totals | null>>;
  /** How often two counts were not the same. */
  readonly differed: number;
  /** What both counted. */
  readonly agreed?: Totals;
};

/** That the host ended a poll over days before its end [B60]. */
export type Early = {
  readonly by: By;
  /** '' after an erasure. */
  readonly why: string;
  /** When it would have ended. */
  readonly endsAt: string;
};

/** Who says that a poll should not count, and why; '' after an erasure. */
export type Voiding = {
  readonly by: By;
  readonly at: string;
  readonly why: string;
  /** A mark of the account behind them, where the log keeps it; '' for every reader. */
  readonly account?: string;
};

/** That a poll does not count: who proposed it and why, and who confirmed it [B42]. */
export type Voided = Omit<Voiding, 'account'> & {
  readonly confirmedBy: By;
  readonly confirmedAt: string;
  /**
   * excess: more papers came back than were handed out, and the two are the tellers who counted them [B46]; uncounted: the
   * tellers did not count it to the end; in logs of before both are whoever closed it [B49].
   */
  readonly cause?: 'excess' | 'uncounted';
};

export type OpenPoll = Opened & {
  readonly phase: 'open';
  /** When the clock closes it; null where the host does. */
  readonly endsAt: string | null;
  /** The host has ended it: ballots on their way into its box are taken until endsAt, and no token is given [B35]. */
  readonly isEnding?: true;
  /** Who has voted; the paper is null where the reader may not see it, or papers are kept apart. */
  readonly ballots: Readonly<Record<ParticipantId, Paper | null>>;
};

export type ClosedPoll = Opened & {
  readonly phase: 'closed';
  readonly closedAt: string;
  /** Null for readers who wait for it to be published. */
  readonly result: PollResult | null;
  /** When it was published, where the rules left that to the host. */
  readonly publishedAt?: string;
  /** It does not count: told wherever it is told [B42]. */
  readonly voided?: Voided;
  /** What was said of draws that the rules leave to the host [B47]. */
  readonly settled?: readonly SettledTie[];
  /** Who chose what; null where papers are kept apart, or for whoever holds the chair. */
  readonly ballots: readonly NamedBallot[] | null;
  /** Who chose what in a poll that is 仅主持人可见: in no room, event or file that any reader is given [B65]. */
  readonly kept?: readonly NamedBallot[];
  /** Who held the chair and has looked at that, and when first. */
  readonly choicesRead?: Readonly<Record<string, string>>;
  /** Papers that carry no name, shuffled. */
  readonly papers: readonly Paper[];
  /** What the box held, where there was one, and who took a token for it [B34]. */
  readonly box?: BoxSum & { readonly roster: readonly ParticipantId[] };
  /** Electorate, ballots and papers are not held here, only what the result counts of them [R4]. */
  readonly isBrief?: true;
};

/** A poll in the room: prepared → open → closed. A union, so that an open poll cannot have a result. */
export type Poll = { readonly phase: 'prepared'; readonly draft: PollDraft } | OpenPoll | ClosedPoll;

/** A closed poll without its roll and papers when more than so many could vote; any other poll as it is [R4]. */
export function inBrief(poll: Poll, most: number): Poll {
  if (poll.phase !== 'closed' || poll.electorate.length <= most) return poll;
  const ballots = poll.ballots === null ? null : [];
  // Who has no vote is as many again.
  const roll = poll.roll.map(({ id, due, present }) => ({ id, due, present }));
  return { ...poll, electorate: [], roll, ballots, papers: [], ...withoutRoster(poll), isBrief: true };
}

function withoutRoster({ box }: ClosedPoll): Pick<ClosedPoll, 'box'> {
  return box === undefined ? {} : { box: { ...box, roster: [] } };
}

/** Whether the papers of a poll are kept apart from who cast them [B5]. */
export function isSecretPoll({ draft }: Pick<Poll, 'draft'>): boolean {
  return isDetached(draft.rules.secrecy);
}

/** Whether its ballots go into a box by blind tokens, which nobody can join with whoever took them [B30]. */
export function hasBox({ draft }: Pick<Poll, 'draft'>): boolean {
  return draft.rules.secrecy === 'verifiable';
}

/** Whether who chose what is read by whoever holds the chair alone: 仅主持人可见 [B65]. */
export function isForChair({ rules }: PollDraft): boolean {
  return rules.secrecy === 'host';
}

/** Whether everybody reads each paper as it is cast: 实名公开, and shown at once [B4] [B11]. */
export function isReadAtOnce({ rules: { secrecy, shown } }: PollDraft): boolean {
  return secrecy === 'open' && shown === 'live';
}

/** Whether the result of a closed poll waits for the host to publish it [B11]. */
export function isWaiting({ draft, publishedAt }: ClosedPoll): boolean {
  return draft.rules.shown === 'after_publish' && publishedAt === undefined;
}

/** A poll as an audience sees it: equal to the fold of what seenBy lets through [L6]. */
export function pollSeenBy(whole: Poll, isChair: boolean): Poll {
  const poll = withoutMark(withoutEntered(whole));
  if (poll.phase === 'open' && !isReadAtOnce(poll.draft)) {
    return { ...poll, ballots: Object.fromEntries(Object.keys(poll.ballots).map((by) => [by, null])) };
  }
  if (poll.phase !== 'closed') return poll;
  const seen = withoutKept(poll);
  if (isChair || !isWaiting(seen)) return seen;
  return { ...seen, result: null, ballots: null, papers: [], ...withoutRoster(seen) };
}

/** What only whoever holds the chair asks for, by a door of its own, is in nobody's room, the chair's neither [B65]. */
function withoutKept(poll: ClosedPoll): ClosedPoll {
  if (!isForChair(poll.draft)) return poll;
  // Records of before hold it as the ballots of the poll.
  const { kept: _kept, ...seen } = poll;
  return { ...seen, ballots: null };
}

/** Which account proposed that it should not count is read by nobody: only whether the log knows it [B42]. */
function withoutMark(poll: Poll): Poll {
  if (poll.phase === 'prepared' || poll.voiding?.account === undefined) return poll;
  return { ...poll, voiding: { ...poll.voiding, account: '' } };
}

/** What one teller entered is read by nobody, the chair included [B45]. */
function withoutEntered(poll: Poll): Poll {
  if (poll.phase === 'prepared' || poll.totals === undefined) return poll;
  const entered = Object.fromEntries(Object.keys(poll.totals.entered).map((by) => [by, null]));
  return { ...poll, totals: { ...poll.totals, entered } };
}
