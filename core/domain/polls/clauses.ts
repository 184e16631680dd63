import type { Aspect } from './ask.ts';
import type { PollDraft } from './draft.ts';
import type { Mark } from './marks.ts';
import { WEIGHT_UNIT, type Base, type Fraction, type PollRules, type Relation } from './rules.ts';
import { fractionShown } from './shares.ts';
import type { Turnout } from './turnout.ts';
import type { Outcome, Weights } from './verdict.ts';

/** What a number was compared with, and whether it is met: ≥2/3 ✓. */
export type Check = { readonly relation: Relation; readonly of: string; readonly isMet: boolean };

/** A share as it is told: 占实到 19 的 68.4%（>1/2 ✓）. */
export type ShareSaid = {
  /** Null: of nothing. */
  readonly percent: string | null;
  readonly base: Exclude<Base, 'disabled'>;
  /** What it is a share of; null where the sentence has already said that number by that name. */
  readonly whole: string | null;
  readonly check: Check | null;
};

/** Votes for something, with every share of theirs that the rules ask for. */
export type Votes = { readonly votes: string; readonly shares: readonly ShareSaid[] };

/** By what an option leads: votes, mean score, points, points of ranks, votes for it, hours, the last round of a run-off. */
export type LeadsBy = 'papers' | 'mean' | 'points' | 'ranks' | 'for' | 'slots' | 'runoff';

/**
 * A part of the sentence that tells a result: what is said, by a code, and its numbers, ready to be shown. Words are the
 * reader's; options are told by their ids. The sentence is the same on every screen and in every document.
 */
export type Clause =
  /** 应到 24，实到 19 */
  | {
      readonly code: 'attendance';
      readonly due: number;
      readonly present: number;
      readonly check: Check | null;
    }
  /** 应投 24 人，已投 19 人，投票率 79.2% */
  | {
      readonly code: 'turnout';
      readonly entitled: number;
      readonly cast: number;
      readonly percent: string | null;
      readonly check: Check | null;
    }
  /** 空白 1 · 废票 1 · 未按 2: never 弃权, and told where there are any [B22]. */
  | { readonly code: 'blank' | 'invalid' | 'silent'; readonly papers: number }
  /** 无人提出异议, or how many did: whoever applauds casts no paper. */
  | { readonly code: 'objections'; readonly papers: number }
  /** Nobody voted; or so few that the counts would tell who chose what. */
  | { readonly code: 'nobody' | 'withheld' }
  /** Tellers did not get to a count [B49]. */
  | { readonly code: 'uncounted' }
  /** It was made void: what follows does not count [B42]. */
  | { readonly code: 'void' }
  /** 赞成 13，占实到 68.4% */
  | ({ readonly code: 'mark'; readonly mark: Mark } & Votes)
  /** The same of one option, candidate, statement …, and what came of it. */
  | ({
      readonly code: 'item';
      readonly id: string;
      readonly on: Mark | 'chosen';
      readonly outcome: Outcome | null;
    } & Votes)
  /** 以上都不 3, where a paper could say so: it is no option, and never leads. */
  | { readonly code: 'none'; readonly votes: string }
  /** Whatever stands first; several: they draw. */
  | ({ readonly code: 'leads'; readonly by: LeadsBy; readonly ids: readonly string[] } & Votes)
  /** 办理结果：满意和基本满意 12，占 80%; 不了解 is not in the base. */
  | {
      readonly code: 'satisfied';
      readonly aspect: Aspect;
      readonly votes: string;
      readonly percent: string | null;
    }
  | { readonly code: 'mean'; readonly aspect: Aspect; readonly mean: number; readonly papers: number }
  | { readonly code: 'target'; readonly joined: number; readonly target: number; readonly isMet: boolean }
  /** How many paragraphs nobody wants otherwise, somebody wants changed, somebody is against. */
  | { readonly code: 'lights'; readonly agreed: number; readonly amended: number; readonly opposed: number }
  | { readonly code: 'rounds'; readonly rounds: number }
  | { readonly code: 'quota'; readonly quota: number; readonly stages: number }
  /** Who has the seats, most votes first; nobody where it is empty. */
  | { readonly code: 'elected'; readonly ids: readonly string[]; readonly seats: number }
  /** Whom a chamber that only advises would have in them: it seats nobody. */
  | { readonly code: 'favoured'; readonly ids: readonly string[]; readonly seats: number }
  /** Who draws for the last of them, so that none has it. */
  | { readonly code: 'drawn'; readonly ids: readonly string[] }
  | { readonly code: 'answers'; readonly papers: number; readonly different: number }
  /** What came of it; of the question where no option is named. */
  | {
      readonly code: 'outcome';
      readonly outcome: Outcome;
      readonly ids: readonly string[];
      readonly tie: PollRules['tie'];
    };

/** How the votes of a poll are told: what one weighs, and which bases the sentence has already named. */
export type Telling = {
  readonly poll: Pick<PollDraft, 'ask' | 'rules'>;
  readonly turnout: Turnout;
  /** Null where votes weigh the same. */
  readonly weights: Weights | null;
  readonly unit: number;
  readonly said: readonly Base[];
};

/** What one vote weighs in the counts of a poll: 1, or a million where votes weigh differently. */
export function unitOf({ weights }: Pick<PollRules, 'weights'>): number {
  return weights === null ? 1 : WEIGHT_UNIT;
}

export function checkOf(found: { relation: Relation; of: Fraction; isMet: boolean }): Check {
  return { relation: found.relation, of: fractionShown(found.of), isMet: found.isMet };
}
