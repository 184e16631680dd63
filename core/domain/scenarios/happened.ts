import { PollId } from '../ids.ts';
import { may } from '../people.ts';
import { itemsOf } from '../polls/ask.ts';
import type { Count } from '../polls/count.ts';
import type { ClosedPoll, Poll } from '../polls/poll.ts';
import { meanOf, papersFor, turnoutOfAll } from '../polls/reading.ts';
import type { Room } from '../room/state.ts';
import { isByMarks, MARK_OF, optionNames } from './acts.ts';
import { namingOf } from './names.ts';
import type { Scenario, ScenarioVote } from './scenario.ts';
import type { Stance } from '../views.ts';

/** One line of the comparison: what a file says should come out, and what did. */
export type Finding = {
  readonly what: string;
  readonly expected: string;
  readonly happened: string;
  readonly agrees: boolean;
};

/** Compares two texts of the same thing. */
export function finding(what: string, expected: string | number, happened: string | number): Finding {
  return {
    what,
    expected: String(expected),
    happened: String(happened),
    agrees: String(expected) === String(happened),
  };
}

/** Holds a session's room against the file that was played: everything the file expects, and nothing else. */
export function compareRoom(scenario: Scenario, room: Room, scope: string): Finding[] {
  return [
    ...compareChecks(scenario, room),
    ...scenario.votes.flatMap((vote) => compareVote(scenario, vote, room, scope)),
  ];
}

function compareChecks({ checks }: Scenario, room: Room): Finding[] {
  const seats = Object.values(room.participants).filter((seat) => seat.removedAt === null);
  const closed = room.polls.filter((poll) => poll.phase === 'closed');
  const happened: Readonly<Record<Exclude<keyof Scenario['checks'], 'stances'>, number>> = {
    participants: seats.length,
    // Whoever may speak, whether they did or not.
    speakers: seats.filter((seat) => may(seat.role, 'view:post')).length,
    views: room.views.length,
    threadReplies: room.views.filter((view) => view.replyTo !== null).length,
    departmentReplies: room.replies.length,
    followUps: room.tasks.length,
    votes: closed.length,
    ballots: closed.reduce((sum, poll) => sum + castIn(poll), 0),
    agendaMinutes: room.agenda.reduce((sum, item) => sum + item.minutes, 0),
  };
  const { stances, ...totals } = checks;
  const findings = Object.entries(totals).flatMap(([name, expected]) => {
    const counted = Object.entries(happened).find(([other]) => other === name)?.[1];
    return expected === undefined || counted === undefined ? [] : [finding(name, expected, counted)];
  });
  if (stances === undefined) return findings;
  const seen: Partial<Record<Stance, number>> = {};
  for (const { stance } of room.views) seen[stance] = (seen[stance] ?? 0) + 1;
  return [...findings, finding('stances', listed(stances), listed(seen))];
}

function compareVote(scenario: Scenario, vote: ScenarioVote, room: Room, scope: string): Finding[] {
  const poll = pollOf(scenario, vote, room, scope);
  const { expected } = vote;
  if (expected === undefined) return [];
  if (poll?.phase !== 'closed') return [finding(vote.id, 'closed', poll?.phase ?? 'missing')];
  const { entitled, cast } = poll.result === null ? { entitled: 0, cast: 0 } : turnoutOfAll(poll.result);
  const count = countOf(poll);
  const optionId = optionsOf(vote, poll);
  const found: Finding[] = [];
  if (expected.eligible !== undefined)
    found.push(finding(`${vote.id} eligible`, expected.eligible, entitled));
  if (expected.cast !== undefined) found.push(finding(`${vote.id} cast`, expected.cast, cast));
  if (expected.counts !== undefined) {
    const papers = papersFor(count);
    const counts = vote.options.map((option) => [option.id, papers[optionId(option.id)] ?? 0]);
    const wanted = Object.fromEntries(vote.options.map(({ id: name }) => [name, 0]));
    found.push(
      finding(
        `${vote.id} counts`,
        listed({ ...wanted, ...expected.counts }),
        listed(Object.fromEntries(counts)),
      ),
    );
  }
  if (expected.mean !== undefined) found.push(...compareMean(vote, poll, expected.mean));
  return found;
}

/** The poll that was held for a vote of the file: by its id in this playing; where people prepared it, by its question. */
function pollOf({ id }: Scenario, vote: ScenarioVote, { polls }: Room, scope: string): Poll | undefined {
  const pollId = PollId.parse(namingOf(scope, id)('poll', vote.id));
  return (
    polls.find(({ draft }) => draft.id === pollId) ??
    polls.find(({ draft }) => draft.question === vote.question.trim())
  );
}

/** The poll's own names of the options of the file; an option that people wrote down is known by its words. */
function optionsOf(vote: ScenarioVote, { draft }: Poll): (name: string) => string {
  if (isByMarks(vote)) return (name) => MARK_OF[name] ?? name;
  const optionId = optionNames(vote);
  const options = itemsOf(draft.ask);
  const ids = new Set<string>(options.map((option) => option.id));
  const areOurs = vote.options.every(({ id }) => ids.has(optionId(id)));
  return (name) => {
    const words = vote.options.find(({ id }) => id === name)?.text.trim();
    const byWords = options.find(({ text }) => text === words)?.id;
    return areOurs ? optionId(name) : (byWords ?? optionId(name));
  };
}

function castIn({ result }: ClosedPoll): number {
  return result === null ? 0 : turnoutOfAll(result).cast;
}

/** What was counted of everybody together: polls of the files have one chamber. */
function countOf({ result }: ClosedPoll): Count | null {
  return result?.chambers[0]?.count ?? null;
}

function compareMean(
  vote: ScenarioVote,
  poll: ClosedPoll,
  expected: number | Record<string, number>,
): Finding[] {
  const count = countOf(poll);
  const optionId = optionsOf(vote, poll);
  if (typeof expected !== 'number') {
    return Object.entries(expected).map(([name, mean]) =>
      finding(`${vote.id} mean of ${name}`, rounded(mean), meanOf(count, optionId(name)) ?? 'none'),
    );
  }
  // One number for several options: the mean of all scores.
  const each = count?.of === 'scores' ? Object.values(count.each) : [];
  const scored = each.reduce((sum, { papers }) => sum + papers, 0);
  const points = each.reduce((sum, own) => sum + own.sum, 0);
  return [finding(`${vote.id} mean`, rounded(expected), scored === 0 ? 'none' : rounded(points / scored))];
}

function rounded(mean: number): number {
  return Math.round(mean * 100) / 100;
}

/** Counts in words, by name and without what is nought. */
function listed(counts: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count !== undefined && count !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
