import { itemsOf, type Ask } from '../../../core/domain/polls/ask.ts';
import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import type { Mark } from '../../../core/domain/polls/marks.ts';
import type { Paper } from '../../../core/domain/polls/paper.ts';
import { chamberResult, type ChamberResult } from '../../../core/domain/polls/result.ts';
import type { PollRules, Threshold } from '../../../core/domain/polls/rules.ts';
import { ONE_CHAMBER, usualRules } from '../../../core/domain/polls/usual-rules.ts';

// Worked examples: a handful of papers for every kind. What comes of them is counted by the engine that counts real polls, when
// somebody reads it; nothing of a result is written here.

type Papers = readonly (readonly [number, Paper])[];
export type Example = {
  readonly ask: Ask;
  readonly thresholds: readonly Threshold[];
  readonly papers: Papers;
};
/** What things and answers are called in the examples. */
export type ExampleWords = { readonly names: readonly string[]; readonly answers: readonly string[] };

const mark = (one: Mark, reason?: string): Paper => ({
  shape: 'mark',
  mark: one,
  ...(reason === undefined ? {} : { reason }),
});
const marks = (...set: readonly (Mark | null)[]): Paper => ({
  shape: 'marks',
  marks: Object.fromEntries(set.flatMap((one, n) => (one === null ? [] : [[`o${n + 1}`, one]]))),
});
const choices = (...ns: readonly number[]): Paper => ({ shape: 'choices', choices: ns.map((n) => `o${n}`) });
const ranking = (...ns: readonly number[]): Paper => ({ shape: 'ranking', ranking: ns.map((n) => `o${n}`) });
const scores = (...all: readonly number[]): Paper => ({
  shape: 'scores',
  scores: Object.fromEntries(all.map((score, n) => [`o${n + 1}`, score])),
});
const rated = (attitude: number, result: number): Paper => ({
  shape: 'scores',
  scores: { attitude, result },
});
const judged = (attitude: Mark, result: Mark): Paper => ({ shape: 'marks', marks: { attitude, result } });

const RANKED: Papers = [
  [5, ranking(1, 2, 3)],
  [4, ranking(2, 3, 1)],
  [3, ranking(3, 2, 1)],
];
const more = (on: Threshold['on'], base: Threshold['base']): Threshold => ({
  on,
  relation: 'more',
  of: { part: 1, whole: 2 },
  base,
});

