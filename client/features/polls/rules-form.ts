import type { PollKind } from '../../../core/domain/polls/ask.ts';
import { judgedBy, WEIGHED } from '../../../core/domain/polls/draft.ts';
import { reachedBy, relationsOf } from '../../../core/domain/polls/offered.ts';
import { canDraw } from '../../../core/domain/polls/standings.ts';
import {
  isDetached,
  WEIGHT_UNIT,
  type Base,
  type Chamber,
  type Fraction,
  type PollRules,
  type Quota,
  type Threshold,
} from '../../../core/domain/polls/rules.ts';
import { ONE_CHAMBER, usualRules } from '../../../core/domain/polls/usual-rules.ts';
import type { Role } from '../../../core/domain/people.ts';
import { fromField } from '../../lib/date-field.ts';
import { isOneMark } from './paper.ts';

/** How much must be reached: nothing is asked for, more than half, two thirds or more, or a part of one's own. */
export const SHARES = ['none', 'half', 'two_thirds', 'own'] as const;
export type Share = (typeof SHARES)[number];

/** A share with what is written for a part of one's own. */
export type ShareForm = { readonly share: Share; readonly part: number; readonly whole: number };

/** One more threshold, with every part of it written out. on: null for the first that the kind can be judged by. */
export type MoreForm = {
  readonly on: Threshold['on'] | null;
  readonly relation: Threshold['relation'];
  readonly part: number;
  readonly whole: number;
  readonly base: Threshold['base'];
};

/** What somebody's vote weighs, as written: 2, 0.5. */
export type WeightForm = { readonly id: string; readonly weight: string };

/** Thresholds beside the first. */
export const MORE_AT_MOST = 4;

/** What is often asked beside the first threshold: few against. */
export const FEW_AGAINST: MoreForm = { on: null, relation: 'at_most', part: 1, whole: 10, base: 'cast' };

/** What the chair fills in of the rules. */
export type RulesForm = {
  readonly profile: PollRules['profile'];
  readonly secrecy: PollRules['secrecy'];
  readonly shown: PollRules['shown'];
  readonly roles: readonly Role[];
  /** Who votes, by name; null: whoever else is meant. */
  readonly people: readonly string[] | null;
  readonly presence: PollRules['eligible']['presence'];
  readonly withoutGuests: boolean;
  /** 界别 and units, one a line; '' for any. */
  readonly affiliations: string;
  /** Whether papers are counted by groups, of which these roles decide and the others advise. */
  readonly isGrouped: boolean;
  readonly deciding: readonly Role[];
  readonly attendance: ShareForm;
  readonly participation: ShareForm;
  readonly threshold: ShareForm;
  /** The mark that must reach it; null: the first of the kind. */
  readonly on: Threshold['on'] | null;
  readonly base: Base;
  /** What else must be met, each by itself. */
  readonly more: readonly MoreForm[];
  readonly tie: PollRules['tie'];
  /** Seconds, as written; '' where the host closes. */
  readonly seconds: string;
  /** By how many seconds the end may be put off once, as written; '' where it is not. */
  readonly extension: string;
  /** When a poll over days ends, as a field for date and time has it; '' where it is one of the meeting. */
  readonly endsAt: string;
  readonly closesWhenAllVoted: boolean;
  /** Whether two tellers count an election, and nobody casts a paper on a device. */
  readonly isByTellers: boolean;
  /** Who counts hands or papers; '' where nobody is named yet. */
  readonly tellers: readonly [string, string];
  readonly allowsBlank: boolean;
  /** Whose votes weigh something else than 1, and what, as written; null: all weigh the same. */
  readonly weights: readonly WeightForm[] | null;
  readonly reason: PollRules['reason'];
};

/** The sides of a consultation vote; departments answer, they do not vote on what they must carry out. */
const SIDES: readonly Role[] = ['member', 'resident', 'stakeholder'];
const USUAL = usualRules(SIDES);
const NO_SHARE: ShareForm = { share: 'none', part: 3, whole: 4 };

