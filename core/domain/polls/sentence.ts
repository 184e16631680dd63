import { checkOf, unitOf, type Clause } from './clauses.ts';
import type { PollDraft } from './draft.ts';
import { weightsOf, type ChamberResult } from './result.ts';
import type { Base, PollRules } from './rules.ts';
import { countClauses } from './sentence-counts.ts';
import { percentShown } from './shares.ts';
import { isByHand } from './totals.ts';
import type { Turnout } from './turnout.ts';
import type { Outcome } from './verdict.ts';

/**
 * The sentence of one chamber: who was there, who voted, what they said, what was not counted, what came of it [B12]. Of a poll
 * that is void it says that first, and nothing of what would have come of it [B42].
 */
export function sentenceOf(
  poll: Pick<PollDraft, 'ask' | 'rules'>,
  chamber: Omit<ChamberResult, 'id' | 'voice'>,
  isVoid = false,
): Clause[] {
  const { turnout, count, verdict } = chamber;
  // Whoever applauds casts no paper: how many did not says nothing.
  const isAcclaimed = poll.ask.kind === 'acclamation';
  const people = peopleClauses(poll.rules, turnout, verdict).filter(
    ({ code }) => !isAcclaimed || code !== 'turnout',
  );
  const uncounted = (['blank', 'invalid', 'silent'] as const).flatMap((code): Clause[] =>
    turnout[code] === 0 || isAcclaimed ? [] : [{ code, papers: turnout[code] }],
  );
  const weights = weightsOf(chamber);
  const telling = { poll, turnout, weights, unit: unitOf(poll.rules), said: saidBases(turnout, people) };
  if (isByHand(poll) && count === null)
    return [...(isVoid ? [{ code: 'void' as const }] : []), { code: 'uncounted' }];
  const counted = counts();
  if (isVoid) return [{ code: 'void' }, ...people, ...counted.map(withoutOutcome), ...uncounted];
  return [...people, ...counted, ...uncounted, ...outcomeClauses(poll, verdict, counted)];

  function counts(): Clause[] {
    if (turnout.cast === 0 && !isAcclaimed) return [{ code: 'nobody' }];
    return count === null ? [{ code: 'withheld' }] : countClauses(telling, count, verdict);
  }
}

function peopleClauses(rules: PollRules, turnout: Turnout, verdict: ChamberResult['verdict']): Clause[] {
  const { due, entitled, cast } = turnout;
  const found = (what: 'attendance' | 'participation') => verdict?.quorum.find((one) => one.what === what);
  const [attendance, participation] = [found('attendance'), found('participation')];
  const isThereAsked = rules.thresholds.some(({ base }) => base === 'due' || base === 'present');
  const present = Math.min(turnout.presentAtOpening, turnout.presentAtStop);
  const percent = percentShown({
    part: cast,
    whole: entitled,
    ...(participation === undefined ? {} : { against: participation }),
  });
  return [
    ...(attendance === undefined && !isThereAsked
      ? []
      : [
          {
            code: 'attendance' as const,
            due,
            present,
            check: attendance === undefined ? null : checkOf(attendance),
          },
        ]),
    {
      code: 'turnout',
      entitled,
      cast,
      percent,
      check: participation === undefined ? null : checkOf(participation),
    },
  ];
}

/** What an option would have come to is told with its numbers. */
function withoutOutcome(clause: Clause): Clause {
  return clause.code === 'item' ? { ...clause, outcome: null } : clause;
}

/** Bases whose numbers the sentence of a chamber names before the first share; among them 实到 where that is who could vote. */
export function basesSaid(
  { rules }: Pick<PollDraft, 'rules'>,
  { turnout, verdict }: Pick<ChamberResult, 'turnout' | 'verdict'>,
): Base[] {
  return saidBases(turnout, peopleClauses(rules, turnout, verdict));
}

/** Bases whose numbers stand in the sentence before the first share. */
function saidBases({ entitledPresent }: Turnout, people: readonly Clause[]): Base[] {
  const there = people.find((clause) => clause.code === 'attendance');
  if (there?.code !== 'attendance') return ['entitled', 'cast'];
  return ['entitled', 'cast', 'due', ...(there.present === entitledPresent ? (['present'] as const) : [])];
}

/** Outcomes that no clause before has told, options with the same one together. */
function outcomeClauses(
  { ask, rules }: Pick<PollDraft, 'ask' | 'rules'>,
  verdict: ChamberResult['verdict'],
  told: readonly Clause[],
): Clause[] {
  if (verdict === null) return [];
  const { tie, profile } = rules;
  if (verdict.quorum.some(({ isMet }) => !isMet))
    return [{ code: 'outcome', outcome: profile === 'internal' ? 'no_quorum' : 'further', ids: [], tie }];
  if (ask.kind === 'election' || told.some(({ code }) => code === 'item')) return [];
  const groups = new Map<Outcome, string[]>();
  for (const { itemId, outcome } of verdict.judgements)
    if (outcome !== null)
      groups.set(outcome, [...(groups.get(outcome) ?? []), ...(itemId === null ? [] : [itemId])]);
  return [...groups].map(([outcome, ids]) => ({ code: 'outcome', outcome, ids, tie }));
}
