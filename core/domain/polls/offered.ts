import { judgedBy, PollDraft, unofferedFaults, type DraftFault } from './draft.ts';
import type { Mark } from './marks.ts';
import { Relation, type Base, type Fraction, type PollRules } from './rules.ts';
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
