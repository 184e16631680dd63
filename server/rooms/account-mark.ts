import { createHash } from 'node:crypto';
import type { SessionId } from '../../core/domain/ids.ts';
import type { Facts } from '../../core/domain/room/facts.ts';
import type { Submission } from '../ports/rooms.ts';

/**
 * The mark of an account in one session: the same whenever it decides there, and nothing by which it is found in another
 * session, or at all by whoever does not hold the accounts.
 */
export function accountMark(sessionId: SessionId, actor: string): string {
  return createHash('sha256').update(`${sessionId}\n${actor}`).digest('base64url').slice(0, 22);
}

const MARKED: readonly Submission['command']['type'][] = [
  'refuseView',
  'hideView',
  'decideAppeal',
  'proposeVoid',
  'confirmVoid',
];

/**
 * Which account decides, for commands of which the log keeps it: another account's is an appeal against it [X4], and
 * confirming that a poll is void [B42].
 */
export function accountFact({
  sessionId,
  actor,
  command,
}: Pick<Submission, 'sessionId' | 'actor' | 'command'>): Pick<Facts, 'account'> {
  return MARKED.includes(command.type) ? { account: accountMark(sessionId, actor) } : {};
}
