import { fieldOf, idsOf, isObject, type Asked, type Question } from './shapes.ts';

type Fits = (ask: Asked, paper: unknown, reason: string) => boolean;

const REASON_LENGTH = 500;

/** 纸票是否有效: whether a paper, as JSON, is one that the poll takes. Anything else is refused, whatever it is. */
export function isPaper({ ask, rules }: Question, paper: unknown): boolean {
  if (!isObject(paper)) return false;
  if (fieldOf(paper, 'shape') === 'blank')
    return rules.allowsBlank && ask.kind !== 'counted' && holds(paper, []);
  const fits = FITS[ask.kind === 'satisfaction' ? `satisfaction ${ask.scale}` : ask.kind];
  return fits !== undefined && fits(ask, paper, rules.reason);
}

/** Whether it has its shape and these fields, and at most the optional ones beside. */
function holds(paper: unknown, fields: readonly string[], optional: readonly string[] = []): boolean {
  const names = Object.keys(Object(paper)).filter((name) => fieldOf(paper, name) !== undefined);
  return (
    ['shape', ...fields].every((name) => names.includes(name)) &&
    names.every((name) => name === 'shape' || fields.includes(name) || optional.includes(name))
  );
}

// oxlint-disable-next-line no-control-regex -- reason: control characters are what no words hold
const DECEPTIVE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;

/** Words: something to see, not too long when trimmed, and nothing that hides or turns what follows. */
function isText(json: unknown, length: number): boolean {
  if (typeof json !== 'string' || DECEPTIVE.test(json)) return false;
  const words = json.trim();
  return words.length <= length && /[^\p{Cf}\p{Z}\s]/u.test(words);
}

/** Different strings of a list. */
function isSelection(json: unknown, from: readonly string[]): json is readonly string[] {
  return (
    Array.isArray(json) &&
    json.length <= from.length &&
    json.every((id, n) => from.includes(id) && json.indexOf(id) === n)
  );
}

function oneMark(marks: readonly string[], alwaysWhy: readonly string[] = []): Fits {
  return (ask, paper, reason) => {
    if (fieldOf(paper, 'shape') !== 'mark' || !holds(paper, ['mark'], ['reason'])) return false;
    const mark = fieldOf(paper, 'mark');
    const why = fieldOf(paper, 'reason');
    if (typeof mark !== 'string' || !marks.includes(mark)) return false;
    if (why === undefined) return reason !== 'required' && !alwaysWhy.includes(mark);
    return (
      isText(why, REASON_LENGTH) &&
      (reason !== 'none' || alwaysWhy.includes(mark) || ask.kind === 'acclamation')
    );
  };
}

type Extras = { readonly important?: boolean; readonly reasons?: boolean; readonly others?: boolean };

/** The marks that a paper sets, where they are marks for known things; null where they are not. */
function marksOf(ask: Asked, paper: unknown, allowed: readonly string[], extras: Extras = {}) {
  const optional = Object.keys(extras);
  const marks = fieldOf(paper, 'marks');
  if (fieldOf(paper, 'shape') !== 'marks' || !holds(paper, ['marks'], optional) || !isObject(marks))
    return null;
  const entries = Object.entries(marks);
  const isKnown = entries.every(([id, mark]) => idsOf(ask).includes(id) && allowed.includes(String(mark)));
  return isKnown && entries.every(([, mark]) => typeof mark === 'string')
    ? new Map(entries.map(([id, mark]) => [id, String(mark)]))
    : null;
}

const all = (ask: Asked) => idsOf(ask).length;

function marksBetween(
  allowed: readonly string[],
  least: (ask: Asked) => number,
  most: (ask: Asked) => number = all,
): Fits {
  return (ask, paper) => {
    const marks = marksOf(ask, paper, allowed);
    return marks !== null && marks.size >= least(ask) && marks.size <= most(ask);
  };
}

const statements: Fits = (ask, paper) => {
  const marks = marksOf(
    ask,
    paper,
    ['agree', 'disagree', 'skip'],
    ask.asksImportant ? { important: true } : {},
  );
  const important = fieldOf(paper, 'important') ?? [];
  return marks !== null && marks.size > 0 && isSelection(important, [...marks.keys()]);
};

