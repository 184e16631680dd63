import { describe, expect, it } from 'vitest';
import { participantId } from '../../testing/builders.ts';
import { draftOf, limit, turnoutOf } from '../../testing/poll-rules.ts';
import type { Mark } from './marks.ts';
import { chamberResult } from './result.ts';
import { WEIGHT_UNIT } from './rules.ts';

const DECIDES = { id: 'all', roles: ['member' as const], voice: 'decides' as const };

/** Papers with what they weigh. */
const box = (...papers: readonly (readonly [Mark, number])[]) =>
  papers.map(([mark, weight]) => ({ paper: { shape: 'mark' as const, mark }, weight: weight * WEIGHT_UNIT }));

describe(chamberResult, () => {
  const poll = draftOf(
    { kind: 'yes_no_abstain' },
    {
      weights: { [participantId(0)]: 3 * WEIGHT_UNIT },
      thresholds: [limit('yes', 'more', [1, 2], 'cast')],
    },
  );
  const outcome = (papers: ReturnType<typeof box>) => {
    const result = chamberResult(poll, DECIDES, { turnout: turnoutOf(papers.length), papers, lots: [] });
    return result.verdict?.judgements[0];
  };

  it('takes shares of weighed votes of what the papers weigh, not of people [B17]', () => {
    // Two of three are against; they weigh less.
    expect(outcome(box(['yes', 3], ['no', 1], ['no', 1]))).toMatchObject({
      outcome: 'broad',
      thresholds: [{ part: 3_000_000, whole: 5_000_000, isMet: true }],
    });
    expect(outcome(box(['yes', 3], ['no', 2], ['no', 1]))).toMatchObject({ outcome: 'divided' });
  });

  it('calls unanimous what every head says, whatever it weighs', () => {
    expect(outcome(box(['yes', 3], ['yes', 1]))).toMatchObject({ outcome: 'unanimous' });
    // 2 + 0 weighs as much as two people, and one of them abstains.
    expect(outcome(box(['yes', 2], ['abstain', 1]))).toMatchObject({ outcome: 'broad' });
  });

  it('counts beside it with every vote alike', () => {
    const result = chamberResult(poll, DECIDES, {
      turnout: turnoutOf(2),
      papers: box(['yes', 3], ['no', 1]),
      lots: [],
    });
    expect(result.count).toEqual({ of: 'marks', marks: { yes: 3_000_000, no: 1_000_000, abstain: 0 } });
    expect(result.unweighed).toEqual({ of: 'marks', marks: { yes: 1, no: 1, abstain: 0 } });
  });

  it('gives a chamber that only advises counts and no verdict [B15]', () => {
    const advises = { ...DECIDES, voice: 'advises' as const };
    const result = chamberResult(poll, advises, { turnout: turnoutOf(1), papers: box(['yes', 1]), lots: [] });
    expect(result.verdict).toBeNull();
    expect(result.count).not.toBeNull();
  });
});
