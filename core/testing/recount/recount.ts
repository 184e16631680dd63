import { recount } from './counts.ts';
import { isPaper } from './papers.ts';
import { fieldOf, type Cast, type Counted, type People, type Question, type Verdict } from './shapes.ts';
import { recountVerdict } from './verdict.ts';

/** One chamber of a poll that stopped: its rules, its people, its papers, and the lot that was drawn with its rules. */
export type Stopped = {
  readonly question: Question;
  readonly people: People;
  readonly box: readonly Cast[];
  readonly lots: readonly string[];
};

export type Recounted = {
  readonly count: Counted;
  /** The same with every vote counting one; null where they do anyway. */
  readonly unweighed: Counted | null;
  readonly verdict: Verdict;
  /** Papers that the poll should not have taken, by their place in the box. */
  readonly refused: readonly number[];
};

/** Everything that a result says of a chamber, found again from the papers, the people and the frozen rules. */
export function recountChamber({ question, people, box, lots }: Stopped): Recounted {
  const { ask, rules } = question;
  const isWeighed = rules.weights !== null;
  const alike = box.map(({ paper }) => ({ paper, weight: 1 }));
  const count = recount(ask, box, lots);
  const heads = isWeighed ? recount(ask, alike, lots) : count;
  const isSaid = ({ paper }: Cast) => fieldOf(paper, 'shape') !== 'blank';
  const weighed = isWeighed ? { cast: weightOf(box), valid: weightOf(box.filter(isSaid)) } : null;
  return {
    count,
    unweighed: isWeighed ? heads : null,
    verdict: recountVerdict({ question, people, count, heads, weighed }),
    refused: box.flatMap(({ paper }, n) => (ask.kind === 'counted' || isPaper(question, paper) ? [] : [n])),
  };
}

function weightOf(box: readonly Cast[]): number {
  return box.reduce((sum, { weight }) => sum + weight, 0);
}
