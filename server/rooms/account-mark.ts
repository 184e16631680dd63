import { createHash } from 'node:crypto';
import type { SessionId } from '../../core/domain/ids.ts';

/**
 * The mark of an account in one session: the same whenever it decides there, and nothing by which it is found in another
 * session, or at all by whoever does not hold the accounts.
 */
export function accountMark(sessionId: SessionId, actor: string): string {
  return createHash('sha256').update(`${sessionId}\n${actor}`).digest('base64url').slice(0, 22);
}
