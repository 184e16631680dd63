import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLL_WAYS, type PollWay } from '../../testing/arbitrary-asks.ts';
import { anyBox, type Box } from '../../testing/arbitrary-boxes.ts';
import { recountChamber } from '../../testing/recount/recount.ts';
import { freshSeed } from '../../testing/seed.ts';
import { Count } from './count.ts';
import { judgePaper } from './judging.ts';
import { chamberResult } from './result.ts';
import type { Paper } from './paper.ts';
import { judge, Verdict } from './verdict.ts';

const seed = freshSeed();
const numRuns = 500;

function engine({ draft, papers, turnout, lots }: Box) {
  const [chamber] = draft.rules.chambers;
  if (chamber?.voice !== 'decides') throw new Error('the first chamber decides');
  const { count, verdict, unweighed } = chamberResult(draft, chamber, { turnout, papers, lots });
  if (count === null || verdict === null) throw new Error('this result tells everything');
  return { count, verdict, unweighed };
}

function counter({ draft: { ask, rules }, papers, turnout, lots }: Box) {
  // By way of JSON, as a verifier reads it.
  return recountChamber(structuredClone({ question: { ask, rules }, people: turnout, box: papers, lots }));
}

/** A poll that stopped, and its papers as they could also have come out of the box. */
const stirred = (way: PollWay) =>
  anyBox(way).chain((box) =>
    fc.shuffledSubarray([...box.papers], { minLength: box.papers.length }).map((papers) => ({ box, papers })),
  );

describe(`engine and second counter [B22] [seed ${seed}]`, () => {
  it.each(POLL_WAYS)('agree on %s: papers, count, verdict, leaders, elected', (way) => {
    fc.assert(
      fc.property(stirred(way), ({ box, papers }) => {
        const { count, unweighed, verdict } = engine(box);
        const again = counter({ ...box, papers });
        // In whatever order papers are counted.
        expect({ count, unweighed, verdict }).toEqual({
          count: again.count,
          unweighed: again.unweighed,
          verdict: again.verdict,
        });
        expect(engine({ ...box, papers }).count).toEqual(count);
        // What was taken is canonical, for both.
        expect(again.refused).toEqual([]);
        if (way !== 'counted')
          expect(box.papers.map(({ paper }) => judged(box, paper))).toEqual(only(box.papers));
        expectSums(box, count);
      }),
      { seed, numRuns },
    );
  });

  it.each(POLL_WAYS)('of %s: what is stored of a result is what was found', (way) => {
    fc.assert(
      fc.property(anyBox(way), (box) => {
        const { count, verdict } = engine(box);
        expect(Count.parse(count)).toEqual(count);
        expect(Verdict.parse(verdict)).toEqual(verdict);
        // A store keeps no order of keys; judging again what it gives back gives the same.
        const { rules, ask } = box.draft;
        if (rules.weights === null)
          expect(judge({ ask, rules }, box.turnout, stored(count))).toEqual(verdict);
      }),
      { seed, numRuns: 100 },
    );
  });
});

function judged({ draft }: Box, paper: Paper): Paper | null {
  const found = judgePaper(draft, paper);
  return found.ok ? found.value : null;
}

const only = (papers: Box['papers']) => papers.map(({ paper }) => paper);

/** As PostgreSQL gives it back: keys by their length, then by their letters. */
function stored(count: Count): Count {
  const sorted = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(sorted);
    if (typeof json !== 'object' || json === null) return json;
    const entries = Object.entries(json).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, value]) => [key, sorted(value)]));
  };
  return Count.parse(sorted(count));
}

/** No paper is lost and none is there twice: the papers that say something are as many as were cast and are not blank. */
function expectSums({ papers, turnout }: Box, count: Count): void {
  const said = papers.filter(({ paper }) => paper.shape !== 'blank');
  expect(said.length).toBe(turnout.valid);
  const weight = said.reduce((sum, one) => sum + one.weight, 0);
  const sum = (numbers: Readonly<Record<string, number | undefined>>) =>
    Object.values(numbers).reduce((total: number, one = 0) => total + one, 0);
  switch (count.of) {
    case 'marks':
      expect(sum(count.marks)).toBe(weight);
      break;
    case 'answers':
      expect(count.answers.reduce((total, { papers }) => total + papers, 0)).toBe(weight);
      break;
    case 'ranks':
      expect(sum(count.firsts)).toBe(weight);
      break;
    case 'runoff':
      for (const { counts, exhausted } of count.rounds) expect(sum(counts) + exhausted).toBe(weight);
      break;
    case 'stv':
      for (const { votes, untransferred } of count.stages) {
        expect(sum(votes) + untransferred).toBe(weight * 100_000);
      }
      break;
    case 'choices':
      for (const one of Object.values(count.choices)) expect(one).toBeLessThanOrEqual(weight);
      expect(sum(count.choices)).toBeGreaterThanOrEqual(weight);
      break;
    case 'each':
      for (const marks of Object.values(count.each)) expect(sum(marks)).toBeLessThanOrEqual(weight);
      break;
    case 'scores':
      for (const one of Object.values(count.each)) expect(one.papers).toBeLessThanOrEqual(weight);
      break;
  }
}
