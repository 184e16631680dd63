import type { Mark } from '../../../core/domain/polls/marks.ts';
import type { Segment } from './reading.ts';

const TONES: Readonly<Record<Mark, Segment['tone']>> = {
  yes: 'for',
  agree: 'for',
  promising: 'for',
  satisfied: 'for',
  conditional: 'middle',
  amend: 'middle',
  mostly: 'middle',
  maybe: 'middle',
  unsure: 'middle',
  no: 'against',
  disagree: 'against',
  block: 'against',
  worried: 'against',
  dissatisfied: 'against',
  abstain: 'neutral',
  skip: 'neutral',
  unknown: 'neutral',
};

/** The colour of a mark in a bar; its number stands beside. */
export function toneOf(mark: Mark): Segment['tone'] {
  return TONES[mark];
}
