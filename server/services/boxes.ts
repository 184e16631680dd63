import { createHash } from 'node:crypto';
import type { BallotReceipt, BoxTurnout, IssuedToken, TokenWish } from '../../core/contract/box-doors.ts';
import type { ParticipantId, PollId, SessionId } from '../../core/domain/ids.ts';
import {
  byTracker,
  nullifierOf,
  receiptText,
  rootOf,
  trackerOf,
  type BoxBallot,
  type BoxContent,
  type BoxKey,
} from '../../core/domain/polls/box.ts';
import { canonical } from '../../core/domain/canonical.ts';
import { guardSitting } from '../../core/domain/polls/days.ts';
import { judgePaper } from '../../core/domain/polls/judging.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import { placeOf } from '../../core/domain/polls/places.ts';
import {
  hasBox,
  pollSeenBy,
  type ClosedPoll,
  type OpenPoll,
  type Poll,
} from '../../core/domain/polls/poll.ts';
import { canBeDone } from '../../core/domain/room/course.ts';
import { decide } from '../../core/domain/room/decide.ts';
import { guardBallot, type Who } from '../../core/domain/room/guards.ts';
import { seatOf, type Room } from '../../core/domain/room/state.ts';
import { AppError, fromRefusal } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { BoxKeys, Signer } from '../ports/box-keys.ts';
import type { BoxOf, BoxStore } from '../ports/box-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { createBoxCounts, type BoxCounts } from './box-counts.ts';
import { audienceFor, enterFor, standingFor, type StandingDeps } from './standing.ts';

export type BoxesDeps = StandingDeps & {
  readonly boxes: BoxStore;
  readonly keys: BoxKeys;
  readonly signer: Signer;
  /** Counts a ballot of a poll, or what is no token of its box; throws TOO_OFTEN. By poll, never by who sent it. */
  readonly spend: (what: 'ballot' | 'foreignBallot', pollId: PollId) => Promise<void>;
  readonly settings: BoxSettings;
  readonly clock: Clock;
  readonly nowMs: () => number;
  readonly log: Log;
};

/** What browsers are told with their token. */
export type BoxSettings = {
  /** Where ballots go, where that is another host than ours: its origin. */
  readonly origin: string | null;
  /** The longest that a browser waits before it sends a ballot, in milliseconds. */
  readonly jitterMs: number;
  /** How long ballots are taken once the host has ended their poll, in milliseconds [B35]. */
  readonly endingMs: number;
};

export type BoxesService = ReturnType<typeof createBoxes>;

/** Stands for the keys while it is asked whether a poll could be opened at all. */
const ANY_KEY: BoxKey = { spki: '', fingerprint: '', receipts: '' };

/**
 * Ballot boxes of polls that are 无记名可核验: a token for each voter, and ballots that nobody can join with whoever took them
 * [B30]–[B34].
 */
export function createBoxes(deps: BoxesDeps) {
  const counts = createBoxCounts(deps.boxes, deps.nowMs);
  return {
    /** Makes the key of a poll that somebody may open now and that has a box. Refusals are left to whoever opens it. */
    ready: async (standing: Who, of: BoxOf): Promise<void> => {
      const room = await deps.rooms.current(of.sessionId);
      const poll = pollIn(room, of.pollId);
      if (poll?.phase !== 'prepared' || !hasBox(poll)) return;
      const asked = decide(
        room,
        standing,
        { type: 'openPoll', pollId: of.pollId },
        { at: deps.clock.now(), key: ANY_KEY },
      );
      if (!asked.ok || (await deps.boxes.keyOf(of)) !== null) return;
      await deps.boxes.keepKey(of, await deps.keys.make(of));
      counts.know(of);
    },
    token: (who: SignedIn, of: BoxOf, wish: TokenWish) => takeToken({ ...deps, counts }, { who, of, wish }),
    cast: (of: BoxOf, ballot: BoxBallot) => cast({ ...deps, counts }, of, ballot),
    turnout: async (of: BoxOf): Promise<BoxTurnout> => {
      const { poll } = await boxedIn({ ...deps, counts }, of);
      if (poll.phase === 'closed')
        return { issued: poll.box?.issued ?? 0, cast: poll.box?.cast ?? 0, isClosed: true };
      const { told, counted } = await counts.look(of);
      // A process that died between the last ballot and the close: whoever has the box counted notices.
      const { electorate, draft } = poll;
      const isFull = counted !== null && counted.cast >= electorate.length;
      if (draft.rules.time.closesWhenAllVoted && isFull) closeIfAll(deps, of, poll);
      return { ...told, isClosed: false };
    },
    content: (who: SignedIn, of: BoxOf) => contentOf(deps, who, of),
  };
}

type Deps = BoxesDeps & { readonly counts: BoxCounts };

