import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import { boundsOf, judgePaper } from '../../../core/domain/polls/judging.ts';
import { needsReason, ONE_MARK, type Mark, type OneMarkKind } from '../../../core/domain/polls/marks.ts';
import { Paper } from '../../../core/domain/polls/paper.ts';
import type { AskOf, PollKind } from '../../../core/domain/polls/ask.ts';
import { refuse, type Refusal } from '../../../core/domain/refusals.ts';
import type { Result } from '../../../core/domain/result.ts';

/** What a poll asks and by which rules: all that a paper is judged by. */
export type Question = Pick<PollDraft, 'ask' | 'rules'>;

/** What a person has filled in so far, before it is a paper. A kind uses its own part of it. */
export type Filled = {
  readonly isBlank: boolean;
  readonly mark: Mark | null;
  readonly reason: string;
  readonly choices: readonly string[];
  readonly marks: Readonly<Record<string, Mark>>;
  readonly important: readonly string[];
  readonly reasons: Readonly<Record<string, string>>;
  readonly others: readonly string[];
  readonly scores: Readonly<Record<string, number>>;
  readonly ranking: readonly string[];
  readonly words: string;
};
export const NOTHING: Filled = {
  isBlank: false,
  mark: null,
  reason: '',
  choices: [],
  marks: {},
  important: [],
  reasons: {},
  others: [],
  scores: {},
  ranking: [],
  words: '',
};

/** What is filled in as the paper that would be cast, or why it cannot be: the same judgement as the server's [B2]. */
export function judged(question: Question, filled: Filled): Result<Paper, Refusal> {
  const written = paperOf(question, filled);
  if (written === null) return refuse('BALLOT_EMPTY');
  const paper = Paper.safeParse(written);
  return paper.success ? judgePaper(question, paper.data) : refuse('MALFORMED');
}

/** The paper as it is filled in, not yet judged; null where nothing is there to be judged. */
function paperOf({ ask, rules }: Question, filled: Filled): Paper | null {
  if (filled.isBlank) return { shape: 'blank' };
  switch (ask.kind) {
    case 'single':
    case 'multiple':
      return { shape: 'choices', choices: [...filled.choices] };
    case 'score':
    case 'points':
      return { shape: 'scores', scores: { ...filled.scores } };
    case 'ranking':
    case 'stv':
      return { shape: 'ranking', ranking: [...filled.ranking] };
    case 'open':
      return filled.words.trim() === '' ? null : { shape: 'words', words: filled.words };
    case 'satisfaction':
      return ask.scale === 'words'
        ? { shape: 'marks', marks: { ...filled.marks } }
        : { shape: 'scores', scores: { ...filled.scores } };
    case 'each':
    case 'slots':
    case 'statements':
    case 'election':
    case 'paragraphs':
      return marksPaper(ask, filled);
    default:
      return markPaper(ask.kind, rules.reason, filled);
  }
}

function markPaper(kind: OneMarkKind, asked: Question['rules']['reason'], filled: Filled): Paper | null {
  const { mark, reason } = filled;
  if (mark === null) return null;
  const isKept = reason.trim() !== '' && takesReason(kind, mark, asked);
  return { shape: 'mark', mark, ...(isKept ? { reason } : {}) };
}

/** Whether a mark on the question can be explained. */
export function takesReason(kind: OneMarkKind, mark: Mark, asked: Question['rules']['reason']): boolean {
  return needsReason(kind, mark) || kind === 'acclamation' || asked !== 'none';
}

type MarksAsk = AskOf<'each' | 'slots' | 'statements' | 'election' | 'paragraphs'>;

function marksPaper(ask: MarksAsk, filled: Filled): Paper {
  const { marks, important, others } = filled;
  // What was written for a mark that is another one by now is not sent.
  const reasons = Object.entries(filled.reasons).filter(
    ([id, reason]) => reason.trim() !== '' && marks[id] !== undefined && needsReason(ask.kind, marks[id]),
  );
  const stressed = important.filter((id) => Object.hasOwn(marks, id));
  return {
    shape: 'marks',
    marks: { ...marks },
    ...(ask.kind === 'statements' && stressed.length > 0 ? { important: stressed } : {}),
    ...(reasons.length > 0 ? { reasons: Object.fromEntries(reasons) } : {}),
    ...(ask.kind === 'election' && others.length > 0 ? { others: [...others] } : {}),
  };
}

/** A paper back as what was filled in, to change it. */
export function filledFrom(paper: Paper | null | undefined): Filled {
  switch (paper?.shape) {
    case undefined:
      return NOTHING;
    case 'blank':
      return { ...NOTHING, isBlank: true };
    case 'mark':
      return { ...NOTHING, mark: paper.mark, reason: paper.reason ?? '' };
    case 'marks': {
      const { marks, important = [], reasons = {}, others = [] } = paper;
      return { ...NOTHING, marks, important, reasons, others };
    }
    case 'choices':
      return { ...NOTHING, choices: paper.choices };
    case 'scores':
      return { ...NOTHING, scores: paper.scores };
    case 'ranking':
      return { ...NOTHING, ranking: paper.ranking };
    case 'words':
      return { ...NOTHING, words: paper.words };
  }
}

/** Sets or takes back an item of a list. */
export function toggled(list: readonly string[], id: string): readonly string[] {
  return list.includes(id) ? list.filter((other) => other !== id) : [...list, id];
}

/** A record with one value set, or, without a value, taken out. */
export function withValue<T>(
  record: Readonly<Record<string, T>>,
  id: string,
  value: T | undefined,
): Readonly<Record<string, T>> {
  const rest = Object.entries(record).filter(([other]) => other !== id);
  return Object.fromEntries(value === undefined ? rest : [...rest, [id, value]]);
}

/** Whole numbers that can be written for one thing, lowest first; null where they are too many to be buttons. */
export function stepsOf(ask: AskOf<'score' | 'points' | 'satisfaction'>): readonly number[] | null {
  const { lowest, highest } = boundsOf(ask);
  const count = highest - lowest + 1;
  if (ask.kind === 'points' || count > MOST_STEPS) return null;
  return Array.from({ length: count }, (_, index) => lowest + index);
}

/** The steps of a scale that still fit on a phone. */
const MOST_STEPS = 11;

/** Points of the budget that are not given yet; below nothing where too many are. */
export function pointsLeft({ budget }: AskOf<'points'>, scores: Filled['scores']): number {
  return budget - Object.values(scores).reduce((sum, points) => sum + points, 0);
}

/** Whether a kind is answered by one mark on its question. */
export function isOneMark(kind: PollKind): kind is OneMarkKind {
  return ONE_MARK.some((known) => known === kind);
}
