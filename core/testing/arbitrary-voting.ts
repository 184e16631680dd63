import fc from 'fast-check';
import type { Command } from '../domain/room/commands.ts';
import type { Who } from '../domain/room/guards.ts';
import { polling } from './arbitrary-said.ts';
import { as, view, viewId } from './builders.ts';

type Step = { readonly who: Who; readonly command: Command };

// Whoever votes in the polls of these scripts: a member, a resident, a stakeholder.
const voter = fc.constantFrom(1, 3, 6);
const few = fc.nat({ max: 1 });

/** A poll is run by the chair and voted in by those whom it asks; whoever else tries is rare. */
const voting: fc.Arbitrary<Step> = fc
  .record({ asked: polling, n: voter, isOwn: fc.nat({ max: 9 }) })
  .map(({ asked, n, isOwn }): Step => ({
    who: isOwn === 0 ? as(n) : asked.type === 'castBallot' ? as(n) : as(0),
    command: asked,
  }));

const FIRST_VIEWS = [0, 1].map((n): Step => ({ who: as(1), command: { type: 'postView', view: view(n) } }));

/** Scripts of polls from their preparing to their publishing, and of views that are endorsed and not. */
export const arbitraryVotingScript = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: voting },
      {
        weight: 2,
        arbitrary: fc
          .record({ n: few, type: fc.constantFrom('endorseView' as const, 'unendorseView' as const) })
          .map(({ n, type }): Step => ({ who: as(3), command: { type, viewId: viewId(n) } })),
      },
    ),
    { minLength: 20, maxLength: 60 },
  )
  .map((steps) => [...FIRST_VIEWS, ...steps]);
