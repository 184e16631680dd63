import { createContext, useContext } from 'react';
import type { Archive } from '../../../core/contract/archives.ts';
import type { Cited } from '../../../core/domain/citation.ts';
import { placesOf } from '../../../core/domain/cited-places.ts';
import { readCitations, type Reading, type Sentence } from '../../../core/domain/citing.ts';
import { standingOf, type Standing } from '../../../core/domain/room/cited.ts';
import { anchorOf, citationAnchor, materialAnchor, pollAnchor } from '../../lib/record-anchors.ts';

/** A text and the room it was written in, as both were sealed, or as they were at a moment of the replay. */
type Grounds = Pick<Archive, 'room' | 'outcome'> & {
  /** Address of the page that has what is cited; left out where it is this one. */
  readonly recordAt?: string;
};

const Evidence = createContext<Grounds | null>(null);
export const EvidenceProvider = Evidence.Provider;

/** What the text in hand rests on; null where nothing says. */
export function useEvidence(): { readonly grounds: Grounds; readonly reading: Reading } | null {
  const grounds = useContext(Evidence);
  return grounds === null ? null : { grounds, reading: readCitations(grounds.outcome) };
}

/** The sentences that rest on something, each with the anchor of the citation that leads there [O7]. */
export function useAdopted(
  cited: Cited,
): readonly { readonly sentence: Sentence; readonly anchor: string }[] {
  const evidence = useEvidence();
  if (evidence === null) return [];
  return placesOf(evidence.reading, cited).map((sentence) => {
    const first = sentence.citations.find(
      ({ citation }) => citation.kind === cited.kind && citation.id === cited.id,
    );
    return { sentence, anchor: citationAnchor(first?.number ?? 0) };
  });
}

/** Where in the record it stands, and how a citation of it stands [O8]. */
export function anchorOfCited(
  { room }: Pick<Grounds, 'room'>,
  cited: Cited,
): { anchor: string | null; standing: Standing } {
  const standing = standingOf(room, cited);
  const { held } = standing;
  switch (held?.kind) {
    case 'view':
    case 'reply':
      return { anchor: anchorOf(held.it.seq), standing };
    case 'poll':
      return { anchor: pollAnchor(held.it.draft.id), standing };
    case 'question':
      return { anchor: held.view === undefined ? null : anchorOf(held.view.seq), standing };
    case 'material':
      return { anchor: materialAnchor(held.it.id), standing };
    case undefined:
      return { anchor: null, standing };
  }
}
