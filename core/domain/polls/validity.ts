import { ok, type Result } from '../result.ts';
import { refuse, type Refusal } from '../refusals.ts';
import type { Paper, PollDraft } from './kinds.ts';

/**
 * Judges a paper against its poll and returns its canonical form: choices in the order of the options [B2].
 * Errors: BALLOT_EMPTY, BALLOT_TOO_MANY, BALLOT_SCORES, OPTION_UNKNOWN.
 */
export function judgePaper(poll: PollDraft, paper: Paper): Result<Paper, Refusal> {
  return poll.kind === 'rating' ? judgeScores(poll, paper) : judgeChoices(poll, paper);
}

function judgeChoices(poll: PollDraft, paper: Paper): Result<Paper, Refusal> {
  if (paper.scores !== null) return refuse('BALLOT_SCORES');
  const chosen = new Set(paper.choices);
  if (chosen.size === 0) return refuse('BALLOT_EMPTY');
  const known = poll.options.map((option) => option.id);
  if (!paper.choices.every((choice) => known.includes(choice))) return refuse('OPTION_UNKNOWN');
  if (chosen.size !== paper.choices.length || chosen.size > poll.maxChoices) {
    return refuse('BALLOT_TOO_MANY', { max: poll.maxChoices });
  }
  return ok({ choices: known.filter((id) => chosen.has(id)), scores: null });
}

function judgeScores(poll: PollDraft, paper: Paper): Result<Paper, Refusal> {
  const given = Object.entries(paper.scores ?? {});
  if (given.length === 0) return refuse('BALLOT_EMPTY');
  const known = poll.options.map((option) => option.id);
  if (!given.every(([id]) => known.includes(id))) return refuse('OPTION_UNKNOWN');
  const { lowest, highest } = poll.scale ?? { lowest: 1, highest: 5 };
  if (!given.every(([, score]) => score >= lowest && score <= highest)) {
    return refuse('BALLOT_SCORES', { lowest, highest });
  }
  if (paper.choices.some((choice) => !Object.hasOwn(paper.scores ?? {}, choice))) {
    return refuse('BALLOT_SCORES', { lowest, highest });
  }
  return ok({ choices: [], scores: Object.fromEntries(given) });
}
