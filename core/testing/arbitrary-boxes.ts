import fc from 'fast-check';
import { itemsOf } from '../domain/polls/ask.ts';
import type { Weighed } from '../domain/polls/count.ts';
import type { PollDraft } from '../domain/polls/draft.ts';
import { judgePaper } from '../domain/polls/judging.ts';
import { Paper } from '../domain/polls/paper.ts';
import { WEIGHT_UNIT } from '../domain/polls/rules.ts';
import type { Turnout } from '../domain/polls/turnout.ts';
import type { PollWay } from './arbitrary-asks.ts';
import { anyPaper, paperLeaning, type Leaning } from './arbitrary-papers.ts';
import { anyDraft, MOST_VOTERS } from './arbitrary-polls.ts';
import { participantId } from './builders.ts';

/** A poll that stopped: who was there, what is in the box, and the lot. */
export type Box = {
  readonly draft: PollDraft;
  readonly papers: readonly Weighed<Paper>[];
  readonly turnout: Turnout;
  readonly lots: readonly string[];
};

/** Somebody on the roll: whether they vote, whether they were there at either end, and what they put in. */
type Person = {
  readonly isVoter: boolean;
  readonly atOpening: boolean;
  readonly atStop: boolean;
  readonly paper: Paper | null;
};

/** How a box is divided, so many times over: the cases that boundaries are about. */
const SPLITS: readonly (readonly (Leaning | 'blank' | 'nothing')[])[] = [
  ['for', 'against'],
  ['for', 'for', 'against'],
  ['for', 'against', 'neither'],
  ['for', 'for', 'against', 'against', 'neither', 'nothing'],
  ['for'],
  ['against'],
  ['neither'],
  ['blank'],
  ['for', 'blank'],
  ['for', 'nothing'],
  ['nothing'],
];

/** Papers as they were put in, nothing where somebody did not vote. */
function given(draft: PollDraft): fc.Arbitrary<(Paper | null)[]> {
  const leaning = (what: Leaning | 'blank' | 'nothing'): Paper | null => {
    if (what === 'nothing') return null;
    if (what !== 'blank') return paperLeaning(draft, what);
    return draft.rules.allowsBlank && draft.ask.kind !== 'counted' ? { shape: 'blank' } : null;
  };
  const divided = fc
    .record({
      split: fc.constantFrom(...SPLITS),
      times: fc.integer({ min: 0, max: 4 }),
      more: fc.constantFrom<readonly (Leaning | 'nothing')[]>([], [], ['for'], ['against'], ['neither']),
    })
    .map(({ split, times, more }) =>
      [...Array.from({ length: times }, () => split).flat(), ...more].map(leaning),
    );
  const anything = fc.array(
    fc.oneof(
      { weight: 5, arbitrary: anyPaper(draft).map((paper) => accepted(draft, paper)) },
      fc.constant(null),
    ),
    { maxLength: 14 },
  );
  return fc.oneof(divided, anything).map((papers) => papers.slice(0, MOST_VOTERS));
}

/** The canonical paper, or nothing where the poll refuses it: nobody has voted then. */
function accepted(draft: PollDraft, json: unknown): Paper | null {
  const paper = Paper.safeParse(json);
  if (!paper.success) return null;
  if (draft.ask.kind === 'counted') return paper.data;
  const judged = judgePaper(draft, paper.data);
  return judged.ok ? judged.value : null;
}

/** Everybody there all the time, or people who come and go. */
const presence = fc.oneof(
  fc.constant({ atOpening: true, atStop: true }),
  fc.record({ atOpening: fc.boolean(), atStop: fc.boolean() }),
);

function peopleOf(papers: readonly (Paper | null)[]): fc.Arbitrary<Person[]> {
  const others = fc.array(presence, { maxLength: 4 });
  return fc
    .record({ steady: fc.boolean(), there: fc.tuple(...papers.map(() => presence)), others })
    .map(({ steady, there, others }) => [
      ...papers.map((paper, n) => ({
        isVoter: true,
        paper,
        ...(steady ? { atOpening: true, atStop: true } : (there[n] ?? { atOpening: true, atStop: true })),
      })),
      ...(steady ? [] : others.map((one) => ({ isVoter: false, paper: null, ...one }))),
    ]);
}

function turnoutOf(people: readonly Person[], invalid: number): Turnout {
  const count = (isSo: (person: Person) => boolean) => people.filter(isSo).length;
  const voters = people.filter(({ isVoter }) => isVoter);
  const cast = count(({ paper }) => paper !== null) + invalid;
  const blank = count(({ paper }) => paper?.shape === 'blank');
  return {
    due: people.length,
    presentAtOpening: count(({ atOpening }) => atOpening),
    presentAtStop: count(({ atStop }) => atStop),
    entitled: voters.length,
    entitledPresent: count(({ isVoter, atOpening, atStop }) => isVoter && (atOpening || atStop)),
    issued: voters.length,
    cast,
    blank,
    invalid,
    valid: cast - blank - invalid,
    silent: count(
      ({ isVoter, atOpening, atStop, paper }) => isVoter && (atOpening || atStop) && paper === null,
    ),
  };
}

/** Any poll of a way of asking, with a box whose papers it took, and people who agree with it. */
export function anyBox(way: PollWay): fc.Arbitrary<Box> {
  return anyDraft(way).chain((draft) =>
    fc
      .record({
        people: given(draft).chain(peopleOf),
        lots: fc.shuffledSubarray(
          itemsOf(draft.ask).map(({ id }) => id),
          { minLength: itemsOf(draft.ask).length },
        ),
        // Papers that tellers could not read; a screen sends none.
        invalid: draft.ask.kind === 'counted' ? fc.integer({ min: 0, max: 2 }) : fc.constant(0),
      })
      .map(({ people, lots, invalid }): Box => {
        const isSpare = people.filter(({ paper }) => paper === null).length >= invalid;
        const { weights } = draft.rules;
        return {
          draft,
          lots,
          turnout: turnoutOf(people, isSpare ? invalid : 0),
          papers: people.flatMap(({ paper }, n) => {
            const weight = weights === null ? 1 : (weights[participantId(n)] ?? WEIGHT_UNIT);
            return paper === null ? [] : [{ paper, weight }];
          }),
        };
      }),
  );
}
