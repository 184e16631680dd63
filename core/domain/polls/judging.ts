import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import { itemsOf, type Ask, type AskOf } from './ask.ts';
import { MARKS_OF, needsReason, type Mark, type MarkEachKind, type OneMarkKind } from './marks.ts';
import { NONE } from './options.ts';
import type { Paper, PaperOf } from './paper.ts';
import type { PollRules } from './rules.ts';
import { isByHand } from './totals.ts';

type Judged = Result<Paper, Refusal>;
type Question = { readonly ask: Ask; readonly rules: Pick<PollRules, 'allowsBlank' | 'reason' | 'tellers'> };

/**
 * Judges a paper against its poll and returns its canonical form: options in the order of the poll, nothing empty [B2].
 * Errors: BALLOT_SHAPE where it is no paper of this kind, OPTION_UNKNOWN, BALLOT_EMPTY, BALLOT_TOO_FEW, BALLOT_TOO_MANY,
 * BALLOT_TWICE, BALLOT_SCORES, BALLOT_BUDGET, BALLOT_MARK, BALLOT_REASON, BALLOT_TOO_LONG.
 */
export function judgePaper({ ask, rules }: Question, paper: Paper): Judged {
  // Totals of hands and papers are entered by tellers: nobody casts there.
  if (isByHand({ ask, rules })) return refuse('BALLOT_SHAPE');
  if (paper.shape === 'blank') return rules.allowsBlank ? ok(paper) : refuse('BALLOT_EMPTY');
  switch (ask.kind) {
    case 'single':
    case 'multiple':
      return paper.shape === 'choices' ? judgeChoices(ask, paper) : refuse('BALLOT_SHAPE');
    case 'score':
    case 'points':
      return paper.shape === 'scores' ? judgeScores(ask, paper) : refuse('BALLOT_SHAPE');
    case 'ranking':
    case 'stv':
      return paper.shape === 'ranking' ? judgeRanking(ask, paper) : refuse('BALLOT_SHAPE');
    case 'open':
      if (paper.shape !== 'words') return refuse('BALLOT_SHAPE');
      return paper.words.length <= ask.length ? ok(paper) : refuse('BALLOT_TOO_LONG', { max: ask.length });
    case 'satisfaction':
      if (ask.scale === 'words')
        return paper.shape === 'marks' ? judgeMarks(ask, paper) : refuse('BALLOT_SHAPE');
      return paper.shape === 'scores' ? judgeScores(ask, paper) : refuse('BALLOT_SHAPE');
    case 'each':
    case 'statements':
    case 'election':
    case 'slots':
    case 'paragraphs':
      return paper.shape === 'marks' ? judgeMarks(ask, paper) : refuse('BALLOT_SHAPE');
    default:
      return paper.shape === 'mark' ? judgeMark(ask.kind, rules.reason, paper) : refuse('BALLOT_SHAPE');
  }
}

function judgeMark(kind: OneMarkKind, asked: PollRules['reason'], { mark, reason }: PaperOf<'mark'>): Judged {
  if (!knows(kind, mark)) return refuse('BALLOT_MARK');
  const isNeeded = needsReason(kind, mark);
  if (reason === undefined) {
    return isNeeded || asked === 'required' ? refuse('BALLOT_REASON') : ok({ shape: 'mark', mark });
  }
  const isAsked = isNeeded || kind === 'acclamation' || asked !== 'none';
  return isAsked ? ok({ shape: 'mark', mark, reason }) : refuse('BALLOT_SHAPE');
}

function judgeChoices(ask: AskOf<'single' | 'multiple'>, { choices }: PaperOf<'choices'>): Judged {
  const known = [
    ...ask.options.map(({ id }) => id),
    ...(ask.kind === 'single' && ask.allowsNone ? [NONE] : []),
  ];
  const faulty = judgeList(choices, known);
  if (faulty !== null) return faulty;
  const { least, most } = ask.kind === 'single' ? { least: 1, most: 1 } : ask;
  if (choices.length < least) return refuse('BALLOT_TOO_FEW', { least });
  if (choices.length > most) return refuse('BALLOT_TOO_MANY', { max: most });
  return ok({ shape: 'choices', choices: known.filter((id) => choices.includes(id)) });
}

function judgeRanking(ask: AskOf<'ranking' | 'stv'>, { ranking }: PaperOf<'ranking'>): Judged {
  const known = ask.options.map(({ id }) => id);
  const faulty = judgeList(ranking, known);
  if (faulty !== null) return faulty;
  const least = ask.kind === 'ranking' ? ask.least : 1;
  return ranking.length < least ? refuse('BALLOT_TOO_FEW', { least }) : ok({ shape: 'ranking', ranking });
}

function judgeScores(ask: AskOf<'score' | 'points' | 'satisfaction'>, { scores }: PaperOf<'scores'>): Judged {
  const items = itemsOf(ask).map(({ id }) => id);
  const given = Object.keys(scores);
  const faulty = judgeList(given, items);
  if (faulty !== null) return faulty;
  const { lowest, highest } = boundsOf(ask);
  const values = Object.values(scores);
  if (values.some((value) => value < lowest || value > highest))
    return refuse('BALLOT_SCORES', { lowest, highest });
  const sum = values.reduce((total, value) => total + value, 0);
  if (ask.kind === 'points') {
    if (sum === 0) return refuse('BALLOT_EMPTY');
    if (sum > ask.budget) return refuse('BALLOT_BUDGET', { budget: ask.budget });
  }
  const canonical = items.filter(
    (id) => Object.hasOwn(scores, id) && (ask.kind !== 'points' || scores[id] !== 0),
  );
  return ok({ shape: 'scores', scores: Object.fromEntries(canonical.map((id) => [id, plain(scores[id])])) });
}