/** The example for a kind, in the way that a poll asks it: by points or run-off, in words or from 0 to 100. */
export function exampleOf(ask: Ask, { names, answers }: ExampleWords): Example {
  const options = (count: number) => names.slice(0, count).map((text, n) => ({ id: `o${n + 1}`, text }));
  const [answer = '', otherAnswer = '', reason = ''] = answers;
  const example = (own: Ask, papers: Papers, ...thresholds: readonly Threshold[]): Example => ({
    ask: own,
    papers,
    thresholds,
  });
  switch (ask.kind) {
    case 'yes_no':
    case 'counted':
      return example(
        { kind: ask.kind },
        [
          [13, mark('yes')],
          [7, mark('no')],
        ],
        more('yes', 'cast'),
      );
    case 'yes_no_abstain':
      return example(
        { kind: ask.kind },
        [
          [13, mark('yes')],
          [5, mark('no')],
          [2, mark('abstain')],
        ],
        more('yes', 'cast'),
      );
    case 'conditional':
      return example({ kind: ask.kind, condition: '' }, [
        [11, mark('yes')],
        [4, mark('conditional')],
        [3, mark('no')],
        [2, mark('abstain')],
      ]);
    case 'consensus':
      return example(
        { kind: ask.kind },
        [
          [15, mark('agree')],
          [2, mark('abstain')],
          [2, mark('disagree')],
          [1, mark('block', reason)],
        ],
        { on: 'agree', relation: 'at_least', of: { part: 2, whole: 3 }, base: 'cast' },
        { on: 'block', relation: 'at_most', of: { part: 1, whole: 10 }, base: 'cast' },
      );
    case 'consent':
      return example({ kind: ask.kind }, [
        [18, mark('agree')],
        [1, mark('block', reason)],
      ]);
    case 'acclamation':
      return example({ kind: ask.kind }, [[1, mark('block', reason)]]);
    case 'temperature':
      return example({ kind: ask.kind }, [
        [9, mark('promising')],
        [7, mark('unsure')],
        [4, mark('worried')],
      ]);
    case 'signup':
      return example({ kind: ask.kind, target: 10 }, [
        [12, mark('yes')],
        [3, mark('no')],
      ]);
    case 'single':
      return example({ kind: ask.kind, options: options(3), allowsNone: false }, [
        [12, choices(1)],
        [6, choices(2)],
        [2, choices(3)],
      ]);
    case 'multiple':
      return example({ kind: ask.kind, options: options(3), least: 1, most: 2 }, [
        [8, choices(1, 2)],
        [7, choices(1)],
        [5, choices(2, 3)],
      ]);
    case 'each':
      return example(
        { kind: ask.kind, options: options(2), least: 2, most: 2 },
        [
          [11, marks('yes', 'no')],
          [7, marks('yes', 'yes')],
          [2, marks('no', 'abstain')],
        ],
        more('yes', 'cast'),
      );
    case 'election':
      return example(
        { kind: ask.kind, options: options(3), seats: 2, others: [] },
        [
          [9, marks('yes', 'yes', null)],
          [6, marks('yes', null, 'yes')],
          [5, marks(null, 'yes', 'no')],
        ],
        more('yes', 'due'),
      );
    case 'score':
      return example({ kind: ask.kind, options: options(2), lowest: 1, highest: 5 }, [
        [2, scores(5, 3)],
        [2, scores(4, 3)],
        [1, scores(3, 5)],
      ]);
    case 'points':
      return example({ kind: ask.kind, options: options(3), budget: 8, cap: 4 }, [
        [3, scores(4, 3, 1)],
        [2, scores(2, 4, 2)],
      ]);
    case 'satisfaction':
      return ask.scale === 'words'
        ? example({ ...ask, aspects: ['attitude', 'result'] }, [
            [12, judged('satisfied', 'mostly')],
            [5, judged('mostly', 'dissatisfied')],
            [1, judged('dissatisfied', 'dissatisfied')],
            [2, judged('unknown', 'satisfied')],
          ])
        : example({ ...ask, aspects: ['attitude', 'result'] }, [
            [2, rated(90, 80)],
            [1, rated(60, 50)],
          ]);
    case 'ranking':
      return example({ kind: ask.kind, options: options(3), least: 1, by: ask.by }, RANKED);
    case 'stv':
      return example({ kind: ask.kind, options: options(3), seats: 2 }, [
        [12, ranking(1, 2)],
        [5, ranking(2)],
        [3, ranking(3, 2)],
      ]);
    case 'statements':
      return example({ kind: ask.kind, options: options(2), asksImportant: false }, [
        [13, marks('agree', 'disagree')],
        [4, marks('disagree', 'agree')],
        [3, marks('skip', 'disagree')],
      ]);
    case 'open':
      return example({ kind: ask.kind, length: 200 }, [
        [3, { shape: 'words', words: answer }],
        [1, { shape: 'words', words: otherAnswer }],
      ]);
    case 'slots':
      return example({ kind: ask.kind, options: options(2) }, [
        [6, marks('yes', 'maybe')],
        [3, marks('maybe', 'yes')],
        [2, marks('yes', 'no')],
      ]);
    case 'paragraphs':
      return example({ kind: ask.kind, options: options(2) }, [
        [15, marks('agree', 'agree')],
        [3, { ...marks('agree', 'amend'), reasons: { o2: reason } } as Paper],
      ]);
  }
}

/** People on the roll of an example, all of them present. */
const PEOPLE = 24;

/** What the engine makes of an example. */
export function resultOf({ ask, thresholds, papers }: Example): {
  readonly draft: Pick<PollDraft, 'ask' | 'rules'>;
  readonly chamber: ChamberResult;
} {
  const usual = usualRules(['member']);
  const rules: PollRules = { ...usual, thresholds: [...thresholds] };
  const all = papers.flatMap(([count, paper]) => Array.from({ length: count }, () => paper));
  const cast = all.length;
  const people = { due: PEOPLE, presentAtOpening: PEOPLE, presentAtStop: PEOPLE, entitled: PEOPLE };
  const chamber = chamberResult(
    { ask, rules },
    { id: ONE_CHAMBER, roles: ['member'], voice: 'decides' },
    {
      turnout: {
        ...people,
        entitledPresent: PEOPLE,
        issued: PEOPLE,
        cast,
        blank: 0,
        invalid: 0,
        valid: cast,
        // Who says nothing at an acclamation applauds; elsewhere an example is of those who voted.
        silent: 0,
      },
      papers: all.map((paper) => ({ paper, weight: 1 })),
      lots: itemsOf(ask).map(({ id }) => id),
    },
  );
  return { draft: { ask, rules }, chamber };
}
