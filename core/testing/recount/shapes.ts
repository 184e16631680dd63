/*
 * What the second counter reads and gives: plain JSON as it stands in an exported poll. Written by docs/polls.md alone,
 * without anything of the engine that it checks.
 */

export type Listed = { readonly id: string; readonly text: string };

/** What a poll asks, with the settings of its kind; those of other kinds are not there. */
export type Asked = {
  readonly kind: string;
  readonly options?: readonly Listed[];
  readonly others?: readonly Listed[];
  readonly aspects?: readonly string[];
  readonly scale?: string;
  readonly allowsNone?: boolean;
  readonly asksImportant?: boolean;
  readonly least?: number;
  readonly most?: number;
  readonly lowest?: number;
  readonly highest?: number;
  readonly budget?: number;
  readonly cap?: number;
  readonly by?: string;
  readonly seats?: number;
  readonly length?: number;
  readonly target?: number;
};

export type Part = { readonly part: number; readonly whole: number };
export type Bound = { readonly relation: string; readonly of: Part };
export type Limit = Bound & { readonly on: string; readonly base: string };

/** The rules that a count or a verdict depends on. */
export type Ruled = {
  readonly profile: string;
  readonly quorum: { readonly attendance: Bound | null; readonly participation: Bound | null };
  readonly thresholds: readonly Limit[];
  readonly tie: string;
  readonly allowsBlank: boolean;
  readonly reason: string;
  /** Null where everybody weighs the same. */
  readonly weights: unknown;
};

export type Question = { readonly ask: Asked; readonly rules: Ruled };

/** A paper in the box, as JSON, and what it weighs: 1, or millionths where votes weigh differently. */
export type Cast = { readonly paper: unknown; readonly weight: number };

export type People = {
  readonly due: number;
  readonly presentAtOpening: number;
  readonly presentAtStop: number;
  readonly entitled: number;
  readonly entitledPresent: number;
  readonly cast: number;
  readonly valid: number;
};

/** A count as it stands in a result. Its fields depend on `of`. */
export type Counted = { readonly of: string; readonly [field: string]: unknown };

export type QuorumReached = Bound & {
  readonly what: string;
  readonly part: number;
  readonly whole: number;
  readonly isMet: boolean;
};
export type LimitReached = Limit & {
  readonly part: number;
  readonly whole: number;
  readonly isMet: boolean;
};
export type Judged = {
  readonly itemId: string | null;
  readonly thresholds: readonly LimitReached[];
  readonly outcome: string | null;
};
export type Verdict = {
  readonly quorum: readonly QuorumReached[];
  readonly judgements: readonly Judged[];
  readonly leaders: readonly string[];
  readonly elected: readonly string[] | null;
  readonly drawn: readonly string[];
  readonly isTargetReached: boolean | null;
};

/** A count with all that judging it takes. */
export type Tallied = {
  readonly question: Question;
  readonly people: People;
  readonly count: Counted;
  /** The same count with every vote alike. */
  readonly heads: Counted;
  /** What papers received, and those that say something, weigh together; null where votes weigh the same. */
  readonly weighed: { readonly cast: number; readonly valid: number } | null;
};

/** The ids that a paper of this poll deals with one by one. */
export function idsOf(ask: Asked): readonly string[] {
  return ask.aspects ?? (ask.options ?? []).map(({ id }) => id);
}

export function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The value of a field that is the object's own; nothing else is a field of it. */
export function fieldOf(json: unknown, name: string): unknown {
  return isObject(json) && Object.hasOwn(json, name) ? json[name] : undefined;
}