const paragraphs: Fits = (ask, paper) => {
  const marks = marksOf(ask, paper, ['agree', 'amend', 'disagree'], { reasons: true });
  const reasons = fieldOf(paper, 'reasons') ?? {};
  if (marks === null || marks.size === 0 || !isObject(reasons)) return false;
  const isTold = [...marks].every(([id, mark]) => mark === 'agree' || Object.hasOwn(reasons, id));
  return isTold && Object.entries(reasons).every(([id, why]) => marks.has(id) && isText(why, REASON_LENGTH));
};

const election: Fits = (ask, paper) => {
  const marks = marksOf(ask, paper, ['yes', 'no'], { others: true });
  const others = fieldOf(paper, 'others') ?? [];
  const list = (ask.others ?? []).map(({ id }) => id);
  if (marks === null || !isSelection(others, list)) return false;
  const crosses = [...marks.values()].filter((mark) => mark === 'no').length;
  const named = marks.size - crosses + others.length;
  return others.length <= crosses && named <= (ask.seats ?? 0) && named + crosses > 0;
};

/** Whole numbers for known things, one at least, or null. */
function numbersOf(ask: Asked, paper: unknown, lowest: number, highest: number): readonly number[] | null {
  const scores = fieldOf(paper, 'scores');
  if (fieldOf(paper, 'shape') !== 'scores' || !holds(paper, ['scores']) || !isObject(scores)) return null;
  const numbers = Object.values(scores).filter(
    (score) => typeof score === 'number' && Number.isInteger(score),
  );
  const isFit =
    Object.keys(scores).every((id) => idsOf(ask).includes(id)) &&
    numbers.length === Object.keys(scores).length &&
    numbers.length > 0;
  const whole = numbers.map(Number);
  return isFit && whole.every((score) => lowest <= score && score <= highest) ? whole : null;
}

const points: Fits = (ask, paper) => {
  const given = numbersOf(ask, paper, 0, ask.cap ?? 0)?.reduce((sum, points) => sum + points, 0);
  return given !== undefined && given >= 1 && given <= (ask.budget ?? 0);
};

/** A list of different options under a field of the paper's shape, so many of them. */
function listed(
  shape: string,
  field: string,
  least: (ask: Asked) => number,
  most: (ask: Asked) => number = all,
): Fits {
  return (ask, paper) => {
    const list = fieldOf(paper, field);
    const from = ask.allowsNone === true ? [...idsOf(ask), 'none'] : idsOf(ask);
    if (fieldOf(paper, 'shape') !== shape || !holds(paper, [field]) || !isSelection(list, from)) return false;
    return least(ask) <= list.length && list.length <= most(ask);
  };
}

const FITS: Readonly<Record<string, Fits>> = {
  yes_no: oneMark(['yes', 'no']),
  yes_no_abstain: oneMark(['yes', 'no', 'abstain']),
  conditional: oneMark(['yes', 'conditional', 'no', 'abstain']),
  consensus: oneMark(['agree', 'abstain', 'disagree', 'block'], ['block']),
  consent: oneMark(['agree', 'block'], ['block']),
  temperature: oneMark(['promising', 'unsure', 'worried']),
  signup: oneMark(['yes', 'no']),
  acclamation: oneMark(['block']),
  single: listed(
    'choices',
    'choices',
    () => 1,
    () => 1,
  ),
  multiple: listed(
    'choices',
    'choices',
    ({ least = 1 }) => least,
    ({ most = 0 }) => most,
  ),
  each: marksBetween(
    ['yes', 'no', 'abstain'],
    ({ least = 1 }) => least,
    ({ most = 0 }) => most,
  ),
  statements,
  'satisfaction words': marksBetween(['satisfied', 'mostly', 'dissatisfied', 'unknown'], all),
  'satisfaction hundred': (ask, paper) => numbersOf(ask, paper, 0, 100) !== null,
  slots: marksBetween(['yes', 'maybe', 'no'], all),
  paragraphs,
  election,
  score: (ask, paper) => numbersOf(ask, paper, ask.lowest ?? 0, ask.highest ?? 0) !== null,
  points,
  ranking: listed('ranking', 'ranking', ({ least = 1 }) => least),
  stv: listed('ranking', 'ranking', () => 1),
  open: (ask, paper) =>
    fieldOf(paper, 'shape') === 'words' &&
    holds(paper, ['words']) &&
    isText(fieldOf(paper, 'words'), ask.length ?? 0),
};