function pollIn(room: Room, pollId: PollId): Poll | undefined {
  return room.polls.find(({ draft }) => draft.id === pollId);
}

type Boxed = (OpenPoll | ClosedPoll) & { readonly key: BoxKey };

/** A poll that has, or had, a box. Throws POLL_UNKNOWN, POLL_WITHOUT_BOX, POLL_NOT_OPEN. */
async function boxedIn(deps: Deps, of: BoxOf): Promise<{ readonly room: Room; readonly poll: Boxed }> {
  // Whoever asks for polls that are not there, under ever other ids, is bounded together with all who do.
  if (!deps.counts.isKnown(of)) await deps.spend('foreignBallot', NOBODYS_POLL);
  const room = await deps.rooms.current(of.sessionId).catch((error: unknown) => {
    throw error instanceof AppError && error.reason === 'SESSION_UNKNOWN'
      ? new AppError('POLL_UNKNOWN')
      : error;
  });
  const poll = pollIn(room, of.pollId);
  if (poll === undefined) throw new AppError('POLL_UNKNOWN');
  if (!hasBox(poll)) throw new AppError('POLL_WITHOUT_BOX');
  if (poll.phase === 'prepared' || poll.key === undefined) throw new AppError('POLL_NOT_OPEN');
  deps.counts.know(of);
  return { room, poll: { ...poll, key: poll.key } };
}
const NOBODYS_POLL = '00000000-0000-0000-0000-000000000000' as PollId;

type Asked = { readonly who: SignedIn; readonly of: BoxOf; readonly wish: TokenWish };

/** Who may vote is asked now, and again, with the sign-in, in the statement that keeps the token [P13]. */
async function takeToken(deps: Deps, { who, of, wish }: Asked): Promise<IssuedToken> {
  const { sessionId, pollId } = of;
  const { blinded, voter } = wish;
  const paper: Paper = { shape: 'blank' };
  const standing = await standingFor(deps, {
    who,
    sessionId,
    command: { type: 'castBallot', pollId, paper },
  });
  const room = await deps.rooms.current(sessionId);
  const poll = guardBallot(room, standing, pollId, deps.clock.now());
  if (!poll.ok) throw fromRefusal(poll.error);
  if (!hasBox(poll.value) || poll.value.key === undefined) throw new AppError('POLL_WITHOUT_BOX');
  // A sign-in that changed in another tab: the token would lie in the slip of whoever asked, and be spent by them.
  const seat = standing.kind === 'participant' ? seatOf(room, standing.id) : undefined;
  if (seat === undefined || seat.id !== voter) throw new AppError('NOT_ELIGIBLE');
  // One token for a place on the roll, whoever of two that had it after each other takes it [B48].
  const place = placeOf(poll.value, seat);
  if (place === null) throw new AppError('NOT_ELIGIBLE');
  deps.counts.know(of);
  const { key } = poll.value;
  if (!deps.keys.isBelowModulus(key, blinded))
    throw new AppError('FIELD_INVALID', { details: { path: 'blinded', problem: 'range' } });
  const claim = { signInId: who.signInId, personId: who.personId, seat: seat.id };
  const { isEnding = false } = poll.value;
  const signature = await signedFor(deps, { of, voter: place, blinded, key, claim, isEnding });
  return { signature, box: boxAt(deps.settings, of) };
}

type ForVoter = {
  readonly of: BoxOf;
  readonly voter: ParticipantId;
  readonly blinded: string;
  readonly key: BoxKey;
  /** Only whoever has a token already is given it again. */
  readonly isEnding: boolean;
  readonly claim: Parameters<BoxStore['issue']>[2]['claim'];
};

async function signedFor(
  deps: Deps,
  { of, voter, blinded, key, claim, isEnding }: ForVoter,
): Promise<string> {
  const bytes = Buffer.from(blinded, 'base64url');
  const blindedHash = createHash('sha256').update(bytes).digest('base64url');
  const same = (before: { readonly blindedHash: string; readonly blindSig: string }) => {
    if (before.blindedHash !== blindedHash) throw new AppError('TOKEN_TAKEN');
    return before.blindSig;
  };
  const before = await deps.boxes.issueOf(of, voter);
  if (before !== null) return same(before);
  const kept = await deps.boxes.keyOf(of);
  if (kept === null) throw new AppError('POLL_CLOSED');
  // Also where this process has not heard of it yet: with the host's word the key is gone.
  if (isEnding || kept.sealed === '') throw new AppError('POLL_ENDING');
  const opened = deps.keys.open(of, kept.sealed);
  if (opened === null) throw new Error('a box was sealed with another secret');
  const signed = await deps.signer.sign({ name: key.fingerprint, key: opened, blinded: bytes });
  if (signed === null) throw new Error('a number below the modulus was not signed');
  const blindSig = Buffer.from(signed).toString('base64url');
  const issued = await deps.boxes.issue(of, voter, { blindedHash, blindSig, claim });
  if (issued.is === 'taken') return same(issued.before);
  if (issued.is === 'closed') throw new AppError('POLL_CLOSED');
  if (issued.is === 'ending') throw new AppError('POLL_ENDING');
  if (issued.is === 'unclaimed') throw new AppError('SIGN_IN_REVOKED');
  return blindSig;
}

