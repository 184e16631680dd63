import { randomUUID } from 'node:crypto';
import { PollId, type SessionId } from '../core/domain/ids.ts';
import type { BoxKey } from '../core/domain/polls/box.ts';
import { usualPoll } from '../core/domain/polls/usual-rules.ts';
import type { Browser } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';

/** Opens a poll among residents whose ballots go into a box, and tells its key. */
export async function openBox(
  chair: Browser,
  sessionId: SessionId,
): Promise<{ readonly pollId: PollId; readonly key: BoxKey }> {
  const pollId = PollId.parse(randomUUID());
  const options = ['y', 'n'].map((id) => ({ id, text: id }));
  const asked = { id: pollId, question: '是否同意？', options, roles: ['resident' as const] };
  const poll = usualPoll({ ...asked, secrecy: 'verifiable' });
  await command(chair, sessionId, { type: 'preparePoll', poll }, randomUUID());
  const [opened] = await command(chair, sessionId, { type: 'openPoll', pollId }, randomUUID());
  const key = opened?.event.type === 'poll:opened' ? opened.event.key : undefined;
  if (key === undefined) throw new Error('the box did not open');
  return { pollId, key };
}
