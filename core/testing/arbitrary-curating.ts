import fc from 'fast-check';
import type { Command } from '../domain/room/commands.ts';
import type { Who } from '../domain/room/guards.ts';
import { SCREEN_SCENES } from '../domain/screen.ts';
import { as, view, viewId } from './builders.ts';

// Few views, so that what is done to them meets.
const few = fc.nat({ max: 3 });

const merging = fc
  .record({ lead: few, others: fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 }) })
  .map(({ lead, others }) => ({ lead: viewId(lead), others: others.map(viewId) }));

/** Merging views and splitting them again, sensibly or not. */
export const merges: fc.Arbitrary<Command> = fc.oneof(
  merging.map((one): Command => ({ type: 'mergeViews', merging: one })),
  merging.map((one): Command => ({ type: 'splitViews', merging: one })),
);

/** Bringing out what was said: key points, the view before everybody, merging, and the big screen. */
export const curating: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: few.map((n): Command => ({ type: 'markView', viewId: viewId(n) })) },
  { weight: 2, arbitrary: few.map((n): Command => ({ type: 'unmarkView', viewId: viewId(n) })) },
  { weight: 2, arbitrary: few.map((n): Command => ({ type: 'spotlightView', viewId: viewId(n) })) },
  { weight: 1, arbitrary: fc.constant<Command>({ type: 'endSpotlight' }) },
  { weight: 5, arbitrary: merges },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...SCREEN_SCENES).map((scene): Command => ({ type: 'showScene', scene })),
  },
);

type Step = { readonly who: Who; readonly command: Command };

const FIRST_VIEWS = [0, 1, 2, 3, 4, 5].map((n): Step => ({
  who: as(1),
  command: { type: 'postView', view: view(n) },
}));

/** Scripts in which what was said is brought out, mostly by those who may, while it is endorsed and taken back. */
export const arbitraryCuratingScript = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: curating.map((command): Step => ({ who: as(0), command })) },
      { weight: 1, arbitrary: curating.map((command): Step => ({ who: as(3), command })) },
      {
        weight: 2,
        arbitrary: few.map((n): Step => ({
          who: as(3),
          command: { type: 'endorseView', viewId: viewId(n) },
        })),
      },
      {
        weight: 1,
        arbitrary: few.map((n): Step => ({
          who: as(1),
          command: { type: 'withdrawView', viewId: viewId(n) },
        })),
      },
    ),
    { minLength: 20, maxLength: 60 },
  )
  .map((steps) => [...FIRST_VIEWS, ...steps]);