function boxAt({ origin, jitterMs }: BoxSettings, { sessionId, pollId }: BoxOf): IssuedToken['box'] {
  return { url: `${origin ?? ''}/box/${sessionId}/${pollId}`, jitterMs };
}

/** Nothing in here knows who casts: what is good is a token, whoever brings it [B32]. */
async function cast(deps: Deps, of: BoxOf, { msg, signature, paper }: BoxBallot): Promise<BallotReceipt> {
  const { room, poll } = await boxedIn(deps, of);
  if (!(await deps.keys.isOwnToken(poll.key, { msg, signature }))) {
    await deps.spend('foreignBallot', of.pollId);
    throw new AppError('TOKEN_FOREIGN');
  }
  const judged = judgePaper(poll.draft, paper);
  if (!judged.ok) throw fromRefusal(judged.error);
  const nullifier = nullifierOf(msg);
  // Whoever lost their receipt gets it again, whatever became of the poll since. What is sent over and over is bounded
  // with what is no token: nobody's new ballot waits for it.
  const before = await deps.boxes.paperOf(of, nullifier);
  await deps.spend(before === null ? 'ballot' : 'foreignBallot', of.pollId);
  const ballot = { msg, signature, nullifier, paper: judged.value };
  const kept = before ?? (await castAnew(deps, { of, room, poll }, ballot));
  if (canonical(kept) !== canonical(judged.value)) throw new AppError('TOKEN_SPENT');
  const receipt = deps.keys.receipt(receiptText(of.pollId, nullifier, judged.value));
  return { tracker: trackerOf(nullifier, of.pollId), receipt };
}

async function castAnew(
  deps: Deps,
  { of, room, poll }: { readonly of: BoxOf; readonly room: Room; readonly poll: Boxed },
  ballot: Parameters<BoxStore['cast']>[1],
): Promise<Paper> {
  if (poll.phase === 'closed') throw new AppError('POLL_CLOSED');
  if (!canBeDone(room.state, 'poll:vote'))
    throw new AppError('SESSION_NOT_OPEN', { details: { state: room.state } });
  const sits = guardSitting(room, poll.draft, poll.isEnding === true ? 'close' : 'vote');
  if (!sits.ok) throw fromRefusal(sits.error);
  if (poll.endsAt !== null && deps.clock.now() >= poll.endsAt) throw new AppError('POLL_CLOSED');
  const kept = await deps.boxes.cast(of, ballot);
  if (kept === null) throw new AppError('POLL_CLOSED');
  if (poll.draft.rules.time.closesWhenAllVoted) closeIfAll(deps, of, poll);
  return kept;
}

/** Never rejects, and is waited for by nobody: whoever cast the last ballot is answered like all others. */
function closeIfAll({ boxes, rooms, log }: BoxesDeps, of: BoxOf, { electorate }: Boxed): void {
  const close = async () => {
    const { cast: inBox } = await boxes.count(of);
    if (inBox < electorate.length) return;
    const command = { type: 'endOverduePoll' as const, pollId: of.pollId };
    const asked = { sessionId: of.sessionId, who: { kind: 'clock' as const }, actor: 'clock', command };
    await rooms.submit({ ...asked, key: `poll:${of.pollId}` });
  };
  close().catch((error: unknown) => {
    const isNews = error instanceof AppError && ['CONFLICT', 'CLOSED'].includes(error.code);
    if (!isNews) log.warn({ what: 'endOverduePoll' }, 'a full box could not be closed yet');
  });
}

async function contentOf(deps: BoxesDeps, who: SignedIn, of: BoxOf): Promise<BoxContent> {
  const { sessionId, pollId }: { sessionId: SessionId; pollId: PollId } = of;
  const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
  const found = pollIn(room, pollId);
  if (found === undefined) throw new AppError('POLL_UNKNOWN');
  if (!hasBox(found)) throw new AppError('POLL_WITHOUT_BOX');
  if (found.phase !== 'closed') throw new AppError('POLL_STILL_OPEN');
  const seen = pollSeenBy(found, audienceFor(room, standing) === 'chair');
  if (seen.phase === 'closed' && seen.result === null) throw new AppError('POLL_UNPUBLISHED');
  const ballots = byTracker(pollId, await deps.boxes.ballots(of));
  return { roster: [...(found.box?.roster ?? [])], root: rootOf(pollId, ballots), ballots };
}
