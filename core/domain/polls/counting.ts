import { unreachable } from '../result.ts';
import { itemsOf, type Ask, type AskOf } from './ask.ts';
import type { Count, CountOf, Weighed } from './count.ts';
import { MARKS_OF, type Mark, type MarkEachKind, type OneMarkKind } from './marks.ts';
import { NONE } from './options.ts';
import type { Paper, PaperOf } from './paper.ts';
import { runOff } from './runoff.ts';
import { countStv } from './stv.ts';

/**
 * Counts papers that judgePaper passed. Blank papers count nowhere here: they are told with the turnout [B3].
 * lots: the options in the order that the lot of the poll gave them, which settles what nothing else can in a count by
 * single transferable vote.
 */
export function countPapers(ask: Ask, papers: readonly Weighed<Paper>[], lots: readonly string[]): Count {
  switch (ask.kind) {
    case 'single':
    case 'multiple':
      return countChoices(ask, of('choices', papers));
    case 'score':
    case 'points':
      return countScores(ask, of('scores', papers));
    case 'ranking': {
      const rankings = of('ranking', papers).map(({ paper }) => paper.ranking);
      const ids = ask.options.map(({ id }) => id);
      return ask.by === 'runoff' ? { of: 'runoff', ...runOff(ids, rankings) } : countRanks(ids, rankings);
    }
    case 'stv': {
      const rankings = of('ranking', papers).map(({ paper }) => paper.ranking);
      return { of: 'stv', ...countStv({ options: lots, seats: ask.seats, rankings }) };
    }
    case 'open':
      return countAnswers(of('words', papers));
    case 'satisfaction':
      return ask.scale === 'words'
        ? countEach(ask, of('marks', papers))
        : countScores(ask, of('scores', papers));
    case 'each':
    case 'statements':
    case 'election':
    case 'slots':
    case 'paragraphs':
      return countEach(ask, of('marks', papers));
    case 'yes_no':
    case 'yes_no_abstain':
    case 'conditional':
    case 'consensus':
    case 'consent':
    case 'temperature':
    case 'signup':
    case 'acclamation':
    case 'counted':
      return countMarks(ask.kind, of('mark', papers));
    default:
      return unreachable(ask);
  }
}

function of<S extends Paper['shape']>(
  shape: S,
  papers: readonly Weighed<Paper>[],
): readonly Weighed<PaperOf<S>>[] {
  return papers.filter((one): one is Weighed<PaperOf<S>> => one.paper.shape === shape);
}

function total<P>(papers: readonly Weighed<P>[], counts: (paper: P) => boolean): number {
  return papers.reduce((sum, { paper, weight }) => (counts(paper) ? sum + weight : sum), 0);
}

function tabled<K extends string, T>(keys: readonly K[], value: (key: K) => T): Record<K, T> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, T>;
}

function countMarks(kind: OneMarkKind, papers: readonly Weighed<PaperOf<'mark'>>[]): CountOf<'marks'> {
  const known: readonly Mark[] = MARKS_OF[kind];
  return { of: 'marks', marks: tabled(known, (mark) => total(papers, (paper) => paper.mark === mark)) };
}

function countChoices(
  ask: AskOf<'single' | 'multiple'>,
  papers: readonly Weighed<PaperOf<'choices'>>[],
): CountOf<'choices'> {
  const ids = [
    ...ask.options.map(({ id }) => id),
    ...(ask.kind === 'single' && ask.allowsNone ? [NONE] : []),
  ];
  return {
    of: 'choices',
    choices: tabled(ids, (id) => total(papers, ({ choices }) => choices.includes(id))),
  };
}

function countEach(ask: AskOf<MarkEachKind>, papers: readonly Weighed<PaperOf<'marks'>>[]): CountOf<'each'> {
  const known: readonly Mark[] = MARKS_OF[ask.kind];
  const ids = itemsOf(ask).map(({ id }) => id);
  const marked = (id: string, mark: Mark) =>
    total(papers, ({ marks }) => Object.hasOwn(marks, id) && marks[id] === mark);
  const isAsked = ask.kind === 'statements' && ask.asksImportant;
  const named = (list: 'important' | 'others') => (id: string) =>
    total(papers, (paper) => paper[list]?.some((other) => other === id) === true);
  return {
    of: 'each',
    each: tabled(ids, (id) => tabled(known, (mark) => marked(id, mark))),
    important: isAsked ? tabled(ids, named('important')) : null,
    others:
      ask.kind === 'election'
        ? tabled(
            ask.others.map(({ id }) => id),
            named('others'),
          )
        : null,
  };
}

function countScores(
  ask: AskOf<'score' | 'points' | 'satisfaction'>,
  papers: readonly Weighed<PaperOf<'scores'>>[],
): CountOf<'scores'> {
  const scoresOf = (id: string) =>
    papers.flatMap(({ paper: { scores } }) => {
      const score = Object.hasOwn(scores, id) ? scores[id] : undefined;
      return score === undefined ? [] : [score];
    });
  return {
    of: 'scores',
    each: tabled(
      itemsOf(ask).map(({ id }) => id),
      (id) => {
        const scores = scoresOf(id);
        return {
          papers: scores.length,
          sum: scores.reduce((sum, score) => sum + score, 0),
          squares: scores.reduce((sum, score) => sum + score * score, 0),
          lowest: scores.length === 0 ? null : scores.reduce((a, b) => Math.min(a, b)),
          highest: scores.length === 0 ? null : scores.reduce((a, b) => Math.max(a, b)),
        };
      },
    ),
  };
}

function countRanks(ids: readonly string[], rankings: readonly (readonly string[])[]): CountOf<'ranks'> {
  const points = (id: string) =>
    rankings.reduce((sum, ranking) => {
      const rank = ranking.indexOf(id);
      return rank < 0 ? sum : sum + ids.length - rank;
    }, 0);
  return {
    of: 'ranks',
    points: tabled(ids, points),
    firsts: tabled(ids, (id) => rankings.filter(([first]) => first === id).length),
  };
}

function countAnswers(papers: readonly Weighed<PaperOf<'words'>>[]): CountOf<'answers'> {
  const answers = new Map<string, number>();
  for (const { paper } of papers) answers.set(paper.words, (answers.get(paper.words) ?? 0) + 1);
  const sorted = [...answers].sort(([a], [b]) => (a < b ? -1 : 1));
  return { of: 'answers', answers: sorted.map(([words, count]) => ({ words, papers: count })) };
}
