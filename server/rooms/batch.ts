import type { Envelope } from '../../core/domain/events.ts';
import { refuse } from '../../core/domain/refusals.ts';
import { ok } from '../../core/domain/result.ts';
import type { Batch, LockedLog, StoredCommand } from '../ports/room-log.ts';
import type { Claim, Submission } from '../ports/rooms.ts';
import { asksAgain, draftBehind, judgeOne, toBatch, wantedSeat, type Answer, type Replay } from './draft.ts';
import { filesIn, gatherFacts, mayClosePoll, NOTHING_GATHERED, sealsText } from './gather-facts.ts';
import { catchUp, type HeldRoom } from './held-rooms.ts';
import type { MarkOf } from './command-mark.ts';
import { bytesOf } from './room-size.ts';

export type Judged = {
  readonly held: HeldRoom;
  readonly answers: readonly Answer[];
  /** Events this batch added, for the feed. */
  readonly envelopes: readonly Envelope[];
  /** The hash that the log ended with before them. */
  readonly behind: string;
};

type Waiting = {
  readonly submissions: readonly Submission[];
  readonly now: string;
  readonly markOf: MarkOf;
};

/**
 * Judges commands in order on a working copy of the room and appends what they decided, all in the transaction
 * of log. A refused command costs the others nothing; a repeated key is answered with its first events [L7].
 */
export async function judgeBatch(
  log: LockedLog,
  held: HeldRoom,
  { submissions, now, markOf }: Waiting,
): Promise<Judged> {
  const { headHash } = log;
  const start = await catchUp(held, log);
  const at = timeBehind(start, now);
  const stored = await log.commandsByKeys([...new Set(submissions.map(({ key }) => key))]);
  const known = new Map(stored.map((command) => [command.key, command]));
  const seated = await holdersOf(log, submissions);
  const ended = await claimsThatEnded(log, submissions);
  const draft = draftBehind(start.room);
  const answers: (Answer | Replay)[] = [];
  for (const [index, submission] of submissions.entries()) {
    // Before anything else, also before what was stored under its key [P13].
    if (submission.claim !== undefined && ended.has(submission.claim)) {
      answers.push(refuse('SIGN_IN_REVOKED'));
      continue;
    }
    // Only the first command of a batch may need facts: the text and the papers are those before the batch.
    const needsFacts = index === 0 && !known.has(submission.key);
    const gathered = needsFacts
      ? await gatherFacts(log, draft.room, { ...submission, at })
      : NOTHING_GATHERED;
    answers.push(judgeOne(draft, { submission, at, gathered, known, seated, markOf }));
  }
  const appended = draft.commands.size > 0 ? await log.append(toBatch(start.room, draft)) : headHash;
  const replayed = await eventsOf(log, answers, draft.envelopes);
  return {
    held: { ...start, ...endOf(draft.envelopes, start), room: draft.room, headHash: appended },
    answers: answers.map((answer) => ('replays' in answer ? ok(replayed(answer.replays)) : answer)),
    envelopes: draft.envelopes,
    behind: start.headHash,
  };
}

/** A batch that was judged without the log: good only if the log still ends where the room was folded up to. */
export type Ahead = Judged & {
  readonly batch: Batch;
  readonly keys: readonly string[];
  readonly claims: readonly Claim[];
};

/**
 * Judges commands on the room in memory, before the log is asked. Null when that cannot be done: nothing is held,
 * a command needs more than the room, or all were refused, which memory alone must not decide.
 */
export function judgeAhead(held: HeldRoom, { submissions, now, markOf }: Waiting): Ahead | null {
  if (held.room.seq === 0 || submissions.some(mustComeFirst)) return null;
  if (submissions.some((submission) => asksAgain(held.room, submission))) return null;
  const at = timeBehind(held, now);
  const draft = draftBehind(held.room);
  const answers = submissions.map((submission) =>
    judgeOne(draft, {
      submission,
      at,
      gathered: NOTHING_GATHERED,
      known: new Map(),
      seated: null,
      markOf,
    }),
  );
  if (draft.commands.size === 0) return null;
  const replayed = eventsAmong(draft.envelopes);
  return {
    held: { ...held, ...endOf(draft.envelopes, held), room: draft.room },
    answers: answers.map((answer) => ('replays' in answer ? ok(replayed(answer.replays)) : answer)),
    envelopes: draft.envelopes,
    behind: held.headHash,
    batch: toBatch(held.room, draft),
    keys: submissions.map(({ key }) => key),
    claims: claimsOf(submissions),
  };
}

/** Commands that must begin a batch of their own, because their facts are read before the batch is appended. */
export function mustComeFirst({ command }: Submission): boolean {
  const { type } = command;
  return (
    sealsText(command) ||
    mayClosePoll(command) ||
    type === 'approvePlan' ||
    type === 'openPoll' ||
    filesIn(command).length > 0
  );
}

/** What may take long, and fail for a reason of its own, fails nobody else's commands and lets nobody wait. */
export function standsAlone({ command }: Submission): boolean {
  return sealsText(command);
}

/** Clocks of two processes differ; the times of one log never run backwards. */
function timeBehind({ lastAt }: HeldRoom, now: string): string {
  return now > lastAt ? now : lastAt;
}

function endOf(
  envelopes: readonly Envelope[],
  { lastAt, bytes }: HeldRoom,
): Pick<HeldRoom, 'lastAt' | 'bytes'> {
  return { lastAt: envelopes[envelopes.length - 1]?.at ?? lastAt, bytes: bytes + bytesOf(envelopes) };
}

function claimsOf(submissions: readonly Submission[]): readonly Claim[] {
  return submissions.flatMap(({ claim }) => (claim === undefined ? [] : [claim]));
}

async function claimsThatEnded(
  log: LockedLog,
  submissions: readonly Submission[],
): Promise<ReadonlySet<Claim>> {
  const claims = claimsOf(submissions);
  const good = claims.length === 0 ? [] : await log.areGood(claims);
  return new Set(claims.filter((_claim, index) => good[index] !== true));
}

async function holdersOf(log: LockedLog, submissions: readonly Submission[]) {
  const people = submissions.flatMap(({ command }) => wantedSeat(command)?.personId ?? []);
  const holders = people.length === 0 ? [] : await log.holders(people);
  return new Map(holders.map(({ personId, seat }) => [personId, seat]));
}

async function eventsOf(log: LockedLog, answers: readonly (Answer | Replay)[], fresh: readonly Envelope[]) {
  const replays = answers.flatMap((answer) => ('replays' in answer ? [answer.replays] : []));
  const stored = replays.length === 0 ? [] : (await log.eventsBetween(replays)).values();
  return eventsAmong([...stored, ...fresh]);
}

function eventsAmong(envelopes: readonly Envelope[]) {
  const bySeq = new Map(envelopes.map((envelope) => [envelope.seq, envelope]));
  return ({ firstSeq, count }: StoredCommand): Envelope[] =>
    Array.from({ length: count }, (_, index) => bySeq.get(firstSeq + index)).filter((e) => e !== undefined);
}
