import { randomUUID } from 'node:crypto';
import { PollId, type SessionId } from '../core/domain/ids.ts';
import type { PollDraft } from '../core/domain/polls/draft.ts';
import type { Paper } from '../core/domain/polls/paper.ts';
import { usualPoll } from '../core/domain/polls/usual-rules.ts';
import type { Browser } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';
import type { Chance } from './chance.ts';

/** A poll among everybody who came by the link. */
export function draftPoll(
  number: number,
  // Both kinds have their own way to the tally.
  secrecy: PollDraft['rules']['secrecy'] = number % 2 === 1 ? 'named' : 'secret',
): PollDraft {
  return usualPoll({
    id: PollId.parse(randomUUID()),
    question: `第 ${number} 次意向投票`,
    secrecy,
    options: [
      { id: 'a', text: '甲' },
      { id: 'b', text: '乙' },
      { id: 'c', text: '丙' },
    ],
    roles: ['resident'],
  });
}

export function paperOf(chance: Chance): Paper {
  return { shape: 'choices', choices: [chance.pick(['a', 'b', 'c'])] };
}

export async function openPoll(chair: Browser, sessionId: SessionId, poll: PollDraft): Promise<void> {
  await command(chair, sessionId, { type: 'preparePoll', poll }, randomUUID());
  await command(chair, sessionId, { type: 'openPoll', pollId: poll.id }, randomUUID());
}

export async function closePoll(
  chair: Browser,
  sessionId: SessionId,
  pollId: PollDraft['id'],
): Promise<void> {
  await command(chair, sessionId, { type: 'closePoll', pollId: PollId.parse(pollId) }, randomUUID());
}