export const USUAL_RULES: RulesForm = {
  profile: USUAL.profile,
  secrecy: USUAL.secrecy,
  shown: USUAL.shown,
  roles: SIDES,
  people: null,
  presence: USUAL.eligible.presence,
  withoutGuests: USUAL.eligible.withoutGuests,
  affiliations: '',
  isGrouped: false,
  deciding: ['member'],
  attendance: NO_SHARE,
  participation: NO_SHARE,
  threshold: NO_SHARE,
  on: null,
  base: USUAL.base,
  more: [],
  tie: USUAL.tie,
  seconds: '',
  extension: '',
  endsAt: '',
  closesWhenAllVoted: USUAL.time.closesWhenAllVoted,
  isByTellers: false,
  tellers: ['', ''],
  allowsBlank: USUAL.allowsBlank,
  weights: null,
  reason: USUAL.reason,
};

/** The rules as the domain knows them; not yet judged. A base that counts nothing can be no threshold's. */
export function rulesOf(form: RulesForm, kind: PollKind): unknown {
  const usual = usualRules(form.roles);
  const { eligible, time } = usual;
  const { presence, withoutGuests } = form;
  return {
    ...usual,
    profile: form.profile,
    secrecy: form.secrecy,
    shown: form.shown,
    eligible: {
      ...eligible,
      presence,
      withoutGuests,
      affiliations: linesOf(form.affiliations),
      people: form.people,
    },
    chambers: chambersOf(form),
    // Over days nobody sits together who could be counted.
    quorum: {
      attendance: isOverDays(form) || kind === 'temperature' ? null : quotaOf(form.attendance),
      // Whoever applauds casts no paper, and a temperature is never judged.
      participation: kind === 'acclamation' || kind === 'temperature' ? null : quotaOf(form.participation),
    },
    thresholds: thresholdsOf(form, kind),
    base: baseOf(form, kind),
    tie: mayDraw(form, kind) ? form.tie : 'fails',
    time: {
      ...time,
      seconds: isOverDays(form) ? null : secondsOf(form.seconds),
      endsAt: fromField(form.endsAt),
      // Nothing is put off that has no end; the field is not there then.
      extensionSeconds: form.seconds.trim() === '' && !isOverDays(form) ? null : secondsOf(form.extension),
      closesWhenAllVoted: form.closesWhenAllVoted,
    },
    allowsBlank: form.allowsBlank,
    weights: mayWeigh(form, kind) ? weightsOf(form) : null,
    // Papers of other kinds have no room for a reason.
    reason: isOneMark(kind) ? form.reason : 'none',
    ...(isHeldByHand(form, kind) ? byTellers(form, usual) : {}),
  };
}

/** When the result of a poll of this secrecy can be read: 实名公开 at once, any other behind the close [B11]. */
export function shownOf(secrecy: PollRules['secrecy']): readonly Exclude<PollRules['shown'], 'after_own'>[] {
  return secrecy === 'open' ? ['live'] : ['after_close', 'after_publish'];
}

/** The form with another secrecy, and the first time to read its result at that it has, where it has not the one chosen. */
export function withSecrecy(
  { shown }: Pick<RulesForm, 'shown'>,
  secrecy: PollRules['secrecy'],
): Pick<RulesForm, 'secrecy' | 'shown'> {
  const offered: readonly PollRules['shown'][] = shownOf(secrecy);
  return { secrecy, shown: offered.includes(shown) ? shown : (offered[0] ?? shown) };
}

/** Whether votes of a kind can weigh differently: where counts are sums, and what one chose is told by name [B17] [B18]. */
export function mayWeigh({ secrecy }: Pick<RulesForm, 'secrecy'>, kind: PollKind): boolean {
  return WEIGHED.includes(kind) && secrecy !== 'host' && !isDetached(secrecy);
}

function weightsOf({ weights }: RulesForm): Record<string, number> | null {
  if (weights === null) return null;
  return Object.fromEntries(weights.map(({ id, weight }) => [id, Math.round(Number(weight) * WEIGHT_UNIT)]));
}

