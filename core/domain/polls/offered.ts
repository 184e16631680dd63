import { judgedBy, PollDraft, unofferedFaults, type DraftFault } from './draft.ts';
import type { Mark } from './marks.ts';
import { Relation, type Base, type Fraction, type PollRules, type Threshold } from './rules.ts';
import { canDraw, sideOf } from './standings.ts';

/**
 * A draft as a room can hold it today: what is only counted so far, and what older logs hold and says the contrary of what
 * it seems to, is refused with the field named [B9].
 */
export const OfferedDraft = PollDraft.superRefine((draft, context) => {
  for (const { path, why } of [...unofferedFaults(draft), ...senselessFaults(draft)])
    context.addIssue({ code: 'custom', path: [...path], message: why });
});

/**
 * How a threshold can stand to what it judges: what is for something must be reached, what is against it or takes no side
 * must not be passed; what is for it in part, either [B9].
 */
export function relationsOf(on: Mark | 'chosen'): readonly Relation[] {
  const side = sideOf(on);
  if (side === 'partly') return Relation.options;
  return side === 'for' ? ['more', 'at_least'] : ['at_most'];
}

/** What a threshold that must be reached can be set on; in the order of the paper. */
export function reachedBy(kind: PollDraft['ask']['kind']): readonly (Mark | 'chosen')[] {
  return judgedBy(kind).filter((on) => sideOf(on) !== 'other');
}

/** Faults that only a new draft can have: a log that holds them still folds. */
export function senselessFaults(draft: Pick<PollDraft, 'ask' | 'rules'>): readonly DraftFault[] {
  return [
    ...directionFaults(draft.rules),
    ...tieFaults(draft),
    ...presenceFaults(draft.rules),
    ...weightFaults(draft.rules),
    ...unmeetableFaults(draft.rules),
    ...nameFaults(draft),
    ...temperatureFaults(draft),
  ];
}

function directionFaults({ quorum, thresholds }: PollRules): DraftFault[] {
  const why = 'nothing to reach';
  const isNothing = (of: Fraction) => of.part === 0;
  const quotas = Object.entries(quorum).flatMap(([name, quota]): DraftFault[] =>
    quota !== null && isNothing(quota.of) ? [{ path: ['rules', 'quorum', name], why }] : [],
  );
  return [
    ...quotas,
    ...thresholds.flatMap(({ on, relation, of }, n): DraftFault[] => {
      const path = ['rules', 'thresholds', n];
      if (!relationsOf(on).includes(relation))
        return [{ path: [...path, 'relation'], why: 'points the other way' }];
      return relation !== 'at_most' && isNothing(of) ? [{ path: [...path, 'of'], why }] : [];
    }),
  ];
}

/** A draw is settled where it can be told from a loss: by the host, where something is judged. */
function tieFaults({ ask, rules }: Pick<PollDraft, 'ask' | 'rules'>): DraftFault[] {
  const fault = (why: string) => [{ path: ['rules', 'tie'], why }];
  if (rules.tie === 'fails') return [];
  if (rules.tie === 'again') return fault('not offered yet');
  return canDraw(ask.kind) && rules.thresholds.length > 0 ? [] : fault('nothing can draw');
}

/** Over days nobody sits together: who is present is neither asked of a voter nor a share of anything [B27]. */
function presenceFaults({ time, eligible, base, thresholds }: PollRules): DraftFault[] {
  if (time.endsAt === null) return [];
  const why = 'nobody sits together';
  const bases: readonly (readonly [Base, DraftFault['path']])[] = [
    [base, ['rules', 'base']],
    ...thresholds.map((one, n) => [one.base, ['rules', 'thresholds', n, 'base']] as const),
  ];
  return [
    ...(eligible.presence === 'any' ? [] : [{ path: ['rules', 'eligible', 'presence'], why }]),
    ...bases.flatMap(([of, path]) => (of === 'present' ? [{ path, why }] : [])),
  ];
}

/** A sum of weights beside the number of papers tells who chose what, where that is kept [B18]. */
function weightFaults({ secrecy, weights }: PollRules): DraftFault[] {
  return secrecy === 'host' && weights !== null
    ? [{ path: ['rules', 'weights'], why: 'a weight gives its voter away' }]
    : [];
}

/**
 * Bounds that no papers can keep together: a paper sets one mark of a thing, so that parts which different marks must reach are
 * not more than the whole, whatever they are parts of; and a part that a mark must reach is none that it must not pass.
 */
function unmeetableFaults({ thresholds }: PollRules): DraftFault[] {
  return thresholds.flatMap((one, n) =>
    thresholds.slice(0, n).some((other) => excludes(one, other))
      ? [{ path: ['rules', 'thresholds', n, 'of'], why: 'not to be met with another' }]
      : [],
  );
}

function excludes(one: Threshold, other: Threshold): boolean {
  const isBound = ({ relation }: Threshold) => relation === 'at_most';
  if (isBound(one) && isBound(other)) return false;
  if (one.on === other.on) {
    // What may not point that way is refused for that.
    if (sideOf(one.on) !== 'partly' || isBound(one) === isBound(other) || one.base !== other.base)
      return false;
    const [least, most] = isBound(one) ? [other, one] : [one, other];
    const over = least.of.part * most.of.whole - most.of.part * least.of.whole;
    return over > 0 || (over === 0 && least.relation === 'more');
  }
  if (isBound(one) || isBound(other)) return false;
  const whole = one.of.whole * other.of.whole;
  const sum = one.of.part * other.of.whole + other.of.part * one.of.whole;
  return sum > whole || (sum === whole && (one.relation === 'more' || other.relation === 'more'));
}

/**
 * Whoever is written in has votes for them and never one against: they pass every bound on those, and are all of the votes that
 * are told of them. Where others can be named, what seats somebody is a part of people or papers, and of votes for them [B24].
 */
function nameFaults({ ask, rules: { thresholds } }: Pick<PollDraft, 'ask' | 'rules'>): DraftFault[] {
  if (ask.kind !== 'election' || ask.others.length === 0 || thresholds.length === 0) return [];
  const why = 'one name written in would do';
  const isOfMarks = ({ base }: Threshold) => base === 'yes_no' || base === 'yes_no_abstain';
  return [
    ...thresholds.flatMap((one, n) =>
      isOfMarks(one) ? [{ path: ['rules', 'thresholds', n, 'base'], why }] : [],
    ),
    ...(thresholds.some(({ on }) => on === 'yes') ? [] : [{ path: ['rules', 'thresholds'], why }]),
  ];
}

/** What never has a verdict lacks nothing that a quorum could ask for. */
function temperatureFaults({ ask, rules: { quorum } }: Pick<PollDraft, 'ask' | 'rules'>): DraftFault[] {
  if (ask.kind !== 'temperature') return [];
  return Object.entries(quorum).flatMap(([name, quota]): DraftFault[] =>
    quota === null ? [] : [{ path: ['rules', 'quorum', name], why: 'there is no verdict' }],
  );
}
