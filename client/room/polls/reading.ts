import type { PollDraft } from '../../../core/domain/polls/draft.ts';
import type { ChamberResult } from '../../../core/domain/polls/result.ts';

// What a count looks like, as bars for the eye and as tables with the same numbers, in the reader's words.

/** A part of a bar, between 0 and 1 of its width. */
export type Segment = { readonly share: number; readonly tone: 'for' | 'middle' | 'against' | 'neutral' };

export type Bar = {
  readonly id: string;
  readonly title: string;
  /** What stands beside it: 13 票 · 68.4%, with its base where bars have different ones. */
  readonly number: string;
  /** Papers or votes, as counted. */
  readonly count: number;
  readonly segments: readonly Segment[];
  readonly leads: boolean;
};

export type Row = {
  readonly id: string;
  readonly title: string;
  readonly cells: readonly string[];
  /** The sum of the rows above. */
  readonly isSum?: boolean;
};

export type NumberTable = {
  readonly id: string;
  readonly caption: string;
  /** What the rows are. */
  readonly corner: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What a reader needs to know to add up. */
  readonly note: string | null;
};

export type Reading = {
  readonly bars: readonly Bar[];
  /** Of what all the shares beside the bars are, where they agree: then it is said once, above them. */
  readonly of?: string;
  readonly tables: readonly NumberTable[];
};

/** What is read: the poll, and what one chamber said with a count that may be told. */
export type Read = {
  readonly draft: Pick<PollDraft, 'ask' | 'rules'>;
  readonly chamber: Pick<ChamberResult, 'turnout' | 'unweighed' | 'weighs' | 'verdict'>;
};

export const NOTHING = '—';
