import fc from 'fast-check';
import { itemsOf, type Ask } from '../domain/polls/ask.ts';
import type { PollDraft } from '../domain/polls/draft.ts';
import { judgePaper } from '../domain/polls/judging.ts';
import { MARKS_OF, ONE_MARK, type Mark } from '../domain/polls/marks.ts';
import { NONE } from '../domain/polls/options.ts';
import type { Paper } from '../domain/polls/paper.ts';

/** Papers of one voter who says this: yes where one can, no where one can, or neither. */
export type Leaning = 'for' | 'against' | 'neither';

const LEANINGS: Readonly<Record<Leaning, readonly Mark[]>> = {
  for: ['yes', 'agree', 'satisfied', 'promising', 'block'],
  against: ['block', 'no', 'disagree', 'dissatisfied', 'worried'],
  neither: ['abstain', 'skip', 'unknown', 'unsure', 'maybe', 'amend', 'mostly', 'conditional', 'no', 'block'],
};

const WHY = '理由充分';

/** A paper that the poll takes, leaning to one side in everything it deals with; null where the kind has no such one. */
export function paperLeaning({ ask, rules }: PollDraft, leaning: Leaning): Paper | null {
  const paper = leaningPaper(ask, leaning);
  if (paper === null) return null;
  const told: Paper =
    paper.shape === 'mark' && (rules.reason === 'required' || paper.mark === 'block')
      ? { ...paper, reason: WHY }
      : paper;
  // Nobody casts papers where tellers count; what they count is the same.
  if (ask.kind === 'counted') return told;
  const judged = judgePaper({ ask, rules }, told);
  return judged.ok ? judged.value : null;
}

function leaningPaper(ask: Ask, leaning: Leaning): Paper | null {
  const ids = itemsOf(ask).map(({ id }) => id);
  const known: readonly Mark[] = ask.kind in MARKS_OF ? MARKS_OF[ask.kind as keyof typeof MARKS_OF] : [];
  const mark = LEANINGS[leaning].find((mark) => known.includes(mark));
  if (ONE_MARK.some((kind) => kind === ask.kind)) {
    return mark === undefined ? null : { shape: 'mark', mark };
  }
  const turned = leaning === 'for' ? ids : [...ids].reverse();
  switch (ask.kind) {
    case 'single':
      return { shape: 'choices', choices: leaning === 'neither' ? [NONE] : turned.slice(0, 1) };
    case 'multiple':
      return { shape: 'choices', choices: turned.slice(0, ask.least) };
    case 'ranking':
    case 'stv':
      return { shape: 'ranking', ranking: leaning === 'neither' ? ids.slice(1) : turned };
    case 'open':
      return { shape: 'words', words: leaning };
    case 'score':
      return scores(ids, leaning === 'for' ? ask.highest : ask.lowest);
    case 'points':
      return scores(turned.slice(0, 1), ask.cap);
    default:
      if (known.length === 0 || (ask.kind === 'satisfaction' && ask.scale === 'hundred'))
        return scores(ids, leaning === 'for' ? 100 : 0);
      return marked(ask, ids, mark ?? 'no');
  }
}

function scores(ids: readonly string[], score: number): Paper {
  return { shape: 'scores', scores: Object.fromEntries(ids.map((id) => [id, score])) };
}

function marked(ask: Ask, ids: readonly string[], mark: Mark): Paper {
  const some = 'most' in ask ? ids.slice(0, ask.most) : ids;
  const set = ask.kind === 'election' && mark === 'yes' ? some.slice(0, ask.seats) : some;
  const reasons = ask.kind === 'paragraphs' && mark !== 'agree';
  return {
    shape: 'marks',
    marks: Object.fromEntries(set.map((id) => [id, mark])),
    ...(reasons ? { reasons: Object.fromEntries(set.map((id) => [id, WHY])) } : {}),
  };
}

/** Any paper of the shape that the poll asks for, most of which it takes. */
export function anyPaper({ ask, rules }: PollDraft): fc.Arbitrary<unknown> {
  const ids = itemsOf(ask).map(({ id }) => id);
  const reason = rules.reason === 'none' ? fc.constant(undefined) : fc.constant(WHY);
  if (rules.allowsBlank && ask.kind !== 'counted') {
    return fc.oneof({ weight: 6, arbitrary: said(ask, ids, reason) }, fc.constant({ shape: 'blank' }));
  }
  return said(ask, ids, reason);
}

