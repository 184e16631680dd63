import type { Filled, Question } from './paper.ts';

/** What every form of a paper gets: a kind of question, what is filled in, and where it is said what is wrong. */
export interface FieldsProps<A = Question['ask']> {
  readonly ask: A;
  readonly filled: Filled;
  readonly onFilled: (filled: Filled) => void;
  /** Id of the line that says why the paper cannot be cast yet. */
  readonly errorId: string;
}