/** A number as it is written: JSON can say -0, which is no other number than 0. */
function plain(score = 0): number {
  return score === 0 ? 0 : score;
}

/** The lowest and the highest number that a paper can write. */
export function boundsOf(ask: AskOf<'score' | 'points' | 'satisfaction'>): {
  readonly lowest: number;
  readonly highest: number;
} {
  switch (ask.kind) {
    case 'score':
      return { lowest: ask.lowest, highest: ask.highest };
    case 'points':
      return { lowest: 0, highest: ask.cap };
    case 'satisfaction':
      return { lowest: 0, highest: 100 };
  }
}

function judgeMarks(ask: AskOf<MarkEachKind>, paper: PaperOf<'marks'>): Judged {
  const items = itemsOf(ask).map(({ id }) => id);
  const { marks, important = [], reasons = {}, others = [] } = paper;
  const given = Object.keys(marks);
  if (!given.every((id) => items.includes(id))) return refuse('OPTION_UNKNOWN');
  if (!Object.values(marks).every((mark) => knows(ask.kind, mark))) return refuse('BALLOT_MARK');
  const extras = judgeExtras(ask, paper);
  if (extras !== null) return extras;
  const { least, most } = boundsOfMarks(ask);
  if (given.length < least) return least === 1 ? refuse('BALLOT_EMPTY') : refuse('BALLOT_TOO_FEW', { least });
  if (given.length > most) return refuse('BALLOT_TOO_MANY', { max: most });
  const inOrder = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(items.flatMap((id) => (Object.hasOwn(record, id) ? [[id, record[id] as T]] : [])));
  const kept = items.filter((id) => important.some((named) => named === id));
  return ok({
    shape: 'marks',
    marks: inOrder(marks),
    ...(kept.length > 0 ? { important: kept } : {}),
    ...(Object.keys(reasons).length > 0 ? { reasons: inOrder(reasons) } : {}),
    ...(others.length > 0 ? { others: [...others].sort() } : {}),
  });
}

/** How many items a paper of marks must and may deal with. An hour that nobody marks says nothing, so all are asked. */
function boundsOfMarks(ask: AskOf<MarkEachKind>): { readonly least: number; readonly most: number } {
  const all = itemsOf(ask).length;
  switch (ask.kind) {
    case 'each':
      return { least: ask.least, most: ask.most };
    case 'slots':
    case 'satisfaction':
      return { least: all, most: all };
    case 'election':
      return { least: 0, most: all };
    case 'statements':
    case 'paragraphs':
      return { least: 1, most: all };
  }
}

/** What a paper of marks may hold beside them; null where nothing is wrong. */
function judgeExtras(ask: AskOf<MarkEachKind>, paper: PaperOf<'marks'>): Judged | null {
  const { marks, important, reasons, others } = paper;
  const isMarked = (id: string) => Object.hasOwn(marks, id);
  if (important !== undefined) {
    if (ask.kind !== 'statements' || !ask.asksImportant) return refuse('BALLOT_SHAPE');
    if (!important.every(isMarked)) return refuse('OPTION_UNKNOWN');
    if (new Set(important).size !== important.length) return refuse('BALLOT_TWICE');
  }
  if (reasons !== undefined && ask.kind !== 'paragraphs') return refuse('BALLOT_SHAPE');
  if (!Object.keys(reasons ?? {}).every(isMarked)) return refuse('OPTION_UNKNOWN');
  const lacks = Object.entries(marks).some(
    ([id, mark]) => needsReason(ask.kind, mark) && !Object.hasOwn(reasons ?? {}, id),
  );
  if (lacks) return refuse('BALLOT_REASON');
  return ask.kind === 'election'
    ? judgeElection(ask, paper)
    : others === undefined
      ? null
      : refuse('BALLOT_SHAPE');
}

/**
 * 推选: × makes room to name somebody else, so there are at most as many others as ×; ○ and others together are at most
 * the seats, else the paper would not count (全国政协 2013, 武汉政协 2006). A paper without any mark is a blank one.
 */
function judgeElection(ask: AskOf<'election'>, { marks, others = [] }: PaperOf<'marks'>): Judged | null {
  if (others.length > 0) {
    const faulty = judgeList(
      others,
      ask.others.map(({ id }) => id),
    );
    if (faulty !== null) return faulty;
  }
  const set = Object.values(marks);
  if (set.length === 0 && others.length === 0) return refuse('BALLOT_EMPTY');
  if (others.length > set.filter((mark) => mark === 'no').length) return refuse('BALLOT_OTHERS');
  const chosen = set.filter((mark) => mark === 'yes').length + others.length;
  return chosen > ask.seats ? refuse('BALLOT_TOO_MANY', { max: ask.seats }) : null;
}

/** What is wrong with a list of ids: empty, one that is not known, one that is there twice; null where nothing is. */
function judgeList(ids: readonly string[], known: readonly string[]): Judged | null {
  if (ids.length === 0) return refuse('BALLOT_EMPTY');
  if (!ids.every((id) => known.includes(id))) return refuse('OPTION_UNKNOWN');
  return new Set(ids).size === ids.length ? null : refuse('BALLOT_TWICE');
}

function knows(kind: OneMarkKind | MarkEachKind, mark: Mark): boolean {
  const known: readonly Mark[] = MARKS_OF[kind];
  return known.includes(mark);
}
