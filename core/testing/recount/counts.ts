import { recountRunoff } from './runoff.ts';
import { fieldOf, idsOf, isObject, type Asked, type Cast, type Counted } from './shapes.ts';
import { recountTransfers } from './transfer.ts';

/** The marks of each kind that is answered by marks. */
const MARKS: Readonly<Record<string, readonly string[]>> = {
  yes_no: ['yes', 'no'],
  yes_no_abstain: ['yes', 'no', 'abstain'],
  conditional: ['yes', 'conditional', 'no', 'abstain'],
  consensus: ['agree', 'abstain', 'disagree', 'block'],
  consent: ['agree', 'block'],
  temperature: ['promising', 'unsure', 'worried'],
  signup: ['yes', 'no'],
  acclamation: ['block'],
  counted: ['yes', 'no', 'abstain'],
  each: ['yes', 'no', 'abstain'],
  statements: ['agree', 'disagree', 'skip'],
  satisfaction: ['satisfied', 'mostly', 'dissatisfied', 'unknown'],
  slots: ['yes', 'maybe', 'no'],
  paragraphs: ['agree', 'amend', 'disagree'],
  election: ['yes', 'no'],
};

const BY_ITEM = ['each', 'statements', 'satisfaction', 'slots', 'paragraphs', 'election'];

/** Counts papers again, one question after another: how many of them say this? Blank ones say nothing. */
export function recount(ask: Asked, box: readonly Cast[], lots: readonly string[]): Counted {
  const said = box.filter(({ paper }) => fieldOf(paper, 'shape') !== 'blank');
  const marks = MARKS[ask.kind];
  if (ask.kind === 'score' || ask.kind === 'points' || ask.scale === 'hundred') return scores(ask, said);
  if (ask.kind === 'single' || ask.kind === 'multiple') return choices(ask, said);
  if (ask.kind === 'open') return answers(said);
  if (ask.kind === 'stv') return transfers(ask, said, lots);
  if (ask.kind === 'ranking') return ask.by === 'points' ? ranks(ask, said) : runoff(ask, said);
  if (marks === undefined) throw new Error(`no such kind: ${ask.kind}`);
  if (BY_ITEM.includes(ask.kind)) return byItem(ask, said, marks);
  const setting = (mark: string) => weigh(said, (paper) => fieldOf(paper, 'mark') === mark);
  return { of: 'marks', marks: table(marks, setting) };
}

/** What papers weigh together of which something is true. */
function weigh(box: readonly Cast[], isSo: (paper: unknown) => boolean): number {
  return box.reduce((sum, { paper, weight }) => (isSo(paper) ? sum + weight : sum), 0);
}

function table<T>(keys: readonly string[], valueOf: (key: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)]));
}

/** Whether a list under a field of the paper holds the id. */
const names = (field: string, id: string) => (paper: unknown) => listOf(paper, field).includes(id);

function listOf(paper: unknown, field: string): readonly string[] {
  const list = fieldOf(paper, field);
  return Array.isArray(list) ? list.map(String) : [];
}

function choices(ask: Asked, box: readonly Cast[]): Counted {
  const ids = ask.allowsNone === true ? [...idsOf(ask), 'none'] : idsOf(ask);
  return { of: 'choices', choices: table(ids, (id) => weigh(box, names('choices', id))) };
}

function byItem(ask: Asked, box: readonly Cast[], marks: readonly string[]): Counted {
  const setting = (id: string, mark: string) =>
    weigh(box, (paper) => fieldOf(fieldOf(paper, 'marks'), id) === mark);
  const others = (ask.others ?? []).map(({ id }) => id);
  return {
    of: 'each',
    each: table(idsOf(ask), (id) => table(marks, (mark) => setting(id, mark))),
    important:
      ask.asksImportant === true ? table(idsOf(ask), (id) => weigh(box, names('important', id))) : null,
    others: ask.kind === 'election' ? table(others, (id) => weigh(box, names('others', id))) : null,
  };
}

function scores(ask: Asked, box: readonly Cast[]): Counted {
  return {
    of: 'scores',
    each: table(idsOf(ask), (id) => {
      const given = box
        .map(({ paper }) => fieldOf(fieldOf(paper, 'scores'), id))
        .filter((score) => typeof score === 'number')
        // Points that were not given are as if they were not written.
        .filter((score) => ask.kind !== 'points' || score !== 0)
        .sort((a, b) => a - b);
      return {
        papers: given.length,
        sum: given.reduce((sum, score) => sum + score, 0),
        squares: given.reduce((sum, score) => sum + score * score, 0),
        lowest: given[0] ?? null,
        highest: given.at(-1) ?? null,
      };
    }),
  };
}

const rankingsOf = (box: readonly Cast[]) => box.map(({ paper }) => listOf(paper, 'ranking'));

function ranks(ask: Asked, box: readonly Cast[]): Counted {
  const ids = idsOf(ask);
  const rankings = rankingsOf(box);
  const worth = (ranking: readonly string[], id: string) =>
    ranking.includes(id) ? ids.length - ranking.indexOf(id) : 0;
  return {
    of: 'ranks',
    points: table(ids, (id) => rankings.reduce((sum, ranking) => sum + worth(ranking, id), 0)),
    firsts: table(ids, (id) => rankings.filter(([first]) => first === id).length),
  };
}

function runoff(ask: Asked, box: readonly Cast[]): Counted {
  return { of: 'runoff', ...recountRunoff(idsOf(ask), rankingsOf(box)) };
}

function transfers(ask: Asked, box: readonly Cast[], lots: readonly string[]): Counted {
  const election = { options: idsOf(ask), seats: ask.seats ?? 0, rankings: rankingsOf(box), lots };
  return { of: 'stv', ...recountTransfers(election) };
}

function answers(box: readonly Cast[]): Counted {
  const said = box.map(({ paper }) => String(fieldOf(paper, 'words')).trim());
  // Without a rule of its own, sort compares code units.
  const different = [...new Set(said)].sort();
  return {
    of: 'answers',
    answers: different.map((words) => ({ words, papers: said.filter((one) => one === words).length })),
  };
}

/** A table of numbers under a field of a count. */
export function tableOf(count: Counted, field: string): Readonly<Record<string, unknown>> {
  const found = count[field];
  return isObject(found) ? found : {};
}
