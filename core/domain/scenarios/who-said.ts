import { canonical } from '../canonical.ts';
import { itemsOf } from '../polls/ask.ts';
import type { Paper } from '../polls/paper.ts';
import type { Poll } from '../polls/poll.ts';
import type { Room } from '../room/state.ts';
import { isByMarks, MARK_OF } from './acts.ts';
import { finding, type Finding } from './happened.ts';
import type { Scenario } from './scenario.ts';

/** Holds who said, answered, chose and took on what against the file, one by one: a finding for all, and one for each that differs. */
export function compareWho(scenario: Scenario, room: Room): readonly Finding[] {
  const [file, happened] = [linesOfFile(scenario), linesOfRoom(room)];
  const timesIn = (lines: readonly string[], wanted: string) => lines.filter((one) => one === wanted).length;
  const wrong = [...new Set([...file, ...happened])]
    .map((one) => finding(one, timesIn(file, one), timesIn(happened, one)))
    .filter(({ agrees }) => !agrees);
  return [finding('who did what, one by one', file.length, happened.length), ...wrong];
}

/**
 * What the file says that happened, one thing a line: the form of the meeting, and who said, answered, chose and took on
 * what, in whose place of the thread. Ballots only of votes by name.
 */
function linesOfFile(scenario: Scenario): readonly string[] {
  const nameOf = (id: string) => scenario.participants.find((one) => one.id === id)?.displayName ?? id;
  const wordsOf = (id: string) => scenario.views.find((view) => view.id === id)?.text ?? id;
  const agenda = [...scenario.agenda.entries()].sort(
    ([a, one], [b, other]) => (one.order ?? a + 1) - (other.order ?? b + 1),
  );
  return [
    line('mode', scenario.mode),
    ...scenario.venues.map(({ kind, name }) => line('venue', kind, name)),
    ...agenda.map(([, { kind, title, minutes }], at) => line('item', at + 1, kind, title, minutes)),
    ...scenario.participants.map(({ role, displayName }) => line('seat', role, displayName)),
    ...scenario.views.map(({ by, stance, text, replyTo }) =>
      line('view', nameOf(by), stance, text, typeof replyTo === 'string' ? wordsOf(replyTo) : ''),
    ),
    ...scenario.departmentReplies.map(({ by, commitment, text, toViews }) =>
      line('reply', nameOf(by), commitment, text, ...toViews.map(wordsOf).sort()),
    ),
    ...scenario.followUps.map((task) =>
      line('task', task.department, task.cooperating.join(), task.dueDays, task.task, task.acceptance),
    ),
    ...scenario.votes
      .filter(({ anonymous }) => !anonymous)
      .flatMap((vote) => {
        const { question, kind, options, ballots } = vote;
        const wordsFor = (id: string) => options.find((option) => option.id === id)?.text ?? id;
        const textOf = (id: string) => (isByMarks(vote) ? (MARK_OF[id] ?? id) : wordsFor(id));
        return ballots.map(({ by, choices, scores = {} }) =>
          line(
            'ballot',
            question,
            nameOf(by),
            // A file may name what is scored among the choices too.
            ...(kind === 'rating' ? chosen([], scores, textOf) : chosen(choices.map(textOf), {}, textOf)),
          ),
        );
      }),
  ];
}

/** The same lines, of what happened in a room. */
function linesOfRoom(room: Room): readonly string[] {
  const { plan, agenda, views, replies, tasks, polls } = room;
  const seats = Object.values(room.participants).filter(({ removedAt }) => removedAt === null);
  const nameOf = (id: string) => seats.find((seat) => seat.id === id)?.name ?? id;
  const wordsOf = (id: string) => views.find((view) => view.id === id)?.text ?? id;
  return [
    line('mode', plan?.mode ?? ''),
    ...(plan?.venues ?? []).map(({ kind, name }) => line('venue', kind, name)),
    ...agenda.map(({ kind, title, minutes }, at) => line('item', at + 1, kind, title, minutes)),
    ...seats.map(({ role, name }) => line('seat', role, name)),
    ...views.map(({ by, stance, text, replyTo }) =>
      line('view', nameOf(by), stance, text, replyTo === null ? '' : wordsOf(replyTo)),
    ),
    ...replies.map(({ by, commitment, text, toViews }) =>
      line('reply', nameOf(by), commitment, text, ...toViews.map(wordsOf).sort()),
    ),
    ...tasks.map((task) =>
      line('task', task.department, task.cooperating.join(), task.dueDays, task.task, task.acceptance),
    ),
    ...polls.flatMap((poll) => ballotsOf(poll, nameOf)),
  ];
}

function ballotsOf(poll: Poll, nameOf: (id: string) => string): readonly string[] {
  if (poll.phase !== 'closed') return [];
  const { question, ask } = poll.draft;
  const textOf = (id: string) => itemsOf(ask).find((item) => item.id === id)?.text ?? id;
  return (poll.ballots ?? []).map(({ by, paper }) => line('ballot', question, nameOf(by), ...onPaper(paper)));

  function onPaper(paper: Paper): readonly string[] {
    switch (paper.shape) {
      case 'mark':
        return [paper.mark];
      case 'choices':
        return chosen(paper.choices.map(textOf), {}, textOf);
      case 'scores':
        return chosen([], paper.scores, textOf);
      default:
        // The files know no other polls.
        return [canonical(paper)];
    }
  }
}

function chosen(
  choices: readonly string[],
  scores: Readonly<Record<string, number>>,
  textOf: (id: string) => string,
): readonly string[] {
  return [...choices, ...Object.entries(scores).map(([id, score]) => `${textOf(id)} ${score}`)].sort();
}

function line(...parts: readonly (string | number)[]): string {
  return parts.map((part) => String(part).replace(/\s+/g, ' ').trim()).join(' · ');
}
