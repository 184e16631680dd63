import type { Ask } from '../domain/polls/ask.ts';
import type { PollDraft } from '../domain/polls/draft.ts';
import type { PollRules, Threshold } from '../domain/polls/rules.ts';
import { usualRules } from '../domain/polls/usual-rules.ts';
import type { Turnout } from '../domain/polls/turnout.ts';
import { pollId } from './builders.ts';

/** 赞成 > 1/2 and the like: what must be reached, of what. */
export function limit(
  on: Threshold['on'],
  relation: Threshold['relation'],
  [part, whole]: readonly [number, number],
  base: Threshold['base'],
): Threshold {
  return { on, relation, of: { part, whole }, base };
}

/** A draft among the members, by name, with what is said otherwise. */
export function draftOf(ask: Ask, over: Partial<PollRules> = {}): PollDraft {
  return {
    id: pollId(0),
    question: '是否同意？',
    ask,
    about: null,
    rules: { ...usualRules(['member']), ...over },
  };
}

/** So many people, all of them voters, there all the time, each with a paper that says something; or as said. */
export function turnoutOf(people: number, over: Partial<Turnout> = {}): Turnout {
  return {
    due: people,
    presentAtOpening: people,
    presentAtStop: people,
    entitled: people,
    entitledPresent: people,
    issued: people,
    cast: people,
    blank: 0,
    invalid: 0,
    valid: people,
    silent: 0,
    ...over,
  };
}
