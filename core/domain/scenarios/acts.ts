import { PollId, ReplyId, TaskId, ViewId } from '../ids.ts';
import type { Paper, PollDraft } from '../polls/kinds.ts';
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
  const optionId = optionNames(vote);
  const ballots = vote.ballots.map((ballot): Act => {
    const paper: Paper =
      vote.kind === 'rating'
        ? { choices: [], scores: renamed(ballot.scores ?? {}, optionId) }
        : { choices: ballot.choices.map(optionId), scores: null };
    const command: Command = { type: 'castBallot', pollId, paper };
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

function renamed(scores: Readonly<Record<string, number>>, rename: (name: string) => string) {
  return Object.fromEntries(Object.entries(scores).map(([name, score]) => [rename(name), score]));
}

function pollDraft(scenario: Scenario, vote: ScenarioVote, id: PollId): PollDraft {
  const optionId = optionNames(vote);
  const isRating = vote.kind === 'rating';
  const most = vote.maxChoices ?? (vote.kind === 'multiple' ? vote.options.length : 1);
  const voters = new Set(vote.eligible ?? vote.ballots.map((ballot) => ballot.by));
  const roles = scenario.participants.filter(({ id: who }) => voters.has(who)).map(({ role }) => role);
  return {
    id,
    question: vote.question,
    kind: vote.kind,
    secrecy: vote.anonymous ? 'secret' : 'named',
    options: vote.options.map((option) => ({ id: optionId(option.id), text: option.text })),
    maxChoices: isRating ? 1 : most,
    scale: isRating ? (vote.scale ?? { lowest: 1, highest: 5 }) : null,
    eligibleRoles: vote.eligibleRoles ?? [...new Set(roles)],
  };
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
