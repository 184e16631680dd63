import fc from 'fast-check';
import type { Command } from '../domain/room/commands.ts';
import type { Who } from '../domain/room/guards.ts';
import { as, view } from './builders.ts';

type Step = { readonly who: Who; readonly command: Command };

// What a preview calls the text, and another one.
const aText = fc.constantFrom('0'.repeat(64), '0'.repeat(64), '1'.repeat(64));

/** What comes between a meeting and its record. */
export const concluding: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom<Command>(
    { type: 'settleText', why: '理由' },
    { type: 'settleText', waiver: '理由' },
    { type: 'settleText' },
    { type: 'reopenText', why: '理由' },
    { type: 'adoptOutcome' },
    { type: 'endMeeting', waiver: '理由' },
  ),
  {
    weight: 3,
    arbitrary: fc
      .record({ sha256: aText, reservation: fc.constantFrom(undefined, '第二条有保留') })
      .map(({ sha256, reservation }): Command => ({
        type: 'signOutcome',
        sha256,
        ...(reservation === undefined ? {} : { reservation }),
      })),
  },
);

/** Who comes to the meeting: the chair, a member, a department, a resident, and who keeps the record. */
const PRESENT = [0, 1, 2, 3, 5] as const;

const anything = fc
  .record({ n: fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 5), command: concluding })
  .map(({ n, command }): Step => ({ who: as(n), command }));

const rarer = fc.constantFrom<Step>(
  { who: as(0), command: { type: 'endMeeting' } },
  { who: as(0), command: { type: 'adoptOutcome', why: '逾期未反馈' } },
  { who: as(0), command: { type: 'closeSession' } },
  { who: as(1), command: { type: 'postView', view: view(1) } },
  { who: as(4), command: { type: 'enterRoom' } },
);

/** Scripts in which a meeting is ended, and its text confirmed, taken back, confirmed again, adopted. */
export const arbitraryConcludingScript = fc
  .array(fc.oneof({ weight: 12, arbitrary: anything }, { weight: 1, arbitrary: rarer }), {
    minLength: 20,
    maxLength: 60,
  })
  .map((steps): readonly Step[] => [
    ...PRESENT.map((n): Step => ({ who: as(n), command: { type: 'enterRoom' } })),
    { who: as(0), command: { type: 'endMeeting' } },
    { who: as(5), command: { type: 'settleText', why: '理由' } },
    ...steps,
  ]);
