import { randomUUID } from 'node:crypto';
import { PollId, type SessionId } from '../core/domain/ids.ts';
import { PollDraft, type Paper } from '../core/domain/polls/kinds.ts';
import type { Browser } from '../rehearsal/doors.ts';
import { command } from '../rehearsal/knock.ts';
import type { Chance } from './chance.ts';

/** A poll among everybody who came by the link. */
export function draftPoll(number: number): PollDraft {
  return PollDraft.parse({
    id: randomUUID(),
    question: `第 ${number} 次意向投票`,
    kind: 'single',
    // Both kinds have their own way to the tally.
    secrecy: number % 2 === 1 ? 'named' : 'secret',
    options: [
      { id: 'a', text: '甲' },
      { id: 'b', text: '乙' },
      { id: 'c', text: '丙' },
    ],
    maxChoices: 1,
    scale: null,
    eligibleRoles: ['resident'],
  });
}

export function paperOf(chance: Chance): Paper {
  const choice = PollDraft.shape.options.element.shape.id.parse(chance.pick(['a', 'b', 'c']));
  return { choices: [choice], scores: null };
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
