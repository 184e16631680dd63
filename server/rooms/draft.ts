import { RoomEvent, type Envelope } from '../../core/domain/events.ts';
import type { ParticipantId, PersonId, PollId } from '../../core/domain/ids.ts';
import { judgePaper } from '../../core/domain/polls/judging.ts';
import { refuse, type Refusal } from '../../core/domain/refusals.ts';
import { ok, type Result } from '../../core/domain/result.ts';
import { decide } from '../../core/domain/room/decide.ts';
import { endorsedFact } from '../../core/domain/room/mending.ts';
import type { Own } from '../../core/domain/room/apply-polls.ts';
import { byOf, envelop } from '../../core/domain/room/envelop.ts';
import type { Room } from '../../core/domain/room/state.ts';
import type { Batch, SecretPaper, SeatHolder, StoredCommand } from '../ports/room-log.ts';
import type { Submission } from '../ports/rooms.ts';
import { accountFact } from './account-mark.ts';
import { bodyHash, bodyHashBefore, isInBox, isSecret } from './body-hash.ts';
import { isMarkOf, type MarkOf } from './command-mark.ts';
import { closesPoll, makesArchive, type Gathered } from './gather-facts.ts';

/** What one command is answered with; an error is a fault of ours in this command alone. */
export type Answer = Result<readonly Envelope[], Refusal> | { readonly ok: 'fault'; readonly cause: unknown };
/** The answer to a key that was used before: what it made then. */
export type Replay = { readonly replays: StoredCommand };

/** A batch while it is judged. Local to one judgement; nothing outside sees it half done. */
export type Draft = {
  room: Room;
  /** What rooms between two commands of the draft are made of: nobody else sees them. */
  readonly own: Own;
  readonly envelopes: Envelope[];
  readonly commands: Map<string, StoredCommand>;
  readonly papers: SecretPaper[];
  readonly people: Map<ParticipantId, PersonId>;
  readonly closedSecretPolls: PollId[];
  readonly closedBoxes: PollId[];
  outcome: Batch['outcome'];
};

/** A draft behind a room, with nothing in it yet. */
export function draftBehind(room: Room): Draft {
  return {
    room,
    own: new WeakSet(),
    envelopes: [],
    commands: new Map(),
    papers: [],
    people: new Map(),
    closedSecretPolls: [],
    closedBoxes: [],
    outcome: null,
  };
}

/** What the judge of one command knows beside the draft. */
export type Case = {
  readonly submission: Submission;
  readonly at: string;
  readonly gathered: Gathered;
  /** Commands that were stored before, by key. */
  readonly known: ReadonlyMap<string, StoredCommand>;
  /** Who has a seat already; null: whoever appends asks, and appends nothing where somebody has. */
  readonly seated: Seated;
  readonly markOf: MarkOf;
};
type Seated = ReadonlyMap<PersonId, SeatHolder['seat']> | null;

/**
 * Judges one command behind what the draft holds, and adds what it decided. A refused command changes nothing; a
 * repeated key is answered with its first events [L7].
 */
export function judgeOne(
  draft: Draft,
  { submission, at, gathered, known, seated, markOf }: Case,
): Answer | Replay {
  const { who, command, actor, key, words, endingMs } = submission;
  const hash = bodyHash(draft.room, command);
  const first = known.get(key) ?? draft.commands.get(key);
  if (first !== undefined) {
    const hashes = [hash, bodyHashBefore(draft.room, who, command)];
    const isSame = first.actor === actor && hashes.some((one) => isMarkOf(first.bodyHash, one, markOf));
    return isSame ? { replays: first } : refuse('KEY_REUSED');
  }
  try {
    const seat = guardSeat(draft, command, seated);
    if (!seat.ok) return seat;
    const decided = decide(draft.room, who, command, {
      ...gathered.facts,
      ...accountFact(submission),
      ...(words === undefined ? {} : { words }),
      ...(endingMs === undefined ? {} : { endingMs }),
      ...endorsedFact(draft.room, command),
      at,
    });
    if (!decided.ok) return decided;
    // The log is for ever: an event that nobody could read again must not get into it. A fault of ours.
    for (const event of decided.value) RoomEvent.parse(event);
    const before = draft.room;
    // Before anything is written: a command that is a fault leaves nothing behind.
    const paper = secretPaper(before, command);
    const { room, envelopes } = envelop(before, { by: byOf(who), at, events: decided.value }, draft.own);
    keepAside(draft, { before, command, gathered, decided: decided.value });
    if (paper !== null) draft.papers.push(paper);
    draft.room = room;
    draft.envelopes.push(...envelopes);
    draft.commands.set(key, {
      key,
      actor,
      bodyHash: markOf(hash),
      firstSeq: before.seq + 1,
      count: envelopes.length,
    });
    return ok(envelopes);
  } catch (cause) {
    return { ok: 'fault', cause };
  }
}

