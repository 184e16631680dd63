import { PollId, ReplyId, TaskId, ViewId } from '../ids.ts';
import type { Ask } from '../polls/ask.ts';
import type { PollDraft } from '../polls/draft.ts';
import type { Mark } from '../polls/marks.ts';
import type { Paper } from '../polls/paper.ts';
import { usualRules } from '../polls/usual-rules.ts';
import type { Command } from '../room/commands.ts';
import { shortNames, type Naming } from './names.ts';
import type { Scenario, ScenarioVote } from './scenario.ts';

/** One thing that one person does. by: the person's id in the file; about: the thing's id there. */
export type Act =
  | { readonly type: 'command'; readonly by: string; readonly about: string; readonly command: Command }
  /** The text is written together, by everybody who may. */
  | { readonly type: 'write' };

/** Posting a view of the file. */
export function viewAct(view: Scenario['views'][number], names: Naming): Act {
  const draft = {
    id: ViewId.parse(names('view', view.id)),
    stance: view.stance,
    text: view.text,
    replyTo:
      view.replyTo === null || view.replyTo === undefined ? null : ViewId.parse(names('view', view.replyTo)),
  };
  return { type: 'command', by: view.by, about: view.id, command: { type: 'postView', view: draft } };
}

/** Posting a department's reply of the file. */
export function replyAct(reply: Scenario['departmentReplies'][number], names: Naming): Act {
  const draft = {
    id: ReplyId.parse(names('reply', reply.id)),
    toViews: reply.toViews.map((id) => ViewId.parse(names('view', id))),
    commitment: reply.commitment,
    text: reply.text,
  };
  return { type: 'command', by: reply.by, about: reply.id, command: { type: 'postReply', reply: draft } };
}

/** A vote of the file from its preparation to its close. */
export function voteActs(scenario: Scenario, vote: ScenarioVote, names: Naming, chair: string): Act[] {
  const pollId = PollId.parse(names('poll', vote.id));
  const steer = (command: Command): Act => ({ type: 'command', by: chair, about: vote.id, command });
  const ballots = vote.ballots.map((ballot): Act => {
    const command: Command = { type: 'castBallot', pollId, paper: paperOf(vote, ballot) };
    return { type: 'command', by: ballot.by, about: `${vote.id}, ${ballot.by}`, command };
  });
  return [
    steer({ type: 'preparePoll', poll: pollDraft(scenario, vote, pollId) }),
    steer({ type: 'openPoll', pollId }),
    ...ballots,
    steer({ type: 'closePoll', pollId }),
  ];
}

/** The options of a vote of the file by the short names that the poll has for them. */
export function optionNames(vote: ScenarioVote) {
  return shortNames(
    vote.options.map((option) => option.id),
    'option',
  );
}

function paperOf(vote: ScenarioVote, { choices, scores }: ScenarioVote['ballots'][number]): Paper {
  const optionId = optionNames(vote);
  if (vote.kind === 'rating') return { shape: 'scores', scores: renamed(scores ?? {}, optionId) };
  const [mark] = choices.map((choice) => MARK_OF[choice]);
  return isByMarks(vote) && mark !== undefined
    ? { shape: 'mark', mark }
    : { shape: 'choices', choices: choices.map(optionId) };
}

/** What the files call 赞成 有条件赞成 不赞成 弃权. */
export const MARK_OF: Readonly<Record<string, Mark>> = { y: 'yes', c: 'conditional', n: 'no', a: 'abstain' };

/** Whether a vote of the file asks for one of these, and not for options of its own. */
export function isByMarks({ kind, options }: ScenarioVote): boolean {
  return kind === 'approval' && options.every(({ id }) => Object.hasOwn(MARK_OF, id));
}

function renamed(scores: Readonly<Record<string, number>>, rename: (name: string) => string) {
  return Object.fromEntries(Object.entries(scores).map(([name, score]) => [rename(name), score]));
}

/** What a vote of the file asks, as a poll asks it. */
export function askOf(vote: ScenarioVote): Ask {
  const optionId = optionNames(vote);
  const options = vote.options.map((option) => ({ id: optionId(option.id), text: option.text }));
  if (isByMarks(vote)) {
    const conditional = vote.options.find(({ id }) => id === 'c');
    if (conditional === undefined) return { kind: 'yes_no_abstain' };
    const condition = /（(.+)）$/.exec(conditional.text)?.[1] ?? '';
    return { kind: 'conditional', condition };
  }
  switch (vote.kind) {
    case 'rating':
      return { kind: 'score', options, ...(vote.scale ?? { lowest: 1, highest: 5 }) };
    case 'multiple':
      return { kind: 'multiple', options, least: 1, most: vote.maxChoices ?? options.length };
    case 'single':
    case 'approval':
      return { kind: 'single', options, allowsNone: false };
  }
}

function pollDraft(scenario: Scenario, vote: ScenarioVote, id: PollId): PollDraft {
  const voters = new Set(vote.eligible ?? vote.ballots.map((ballot) => ballot.by));
  const roles = scenario.participants.filter(({ id: who }) => voters.has(who)).map(({ role }) => role);
  const rules = usualRules([...new Set(vote.eligibleRoles ?? roles)]);
  const secrecy = vote.anonymous ? 'secret' : 'named';
  return { id, question: vote.question, ask: askOf(vote), rules: { ...rules, secrecy }, about: null };
}

/** Recording a task of the file. */
export function taskAct(task: Scenario['followUps'][number], names: Naming, by: string): Act {
  const { id, department, cooperating, dueDays, task: what, acceptance } = task;
  const draft = {
    id: TaskId.parse(names('task', id)),
    department,
    cooperating,
    dueDays,
    task: what,
    acceptance,
  };
  return { type: 'command', by, about: id, command: { type: 'recordTask', task: draft } };
}
