import { randomUUID } from 'node:crypto';
import { roomDoors } from '../core/contract/room.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { canonical } from '../core/domain/canonical.ts';
import { PollId } from '../core/domain/ids.ts';
import type { Role } from '../core/domain/people.ts';
import type { Ask } from '../core/domain/polls/ask.ts';
import type { PollDraft } from '../core/domain/polls/draft.ts';
import type { Poll } from '../core/domain/polls/poll.ts';
import type { PollRules } from '../core/domain/polls/rules.ts';
import { usualRules } from '../core/domain/polls/usual-rules.ts';
import { addressOf } from '../rehearsal/doors.ts';
import { ask, fetched, freshKey, type Answer, type Knocker } from './ask.ts';
import { inBatches } from './batches.ts';
import type { Person, Stage } from './stage.ts';

const OPTIONS = ['a', 'b', 'c'].map((id) => ({ id, text: `方案 ${id}` }));
/** A choice of one of three. */
export const SINGLE: Ask = { kind: 'single', options: OPTIONS, allowsNone: false };

/** A paper that names one option of such a choice. */
export function choosing(...choices: readonly string[]) {
  return { shape: 'choices' as const, choices: [...choices] };
}

/** A poll of these roles, held by the usual rules where nothing else is said. */
export function draftOf(asked: Ask, roles: readonly Role[], rules: Partial<PollRules> = {}): PollDraft {
  const id = PollId.parse(randomUUID());
  return { id, question: '检验时的投票', ask: asked, rules: { ...usualRules(roles), ...rules }, about: null };
}

/** Prepares and opens it. */
export async function opened({ does, chair }: Stage, poll: PollDraft): Promise<PollDraft> {
  await does(chair, { type: 'preparePoll', poll });
  await does(chair, { type: 'openPoll', pollId: poll.id });
  return poll;
}

/** The poll as somebody may see it. */
export async function pollFor({ browser }: Person, { sessionId }: Stage, pollId: PollId): Promise<Poll> {
  return await browser.call(sessionRoutes.getPoll, { params: { sessionId, pollId } });
}

/** How many papers the close counted; null where it is not closed, or nothing is told. */
export function castIn(poll: Poll): number | null {
  if (poll.phase !== 'closed' || poll.result === null) return null;
  return poll.result.chambers.reduce((sum, { turnout }) => sum + turnout.cast, 0);
}

/** Who has cast a paper in an open poll, as it is told. */
export function votedIn(poll: Poll): readonly string[] {
  return poll.phase === 'open' ? Object.keys(poll.ballots) : [];
}

/** Sends whatever one likes as a ballot, once. */
export async function ballot(
  who: Knocker,
  { sessionId }: Stage,
  pollId: PollId,
  { paper, key = freshKey() }: { readonly paper: unknown; readonly key?: string },
): Promise<Answer> {
  return await ask(who, roomDoors.castBallot.route, { params: { sessionId, pollId }, body: paper, key });
}

/** The same byte for byte, without a key where none is given. */
export async function rawBallot(
  who: Knocker,
  { sessionId }: Stage,
  pollId: PollId,
  { body, key }: { readonly body: string; readonly key?: string },
): Promise<Answer> {
  const { route } = roomDoors.castBallot;
  return await fetched(addressOf(who.url, route, { params: { sessionId, pollId } }), {
    method: route.method,
    headers: {
      ...who.headers(),
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body,
  });
}

/** Lets so many residents in as guests. */
export async function hall(stage: Stage, people: number): Promise<readonly Person[]> {
  return await inBatches(people, (process) => stage.guest('resident', { process }));
}

/** What an answer says, in whatever order its fields are written. */
export function sameWords({ text }: Pick<Answer, 'text'>): string {
  return canonical(JSON.parse(text));
}

/** Answers by what they say, and how many said it, the most frequent first. */
export function tallied(answers: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([answer, count]) => `${count} × ${answer}`)
    .join(', ');
}
