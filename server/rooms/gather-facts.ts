import type { FileId } from '../../core/domain/ids.ts';
import { decide } from '../../core/domain/room/decide.ts';
import type { Facts } from '../../core/domain/room/facts.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { missingParts } from '../../core/domain/signing.ts';
import { fromRefusal } from '../app-error.ts';
import type { Batch, LockedLog } from '../ports/room-log.ts';
import type { Submission } from '../ports/rooms.ts';
import { isSecret } from './body-hash.ts';

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

/** The files that a command names. */
export function filesIn(command: Submission['command']): readonly FileId[] {
  if (command.type === 'postView') return command.view.pictures?.map(({ id }) => id) ?? [];
  return command.type === 'addMaterial' ? [command.material.id] : [];
}

/**
 * Fetches what a command needs to know that is not in the room. Asks the rules first: a close that is refused must
 * not freeze the text.
 */
export async function gatherFacts(
  log: LockedLog,
  room: Room,
  { who, command, actor, at }: Pick<Submission, 'who' | 'command' | 'actor'> & { readonly at: string },
): Promise<Gathered> {
  const needsText = sealsText(command);
  const needsPapers = command.type === 'closePoll' && isSecret(room, command.pollId);
  if (command.type === 'approvePlan') {
    return { facts: { review: await log.reviewBy(actor) }, outcome: null };
  }
  const files = filesIn(command);
  if (files.length > 0) return { facts: { files: await log.filesOf(files, actor) }, outcome: null };
  if (!needsText && !needsPapers) return NOTHING_GATHERED;
  if (!decide(room, who, command, { at }).ok) return NOTHING_GATHERED;
  if (command.type === 'closePoll') {
    return { facts: { papers: await log.papersOf(command.pollId) }, outcome: null };
  }
  const { outcome, ...text } = await log.sealText();
  const facts = { text, missing: missingParts(outcome) };
  // What the text says may be against it: then the transaction that froze it is undone.
  const decided = decide(room, who, command, { at, ...facts });
  if (!decided.ok) throw fromRefusal(decided.error);
  return { facts, outcome: { outcome, ...text } };
}
