import type { FileId, PollId } from '../../core/domain/ids.ts';
import { decide } from '../../core/domain/room/decide.ts';
import type { Facts } from '../../core/domain/room/facts.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { missingParts } from '../../core/domain/signing.ts';
import { fromRefusal } from '../app-error.ts';
import type { Batch, LockedLog } from '../ports/room-log.ts';
import type { Submission } from '../ports/rooms.ts';
import { accountFact } from './account-mark.ts';
import { isInBox, isSecret } from './body-hash.ts';

/** Facts for the rules, and the frozen text itself for the archive. */
export type Gathered = { readonly facts: Facts; readonly outcome: Batch['outcome'] };

export const NOTHING_GATHERED: Gathered = { facts: {}, outcome: null };

/** Whether a command freezes the text. */
export function sealsText({ type }: Submission['command']): boolean {
  return makesArchive({ type }) || type === 'settleText';
}

/** Whether the record is made with it. */
export function makesArchive({ type }: Pick<Submission['command'], 'type'>): boolean {
  return type === 'closeSession' || type === 'abortSession' || type === 'adoptOutcome';
}

/** Whether papers that are kept apart are counted by it. */
export function closesPoll(room: Room, command: Submission['command']): command is Closing {
  if (command.type !== 'confirmVoid') return mayClosePoll(command);
  return room.polls.some(({ draft, phase }) => draft.id === command.pollId && phase === 'open');
}

/** Whether papers may have to be counted for it: an open poll that is void is closed as well [B42]. */
export function mayClosePoll(command: Submission['command']): command is Closing {
  return CLOSING.some((type) => type === command.type);
}

const CLOSING = ['closePoll', 'endOverduePoll', 'confirmVoid'] as const;
type Closing = Extract<Submission['command'], { type: (typeof CLOSING)[number] }>;

/** The files that a command names. */
export function filesIn(command: Submission['command']): readonly FileId[] {
  if (command.type === 'postView') return command.view.pictures?.map(({ id }) => id) ?? [];
  return command.type === 'addMaterial' ? [command.material.id] : [];
}

type Asked = Pick<Submission, 'who' | 'command' | 'actor' | 'sessionId'> & { readonly at: string };

/**
 * Fetches what a command needs to know that is not in the room. Asks the rules first: a close that is refused must
 * not freeze the text.
 */
export async function gatherFacts(
  log: LockedLog,
  room: Room,
  { who, command, actor, sessionId, at }: Asked,
): Promise<Gathered> {
  const known = { at, ...accountFact({ sessionId, actor, command }) };
  const needsText = sealsText(command);
  const needsPapers = closesPoll(room, command) && isSecret(room, command.pollId);
  if (command.type === 'approvePlan') {
    return { facts: { review: await log.reviewBy(actor) }, outcome: null };
  }
  const files = filesIn(command);
  if (files.length > 0) return { facts: { files: await log.filesOf(files, actor) }, outcome: null };
  if (command.type === 'openPoll') return { facts: await keyFor(log, room, command.pollId), outcome: null };
  if (!needsText && !needsPapers) return NOTHING_GATHERED;
  // Whether all have voted stands in the box itself, so the clock is not asked before it is looked into.
  const isInto = needsPapers && isInBox(room, command.pollId);
  if (!(isInto && who.kind === 'clock') && !decide(room, who, command, known).ok) return NOTHING_GATHERED;
  if (needsPapers) {
    if (isInto) return { facts: await log.closingBox(command.pollId), outcome: null };
    return { facts: { papers: await log.papersOf(command.pollId) }, outcome: null };
  }
  const { outcome, ...text } = await log.sealText();
  const facts = { text, missing: missingParts(outcome) };
  // What the text says may be against it: then the transaction that froze it is undone.
  const decided = decide(room, who, command, { ...known, ...facts });
  if (!decided.ok) throw fromRefusal(decided.error);
  return { facts, outcome: { outcome, ...text } };
}

/** The keys of the box that a poll opens with, where it has one. */
async function keyFor(log: LockedLog, room: Room, pollId: PollId): Promise<Facts> {
  const key = isInBox(room, pollId) ? await log.boxKeyOf(pollId) : null;
  return key === null ? {} : { key };
}