function said(
  ask: Ask,
  ids: readonly string[],
  reason: fc.Arbitrary<string | undefined>,
): fc.Arbitrary<unknown> {
  const some = fc.shuffledSubarray([...ids]);
  switch (ask.kind) {
    case 'single':
      return fc
        .constantFrom(...ids, ...(ask.allowsNone ? [NONE] : []))
        .map((id) => ({ shape: 'choices', choices: [id] }));
    case 'multiple':
      return fc
        .shuffledSubarray([...ids], { minLength: ask.least, maxLength: ask.most })
        .map((choices) => ({ shape: 'choices', choices }));
    case 'ranking':
    case 'stv':
      return fc
        .shuffledSubarray([...ids], { minLength: ask.kind === 'stv' ? 1 : ask.least })
        .map((ranking) => ({ shape: 'ranking', ranking }));
    case 'open':
      return fc
        .constantFrom('好', ' 好 ', '不好', 'b', 'B', '👍', 'é')
        .map((words) => ({ shape: 'words', words }));
    case 'score':
      return numbers(some, ask.lowest, ask.highest);
    case 'points':
      return numbers(some, 0, Math.min(ask.cap, Math.ceil(ask.budget / ids.length)));
    case 'satisfaction':
      return ask.scale === 'hundred' ? numbers(some, 0, 100) : marks(ask.kind, fc.constant([...ids]));
    case 'slots':
      return marks(ask.kind, fc.constant([...ids]));
    case 'each':
      return marks(ask.kind, fc.shuffledSubarray([...ids], { minLength: ask.least, maxLength: ask.most }));
    case 'statements':
    case 'paragraphs':
    case 'election':
      return withExtras(ask, ids);
    default:
      return fc
        .record({ mark: fc.constantFrom(...MARKS_OF[ask.kind]), reason })
        .map(({ mark, reason }) => oneMark(mark, reason));
  }
}

function oneMark(mark: Mark, reason: string | undefined) {
  const why = mark === 'block' ? (reason ?? WHY) : reason;
  return { shape: 'mark', mark, ...(why === undefined ? {} : { reason: why }) };
}

function numbers(ids: fc.Arbitrary<string[]>, min: number, max: number): fc.Arbitrary<unknown> {
  return ids.chain((chosen) =>
    fc.tuple(...chosen.map(() => fc.integer({ min, max }))).map((given) => ({
      shape: 'scores',
      scores: Object.fromEntries(chosen.map((id, n) => [id, given[n]])),
    })),
  );
}

function marks(kind: keyof typeof MARKS_OF, ids: fc.Arbitrary<string[]>) {
  return ids.chain((chosen) =>
    fc.tuple(...chosen.map(() => fc.constantFrom<Mark>(...MARKS_OF[kind]))).map((set) => ({
      shape: 'marks',
      marks: Object.fromEntries(chosen.map((id, n) => [id, set[n]])),
    })),
  );
}

type Extended = Extract<Ask, { kind: 'statements' | 'paragraphs' | 'election' }>;

function withExtras(ask: Extended, ids: readonly string[]): fc.Arbitrary<unknown> {
  const least = ask.kind === 'election' ? 0 : 1;
  return marks(ask.kind, fc.shuffledSubarray([...ids], { minLength: least })).chain((paper) => {
    const dealt = Object.keys(paper.marks);
    if (ask.kind === 'statements') {
      if (!ask.asksImportant) return fc.constant(paper);
      return fc.subarray(dealt).map((important) => ({ ...paper, important }));
    }
    if (ask.kind === 'paragraphs') {
      const reasons = dealt.filter((id) => paper.marks[id] !== 'agree').map((id) => [id, WHY]);
      return fc.constant({
        ...paper,
        ...(reasons.length > 0 ? { reasons: Object.fromEntries(reasons) } : {}),
      });
    }
    const crosses = dealt.filter((id) => paper.marks[id] === 'no').length;
    return fc
      .shuffledSubarray(
        ask.others.map(({ id }) => id),
        { maxLength: Math.min(crosses, ask.others.length) },
      )
      .map((others) => ({ ...paper, ...(others.length > 0 ? { others } : {}) }));
  });
}
