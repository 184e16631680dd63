import { canonical } from '../../../core/domain/canonical.ts';
import type { Ask } from '../../../core/domain/polls/ask.ts';
import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import { WEIGHT_UNIT, type PollRules } from '../../../core/domain/polls/rules.ts';
import { toField } from '../../lib/date-field.ts';
import { askOf, EMPTY_FORM, type PollForm } from './poll-form.ts';
import { rulesOf, USUAL_RULES, type RulesForm, type ShareForm } from './rules-form.ts';

/** A draft as the form shows it. What the form has no field for is kept by keptOf. */
export function formOf({ question, ask, rules, about }: PollDraft): PollForm {
  return { ...EMPTY_FORM, ...askedOf(ask), question, about, kind: ask.kind, rules: rulesFormOf(rules) };
}

function askedOf(ask: Ask): Partial<PollForm> {
  switch (ask.kind) {
    case 'each':
      return {
        options: textsOf(ask.options),
        mustAll: ask.least === ask.options.length,
        eachLeast: ask.least,
        eachMost: ask.most === ask.options.length ? Number.NaN : ask.most,
      };
    case 'ranking':
      return { options: textsOf(ask.options), least: ask.least, rankingBy: ask.by };
    case 'election':
      return { options: textsOf(ask.options), seats: ask.seats, others: textsOf(ask.others).join('\n') };
    default: {
      if (!('options' in ask)) return ask;
      const { options, ...settings } = ask;
      return { ...settings, options: textsOf(options) };
    }
  }
}

function textsOf(options: readonly { readonly text: string }[]): string[] {
  return options.map(({ text }) => text);
}

function rulesFormOf(rules: PollRules): RulesForm {
  const [threshold, ...more] = rules.thresholds;
  const deciding = rules.chambers.filter(({ voice }) => voice === 'decides').flatMap(({ roles }) => roles);
  return {
    ...USUAL_RULES,
    profile: rules.profile,
    secrecy: rules.secrecy,
    shown: rules.shown,
    roles: rules.eligible.roles,
    people: rules.eligible.people,
    presence: rules.eligible.presence,
    withoutGuests: rules.eligible.withoutGuests,
    affiliations: rules.eligible.affiliations.join('\n'),
    isGrouped: rules.chambers.length > 1,
    deciding: rules.chambers.length > 1 ? deciding : USUAL_RULES.deciding,
    attendance: shareOf(rules.quorum.attendance),
    participation: shareOf(rules.quorum.participation),
    threshold: shareOf(threshold ?? null),
    on: threshold?.on ?? null,
    base: threshold?.base ?? rules.base,
    more: more.map(({ of, ...rest }) => ({ ...rest, ...of })),
    tie: rules.tie,
    seconds: rules.time.seconds === null ? '' : String(rules.time.seconds),
    endsAt: rules.time.endsAt === null ? '' : toField(rules.time.endsAt),
    extension: rules.time.extensionSeconds === null ? '' : String(rules.time.extensionSeconds),
    closesWhenAllVoted: rules.time.closesWhenAllVoted,
    isByTellers: rules.tellers.length > 0,
    tellers: [rules.tellers[0] ?? '', rules.tellers[1] ?? ''],
    allowsBlank: rules.allowsBlank,
    weights:
      rules.weights === null
        ? null
        : Object.entries(rules.weights).map(([id, weight]) => ({ id, weight: String(weight / WEIGHT_UNIT) })),
    reason: rules.reason,
  };
}

function shareOf(
  asked: { readonly relation: string; readonly of: PollRules['thresholds'][number]['of'] } | null,
): ShareForm {
  const usual = USUAL_RULES.threshold;
  if (asked === null) return usual;
  const { relation, of } = asked;
  if (relation === 'more' && of.part * 2 === of.whole) return { ...usual, share: 'half' };
  if (relation === 'at_least' && of.part * 3 === of.whole * 2) return { ...usual, share: 'two_thirds' };
  return { share: 'own', part: of.part, whole: of.whole };
}

/**
 * What a changed form makes of a draft: whatever was not touched stays as it was, also what the form has no field for, or
 * shows more coarsely than it is.
 */
export function keptOf(
  draft: PollDraft,
  form: PollForm,
): Pick<PollDraft, 'about' | 'rerunOf'> & {
  readonly ask: unknown;
  readonly rules: unknown;
} {
  const shown = formOf(draft);
  const isSame = (one: unknown, other: unknown) => canonical(one) === canonical(other);
  const [askShown, ask] = [askOf(shown), askOf(form)];
  const { rerunOf } = draft;
  return {
    ask: isSame(askShown, ask) ? draft.ask : ask,
    rules: untouched(draft.rules, rulesOf(shown.rules, shown.kind), rulesOf(form.rules, form.kind)),
    about: form.about,
    ...(rerunOf === undefined ? {} : { rerunOf }),
  };

  function untouched(before: object, was: unknown, now: unknown): object {
    const [old, fresh] = [was, now].map((one) => new Map(Object.entries(one as object)));
    const changed = [...(fresh ?? [])].map(([name, value]): [string, unknown] => {
      const [mine, seen] = [new Map(Object.entries(before)).get(name), old?.get(name)];
      if (isSame(seen, value)) return [name, mine];
      // Parts of a rule that were not touched stay as well: an end at an instant beside one in seconds.
      return isParted(mine) && isParted(seen) && isParted(value)
        ? [name, untouched(mine, seen, value)]
        : [name, value];
    });
    return { ...before, ...Object.fromEntries(changed) };
  }
}

function isParted(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
