import { z } from 'zod';
import { Instant, LocalId, ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { Role } from '../people.ts';
import { line } from '../text.ts';
import { Mark } from './marks.ts';

/**
 * 实名公开 · 实名结果后公开 · 仅主持人可见 · 无记名 · 无记名可核验, from the most open to the strictest [B10]. In this order a poll
 * may only become stricter.
 */
export const SECRECIES = ['open', 'named', 'host', 'secret', 'verifiable'] as const;
export const Secrecy = z.enum(SECRECIES);
export type Secrecy = z.infer<typeof Secrecy>;

/** Whether papers of this secrecy are kept apart from who cast them, so that none can be changed or joined with a name. */
export function isDetached(secrecy: Secrecy): boolean {
  return secrecy === 'secret' || secrecy === 'verifiable';
}

/**
 * When a result can be read: at once, after one's own paper, after the close, once the host publishes it [B11]. Only later. The
 * second is no longer offered: who has voted and who has not read one log, and what is in it can be shown by either.
 */
export const SHOWN = ['live', 'after_own', 'after_close', 'after_publish'] as const;
export const Shown = z.enum(SHOWN);
export type Shown = z.infer<typeof Shown>;

/**
 * Whether a consultation speaks or a body settles its own affairs: only there is 通过/未通过 the right word; a consultation
 * has levels of agreement [B12].
 */
export const Profile = z.enum(['consultation', 'internal']);
export type Profile = z.infer<typeof Profile>;

/** 应到 · 应投 · 应投且在场 · 收回 · 有效 · 赞成+反对 · 赞成+反对+弃权 · 不计比例: what a share is a share of [B13]. */
export const BASES = [
  'due',
  'entitled',
  'present',
  'cast',
  'valid',
  'yes_no',
  'yes_no_abstain',
  'disabled',
] as const;
export const Base = z.enum(BASES);
export type Base = z.infer<typeof Base>;

/** Exact: part of whole, never a rounded decimal. 2/3 is { part: 2, whole: 3 }, 37.5 % is { part: 375, whole: 1000 }. */
export const Fraction = z
  .strictObject({ part: z.int().min(0).max(1_000_000), whole: z.int().min(1).max(1_000_000) })
  .refine(({ part, whole }) => part <= whole, { error: 'fraction' });
export type Fraction = z.infer<typeof Fraction>;

/** 超过 · 不少于 · 不超过. */
export const Relation = z.enum(['more', 'at_least', 'at_most']);
export type Relation = z.infer<typeof Relation>;

/** How many must be there or must take part before a result says anything: more than, or at least, a part. */
export const Quota = z.strictObject({ relation: z.enum(['more', 'at_least']), of: Fraction });
export type Quota = z.infer<typeof Quota>;

/** What a mark, or an option, must reach: relation to fraction of base, e.g. 赞成 > 1/2 of 应投且在场. */
export const Threshold = z.strictObject({
  /** The mark that is judged, of the question or of each item; chosen: the papers that name an option. */
  on: z.union([Mark, z.literal('chosen')]),
  relation: Relation,
  of: Fraction,
  base: Base.exclude(['disabled']),
});
export type Threshold = z.infer<typeof Threshold>;
/** Who may vote, as it is asked when the poll opens [B1] [B14]. Observers never do. */
export const Eligible = z.strictObject({
  roles: z.array(Role).min(1).max(10),
  /** 界别, 工作室 or unit as the seat names it; any where it is empty. */
  affiliations: z.array(line(LIMITS.affiliationLength)).max(50),
  /** These people alone; null: whoever else is meant. */
  people: z.array(ParticipantId).min(1).max(LIMITS.participantsPerSession).nullable(),
  /** Whether one must have come to the meeting, or must have been checked in. */
  presence: z.enum(['any', 'present', 'checked_in']),
  /** Without guests whom nobody vouches for. */
  withoutGuests: z.boolean(),
});
export type Eligible = z.infer<typeof Eligible>;

/** People whose papers are counted together, and apart from all others [B15]. */
export const Chamber = z.strictObject({
  id: LocalId,
  roles: z.array(Role).min(1).max(10),
  /** Whether its papers make the verdict, or are heard beside it. */
  voice: z.enum(['decides', 'advises']),
});
export type Chamber = z.infer<typeof Chamber>;

/** Until when one can vote [B16]: seconds from the opening, or an instant, or until the host closes. */
const Time = z.strictObject({
  seconds: z.int().min(10).max(7_200).nullable(),
  endsAt: Instant.nullable(),
  closesWhenAllVoted: z.boolean(),
  /** By how much the end may be put off, once; null: not at all. */
  extensionSeconds: z.int().min(10).max(604_800).nullable(),
});

/** What a vote weighs and who votes for whom; off in consultations [B17]. */
const Proxy = z.strictObject({ from: ParticipantId, to: ParticipantId });
export type Proxy = z.infer<typeof Proxy>;

/** A weight of 1 in its unit, the millionth. */
export const WEIGHT_UNIT = 1_000_000;

/** All rules of a poll. Frozen and hashed when it opens, printed with its result [B6]. */
export const PollRules = z.strictObject({
  profile: Profile,
  secrecy: Secrecy,
  shown: Shown,
  eligible: Eligible,
  /** Each role of eligible in one of them. */
  chambers: z.array(Chamber).min(1).max(4),
  quorum: z.strictObject({ attendance: Quota.nullable(), participation: Quota.nullable() }),
  /** All of them must be met. */
  thresholds: z.array(Threshold).max(5),
  /** Of what the shares are told that no threshold asks for. */
  base: Base,
  /** What a draw means: nothing is reached, the host says, or there is another round. */
  tie: z.enum(['fails', 'host', 'again']),
  /** Fewer voters than this in a group are not told apart in polls whose papers are not public [B18]. */
  smallestCell: z.int().min(3).max(20),
  allowsBlank: z.boolean(),
  reason: z.enum(['none', 'optional', 'required']),
  time: Time,
  /** 监票人: two, none of them a candidate; nobody where it is empty [B19]. */
  tellers: z.array(ParticipantId).max(2),
  proxies: z.array(Proxy).max(LIMITS.participantsPerSession),
  /** Millionths for each voter; null: everybody weighs the same. */
  weights: z
    .record(
      ParticipantId,
      z
        .int()
        .min(1)
        .max(1_000 * WEIGHT_UNIT),
    )
    .nullable(),
});
export type PollRules = z.infer<typeof PollRules>;