/** What a command leaves outside the log: whose seat it is, the frozen text, boxes and papers that are laid down anew. */
function keepAside(
  draft: Draft,
  {
    before,
    command,
    gathered,
    decided,
  }: {
    before: Room;
    command: Submission['command'];
    gathered: Gathered;
    decided: readonly RoomEvent[];
  },
): void {
  const wanted = wantedSeat(command);
  if (wanted !== null) draft.people.set(wanted.id, wanted.personId);
  if (makesArchive(command)) draft.outcome = gathered.outcome;
  // Of a box whose poll only begins to end, nothing is laid down yet.
  if (closesPoll(before, command) && decided.some(({ type }) => type === 'poll:closed')) {
    const polls = isInBox(before, command.pollId) ? draft.closedBoxes : draft.closedSecretPolls;
    if (isSecret(before, command.pollId)) polls.push(command.pollId);
  }
}

/** The paper of a secret ballot, which is kept apart from who cast it [B5]. */
function secretPaper(before: Room, command: Submission['command']): SecretPaper | null {
  if (command.type !== 'castBallot' || !isSecret(before, command.pollId)) return null;
  const poll = before.polls.find((candidate) => candidate.draft.id === command.pollId);
  const judged = poll === undefined ? undefined : judgePaper(poll.draft, command.paper);
  if (judged?.ok !== true) throw new Error('a ballot was accepted that has no valid paper');
  return { pollId: command.pollId, paper: judged.value };
}

/** The seat that a command is to make, and whose it will be. */
export function wantedSeat(command: Submission['command']): WantedSeat | null {
  if (command.type === 'addParticipant')
    return { id: command.participant.id, personId: command.personId, isGuest: command.participant.isGuest };
  return command.type === 'nameDeputy'
    ? { id: command.deputy.id, personId: command.personId, isGuest: false }
    : null;
}
type WantedSeat = { readonly id: ParticipantId; readonly personId: PersonId; readonly isGuest: boolean };

/** Whether a command asks for a seat that was there before: whose it was is asked under the lock [I1]. */
export function asksAgain(room: Room, { command }: Submission): boolean {
  const wanted = wantedSeat(command);
  return wanted !== null && Object.hasOwn(room.participants, wanted.id);
}

/** One person has one seat in a session, also after they were removed [P4]; asked again they get it back [I1]. */
function guardSeat(draft: Draft, command: Submission['command'], seated: Seated): Result<null, Refusal> {
  const wanted = wantedSeat(command);
  if (wanted === null) return ok(null);
  const seat = seated === null ? null : seated.get(wanted.personId);
  if (seat === undefined) return refuse('PARTICIPANT_UNKNOWN');
  if (seat?.isRemoved === true) {
    const returns = seat.participantId === wanted.id && !wanted.isGuest;
    return returns ? ok(null) : refuse('REMOVED_FROM_SESSION');
  }
  if (seat === null && Object.hasOwn(draft.room.participants, wanted.id)) return refuse('ID_TAKEN');
  const isTaken = seat !== null || [...draft.people.values()].includes(wanted.personId);
  return isTaken ? refuse('ALREADY_THERE') : ok(null);
}

/** What is to be appended. */
export function toBatch(before: Room, draft: Draft): Batch {
  const { room, envelopes, commands, papers, people, closedSecretPolls, closedBoxes, outcome } = draft;
  return {
    before,
    after: room,
    envelopes,
    commands: [...commands.values()],
    papers,
    people,
    closedSecretPolls,
    closedBoxes,
    outcome,
  };
}