/** Lines that say something, each once. */
function linesOf(written: string): string[] {
  const lines = written.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** Whether an end is written at which one votes before, between and behind the sittings. */
export function isOverDays({ endsAt }: Pick<RulesForm, 'endsAt'>): boolean {
  return fromField(endsAt) !== null;
}

/** Whether hands or papers are counted: always by the kind, or as an election chose. */
export function isHeldByHand({ isByTellers }: Pick<RulesForm, 'isByTellers'>, kind: PollKind): boolean {
  return kind === 'counted' || (kind === 'election' && isByTellers);
}

/** Hands are counted together, before everybody, as long as it takes [B45]. */
function byTellers(
  { tellers }: RulesForm,
  { secrecy, shown, chambers, time }: PollRules,
): Partial<PollRules> {
  // Whoever is missing is no teller, and found to be: an election without any would be one on devices.
  const named = [...tellers] as PollRules['tellers'];
  return { secrecy, shown, chambers, time, allowsBlank: true, reason: 'none', tellers: named };
}

function secondsOf(written: string): number | null {
  return written.trim() === '' ? null : Number(written);
}

function chambersOf({ roles, isGrouped, deciding }: RulesForm): Chamber[] {
  if (!isGrouped) return [{ id: ONE_CHAMBER, roles: [...roles], voice: 'decides' }];
  const chambers: Chamber[] = [
    { id: 'deciding', roles: roles.filter((role) => deciding.includes(role)), voice: 'decides' },
    { id: 'advising', roles: roles.filter((role) => !deciding.includes(role)), voice: 'advises' },
  ];
  return chambers.filter((chamber) => chamber.roles.length > 0);
}

type Asked = { readonly relation: 'more' | 'at_least'; readonly of: Fraction };

function asked({ share, part, whole }: ShareForm): Asked | null {
  switch (share) {
    case 'none':
      return null;
    case 'half':
      return { relation: 'more', of: { part: 1, whole: 2 } };
    case 'two_thirds':
      return { relation: 'at_least', of: { part: 2, whole: 3 } };
    case 'own':
      return { relation: 'at_least', of: { part, whole } };
  }
}

function quotaOf(form: ShareForm): Quota | null {
  return asked(form);
}

function thresholdsOf(form: RulesForm, kind: PollKind): readonly unknown[] {
  const share = asked(form.threshold);
  const on = firstOn(form, kind);
  // A kind that nothing can be judged of shows no field for it, and none is sent.
  if (share === null || on === null) return [];
  const more = form.more.map((one) => moreOf(one, kind));
  return [
    { on, ...share, base: baseOf(form, kind) },
    ...more.map(({ part, whole, ...rest }) => ({ ...rest, of: { part, whole } })),
  ];
}

/** What must reach the first threshold; null where the kind is not judged. */
export function firstOn({ on }: Pick<RulesForm, 'on'>, kind: PollKind): Threshold['on'] | null {
  const allowed = reachedBy(kind);
  return allowed.find((mark) => mark === on) ?? allowed[0] ?? null;
}

/** One more threshold as a kind has it: also behind a change of the kind, what is shown is what is sent. */
export function moreOf(one: MoreForm, kind: PollKind): MoreForm {
  const allowed = judgedBy(kind);
  const on = allowed.find((mark) => mark === one.on) ?? allowed[0] ?? null;
  const relations = on === null ? [] : relationsOf(on);
  const relation = relations.find((each) => each === one.relation) ?? relations[0] ?? one.relation;
  return { ...one, on, relation };
}

/** Whether a draw can be settled: where something is judged, of a kind in which it means something. */
export function mayDraw({ threshold }: Pick<RulesForm, 'threshold'>, kind: PollKind): boolean {
  return canDraw(kind) && threshold.share !== 'none';
}

function baseOf({ base }: RulesForm, kind: PollKind): Base {
  return basesOf(kind, [base])[0] ?? 'cast';
}

/** Of what a share of a kind can be: bases of marks only where there are marks for and against. */
export function basesOf(kind: PollKind, all: readonly Base[]): readonly Base[] {
  const [first] = judgedBy(kind);
  const isOfMarks = first !== undefined && first !== 'chosen';
  return isOfMarks ? all : all.filter((base) => base !== 'yes_no' && base !== 'yes_no_abstain');
}
