import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLL_WAYS } from '../../testing/arbitrary-asks.ts';
import { anythingSent, spoilt } from '../../testing/arbitrary-malformed.ts';
import { anyPaper } from '../../testing/arbitrary-papers.ts';
import { anyDraft } from '../../testing/arbitrary-polls.ts';
import { isPaper } from '../../testing/recount/papers.ts';
import { freshSeed } from '../../testing/seed.ts';
import type { PollDraft } from './draft.ts';
import { judgePaper } from './judging.ts';
import { Paper } from './paper.ts';

const seed = freshSeed();
const numRuns = 500;

/** The canonical paper, or null where the schema or the poll refuses it. */
function taken(draft: PollDraft, json: unknown): Paper | null {
  const parsed = Paper.safeParse(json);
  if (!parsed.success) return null;
  const judged = judgePaper(draft, parsed.data);
  return judged.ok ? judged.value : null;
}

describe(`a paper [B8] [seed ${seed}]`, () => {
  it.each(POLL_WAYS)('of %s is taken by the engine and by the second counter, or by neither', (way) => {
    const sent = anyDraft(way).chain((draft) =>
      fc.oneof(anyPaper(draft), anythingSent(draft)).map((json) => ({ draft, json })),
    );
    fc.assert(
      fc.property(sent, ({ draft, json }) => {
        const paper = taken(draft, json);
        expect(paper !== null).toBe(isPaper(draft, json));
        if (paper === null) return;
        // What was taken is its own canonical form, also as JSON.
        expect(taken(draft, JSON.parse(JSON.stringify(paper)))).toEqual(paper);
        expect(isPaper(draft, paper)).toBe(true);
      }),
      { seed, numRuns },
    );
  });

  it.each(POLL_WAYS)('of %s with anything in it that no paper has is refused', (way) => {
    const sent = anyDraft(way).chain((draft) =>
      anyPaper(draft)
        .chain((paper) => spoilt(Object(paper)))
        .map((json) => ({ draft, json })),
    );
    fc.assert(
      fc.property(sent, ({ draft, json }) => {
        expect(taken(draft, json)).toBeNull();
        expect(isPaper(draft, json)).toBe(false);
      }),
      { seed, numRuns: 100 },
    );
  });
});
