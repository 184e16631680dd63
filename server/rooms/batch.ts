import { RoomEvent, type Envelope } from '../../core/domain/events.ts';
import type { ParticipantId, PersonId, PollId } from '../../core/domain/ids.ts';
import { judgePaper } from '../../core/domain/polls/validity.ts';
import { refuse, type Refusal } from '../../core/domain/refusals.ts';
import { ok, type Result } from '../../core/domain/result.ts';
import { decide } from '../../core/domain/room/decide.ts';
import { byOf, envelop } from '../../core/domain/room/envelop.ts';
import type { Room } from '../../core/domain/room/state.ts';
import type { Batch, LockedLog, SecretPaper, SeatHolder, StoredCommand } from '../ports/room-log.ts';
import type { Submission } from '../ports/rooms.ts';
import { bodyHash, isSecret } from './body-hash.ts';
import { catchUp, type HeldRoom } from './held-rooms.ts';
import { gatherFacts, NOTHING_GATHERED, type Gathered } from './gather-facts.ts';

/** What one command is answered with; an error is a fault of ours in this command alone. */
export type Answer = Result<readonly Envelope[], Refusal> | { readonly ok: 'fault'; readonly cause: unknown };

export type Judged = {
  readonly held: HeldRoom;
  readonly answers: readonly Answer[];
  /** Events this batch added, for the feed. */
  readonly envelopes: readonly Envelope[];
};

/** The batch while it is judged. Local to one call of judgeBatch; nothing outside sees it half done. */
type Draft = {
  room: Room;
  readonly envelopes: Envelope[];
  readonly commands: Map<string, StoredCommand>;
  readonly papers: SecretPaper[];
  readonly people: Map<ParticipantId, PersonId>;
  readonly closedSecretPolls: PollId[];
  outcome: Batch['outcome'];
};

type Replay = { readonly replays: StoredCommand };

/**
 * Judges commands in order on a working copy of the room and appends what they decided, all in the transaction
 * of log. A refused command costs the others nothing; a repeated key is answered with its first events [L7].
 */
export async function judgeBatch(
  log: LockedLog,
  held: HeldRoom,
  { submissions, now }: { submissions: readonly Submission[]; now: string },
): Promise<Judged> {
  const start = await catchUp(held, { seq: log.seq, eventsAfter: log.eventsAfter });
  // Clocks of two processes differ; the times of one log never run backwards.
  const at = now > start.lastAt ? now : start.lastAt;
  const stored = await log.commandsByKeys([...new Set(submissions.map(({ key }) => key))]);
  const seated = await holdersOf(log, submissions);
  const draft: Draft = {
    room: start.room,
    envelopes: [],
    commands: new Map(),
    papers: [],
    people: new Map(),
    closedSecretPolls: [],
    outcome: null,
  };
  const known = new Map(stored.map((command) => [command.key, command]));
  const answers: (Answer | Replay)[] = [];
  for (const [index, submission] of submissions.entries()) {
    const hash = bodyHash(draft.room, submission.who, submission.command);
    const first = known.get(submission.key) ?? draft.commands.get(submission.key);
    if (first !== undefined) {
      const isSame = first.actor === submission.actor && first.bodyHash === hash;
      answers.push(isSame ? { replays: first } : refuse('KEY_REUSED'));
      continue;
    }
    // Only the first command of a batch may need facts: the text and the papers are those before the batch.
    const gathered = index === 0 ? await gatherFacts(log, draft.room, submission) : NOTHING_GATHERED;
    answers.push(judgeOne(draft, { submission, gathered, hash, at, seated }));
  }
  if (draft.commands.size > 0) await log.append(toBatch(start.room, draft));
  const replayed = await eventsOf(log, answers, draft.envelopes);
  return {
    held: { ...start, room: draft.room, lastAt: draft.envelopes.length > 0 ? at : start.lastAt },
    answers: answers.map((answer) => ('replays' in answer ? ok(replayed(answer.replays)) : answer)),
    envelopes: draft.envelopes,
  };
}

/** Commands that must begin a batch of their own, because their facts are read before the batch is appended. */
export function mustComeFirst({ command }: Submission): boolean {
  return command.type === 'closeSession' || command.type === 'closePoll';
}

