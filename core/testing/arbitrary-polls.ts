import fc from 'fast-check';
import type { Ask } from '../domain/polls/ask.ts';
import { judgedBy, PollDraft } from '../domain/polls/draft.ts';
import { OfferedDraft } from '../domain/polls/offered.ts';
import { BASES, isDetached, type PollRules, type Threshold, WEIGHT_UNIT } from '../domain/polls/rules.ts';
import { ONE_MARK } from '../domain/polls/marks.ts';
import type { Role } from '../domain/people.ts';
import { anyAsk, type PollWay } from './arbitrary-asks.ts';
import { participantId, pollId } from './builders.ts';

/** Everybody whom a generated poll weighs: papers are given to the first of them. */
export const MOST_VOTERS = 24;

const fraction = fc.constantFrom(
  { part: 1, whole: 2 },
  { part: 1, whole: 2 },
  { part: 2, whole: 3 },
  { part: 2, whole: 3 },
  { part: 3, whole: 4 },
  { part: 375, whole: 1000 },
  { part: 0, whole: 1 },
  { part: 1, whole: 1 },
);

const quota = fc.option(
  fc.record({ relation: fc.constantFrom('more' as const, 'at_least' as const), of: fraction }),
  { freq: 2 },
);

function thresholds(ask: Ask, isWeighed: boolean): fc.Arbitrary<Threshold[]> {
  const on = judgedBy(ask.kind);
  const isOfOptions = on.includes('chosen');
  const bases = BASES.filter((base) => base !== 'disabled').filter(
    (base) =>
      !(isOfOptions && base.startsWith('yes_no')) &&
      !(isWeighed && ['due', 'entitled', 'present'].includes(base)),
  );
  if (on.length === 0 || (ask.kind === 'satisfaction' && ask.scale === 'hundred')) return fc.constant([]);
  const one = fc.record({
    // What comes first is what a proposal needs.
    on: fc.oneof(fc.constantFrom(...on.slice(0, 1)), fc.constantFrom(...on)),
    relation: fc.constantFrom('more' as const, 'at_least' as const, 'more' as const, 'at_most' as const),
    of: fraction,
    base: fc.constantFrom(...bases),
  });
  return fc.array(one, { maxLength: 3 });
}

const VOTERS: readonly Role[] = ['member', 'resident', 'department', 'stakeholder', 'expert'];

const people = fc
  .record({
    roles: fc.uniqueArray(fc.constantFrom(...VOTERS), { minLength: 1, maxLength: 4 }),
    first: fc.integer({ min: 1, max: 4 }),
    voices: fc.tuple(
      fc.constant('decides' as const),
      fc.constantFrom('decides' as const, 'advises' as const),
    ),
  })
  .map(({ roles, first, voices }): Pick<PollRules, 'eligible' | 'chambers'> => {
    const parts = [roles.slice(0, first), roles.slice(first)].filter((part) => part.length > 0);
    return {
      eligible: { roles, affiliations: [], people: null, presence: 'any', withoutGuests: false },
      chambers: parts.map((part, n) => ({ id: `c${n}`, roles: part, voice: voices[n] ?? 'decides' })),
    };
  });

const openness = fc.constantFrom<Pick<PollRules, 'secrecy' | 'shown'>>(
  { secrecy: 'open', shown: 'live' },
  { secrecy: 'named', shown: 'after_close' },
  { secrecy: 'host', shown: 'after_publish' },
  { secrecy: 'secret', shown: 'after_close' },
  { secrecy: 'verifiable', shown: 'after_publish' },
);

/** Even, so that draws are frequent, and uneven ones. */
const weight = fc.constantFrom(WEIGHT_UNIT, WEIGHT_UNIT, 2 * WEIGHT_UNIT, WEIGHT_UNIT / 2, 1_333_333);
const weights = fc
  .array(weight, { minLength: 1, maxLength: 4 })
  .map((some) => Array.from({ length: MOST_VOTERS }, (_, n) => some[n % some.length] ?? WEIGHT_UNIT));
const WEIGHED = ['yes_no', 'yes_no_abstain', 'conditional', 'single', 'multiple', 'each'];

function rules(ask: Ask): fc.Arbitrary<PollRules> {
  const parts = fc.record({
    profile: fc.constantFrom('consultation' as const, 'internal' as const),
    attendance: quota,
    participation: ask.kind === 'acclamation' ? fc.constant(null) : quota,
    thresholds: fc.tuple(thresholds(ask, false), thresholds(ask, true)),
    tie: fc.constantFrom('fails' as const, 'host' as const, 'again' as const),
    allowsBlank: fc.boolean(),
    reason:
      ask.kind !== 'counted' && ONE_MARK.some((kind) => kind === ask.kind)
        ? fc.constantFrom('none' as const, 'optional' as const, 'required' as const)
        : fc.constant('none' as const),
    weights: WEIGHED.includes(ask.kind) ? fc.option(weights, { freq: 2 }) : fc.constant(null),
    people,
    openness,
  });
  return parts.map(
    ({ attendance, participation, thresholds, people, openness, reason, weights, ...rest }) => {
      const isApart = isDetached(openness.secrecy);
      const isWeighed = !isApart && weights !== null;
      return {
        ...rest,
        eligible: people.eligible,
        // Papers without names are counted together.
        chambers: isApart
          ? [{ id: 'all', roles: [...people.eligible.roles], voice: 'decides' }]
          : people.chambers,
        ...openness,
        quorum: { attendance, participation },
        reason: isApart ? 'none' : reason,
        weights: isWeighed
          ? Object.fromEntries(weights.map((weight, n) => [participantId(n), weight]))
          : null,
        thresholds: thresholds[isWeighed ? 1 : 0],
        base: 'cast',
        smallestCell: 5,
        time: { seconds: null, endsAt: null, closesWhenAllVoted: false, extensionSeconds: null },
        tellers: ask.kind === 'counted' ? [participantId(90), participantId(91)] : [],
        proxies: [],
      };
    },
  );
}

/** Any poll of a way of asking that can be drafted: what PollDraft refuses is left out. */
export function anyDraft(way: PollWay): fc.Arbitrary<PollDraft> {
  return anyAsk(way)
    .chain((ask) => rules(ask).map((rules) => ({ ask, rules })))
    .map(({ ask, rules }) =>
      PollDraft.safeParse({ id: pollId(0), question: '是否同意？', ask, rules, about: null }),
    )
    .filter((parsed) => parsed.success)
    .map((parsed) => parsed.data);
}

/** Any of them that could be drafted today. */
export function anyOffered(way: PollWay): fc.Arbitrary<PollDraft> {
  return anyDraft(way).filter((draft) => OfferedDraft.safeParse(draft).success);
}