type Case = {
  readonly submission: Submission;
  readonly gathered: Gathered;
  readonly hash: string;
  readonly at: string;
  readonly seated: ReadonlyMap<PersonId, SeatHolder['seat']>;
};

function judgeOne(draft: Draft, { submission, gathered, hash, at, seated }: Case): Answer {
  const { who, command, actor, key } = submission;
  try {
    const seat = guardSeat(draft, command, seated);
    if (!seat.ok) return seat;
    const decided = decide(draft.room, who, command, gathered.facts);
    if (!decided.ok) return decided;
    // The log is for ever: an event that nobody could read again must not get into it. A fault of ours.
    for (const event of decided.value) RoomEvent.parse(event);
    const before = draft.room;
    const { room, envelopes } = envelop(before, { by: byOf(who), at, events: decided.value });
    keepAside(draft, { before, command, gathered });
    draft.room = room;
    draft.envelopes.push(...envelopes);
    draft.commands.set(key, {
      key,
      actor,
      bodyHash: hash,
      firstSeq: before.seq + 1,
      count: envelopes.length,
    });
    return ok(envelopes);
  } catch (cause) {
    return { ok: 'fault', cause };
  }
}

/** What a command leaves outside the log: papers, whose seat it is, the frozen text. */
function keepAside(
  draft: Draft,
  { before, command, gathered }: { before: Room; command: Submission['command']; gathered: Gathered },
): void {
  if (command.type === 'addParticipant') draft.people.set(command.participant.id, command.personId);
  if (command.type === 'closeSession') draft.outcome = gathered.outcome;
  if (command.type === 'closePoll' && isSecret(before, command.pollId))
    draft.closedSecretPolls.push(command.pollId);
  if (command.type === 'castBallot' && isSecret(before, command.pollId)) {
    const poll = before.polls.find((candidate) => candidate.draft.id === command.pollId);
    const judged = poll === undefined ? undefined : judgePaper(poll.draft, command.paper);
    if (judged?.ok !== true) throw new Error('a ballot was accepted that has no valid paper');
    draft.papers.push({ pollId: command.pollId, paper: judged.value });
  }
}

/** One person has one seat in a session, also after they were removed [P4]. */
function guardSeat(
  draft: Draft,
  command: Submission['command'],
  seated: ReadonlyMap<PersonId, SeatHolder['seat']>,
): Result<null, Refusal> {
  if (command.type !== 'addParticipant') return ok(null);
  const seat = seated.get(command.personId);
  if (seat === undefined) return refuse('PARTICIPANT_UNKNOWN');
  if (seat?.isRemoved === true) return refuse('REMOVED_FROM_SESSION');
  const isTaken = seat !== null || [...draft.people.values()].includes(command.personId);
  return isTaken ? refuse('ALREADY_THERE') : ok(null);
}

async function holdersOf(log: LockedLog, submissions: readonly Submission[]) {
  const people = submissions.flatMap(({ command }) =>
    command.type === 'addParticipant' ? [command.personId] : [],
  );
  const holders = people.length === 0 ? [] : await log.holders(people);
  return new Map(holders.map(({ personId, seat }) => [personId, seat]));
}

function toBatch(before: Room, draft: Draft): Batch {
  const { room, envelopes, commands, papers, people, closedSecretPolls, outcome } = draft;
  return {
    before,
    after: room,
    envelopes,
    commands: [...commands.values()],
    papers,
    people,
    closedSecretPolls,
    outcome,
  };
}

async function eventsOf(log: LockedLog, answers: readonly (Answer | Replay)[], fresh: readonly Envelope[]) {
  const replays = answers.flatMap((answer) => ('replays' in answer ? [answer.replays] : []));
  const bySeq = new Map(await log.eventsBetween(replays));
  for (const envelope of fresh) bySeq.set(envelope.seq, envelope);
  return ({ firstSeq, count }: StoredCommand): Envelope[] =>
    Array.from({ length: count }, (_, index) => bySeq.get(firstSeq + index)).filter((e) => e !== undefined);
}
