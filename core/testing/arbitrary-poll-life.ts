import fc from 'fast-check';
import type { Command } from '../domain/room/commands.ts';
import { ADMIN, as, choose, participantId, poll, pollId } from './builders.ts';

/** A poll that ends by itself after two hours, and can be put off. */
export const ENDING = {
  seconds: 7_200,
  endsAt: null,
  closesWhenAllVoted: false,
  extensionSeconds: 60,
} as const;

const few = fc.nat({ max: 1 });
const about = (type: 'dropPoll' | 'extendPoll' | 'declineVoid' | 'confirmVoid' | 'readChoices') =>
  few.map((n): Command => ({ type, pollId: pollId(n) }));

/** What becomes of polls beside being prepared, opened and counted; two of them, so that it meets one. */
const pollLife: fc.Arbitrary<Command> = fc.oneof(
  fc
    .record({
      n: few,
      secrecy: fc.constantFrom(...(['open', 'named', 'host', 'secret'] as const)),
      waits: fc.boolean(),
    })
    .map(({ n, secrecy, waits }): Command => ({
      type: 'revisePoll',
      poll: poll(n, { secrecy, shown: waits ? 'after_publish' : 'after_close', time: ENDING }),
    })),
  about('dropPoll'),
  about('extendPoll'),
  about('readChoices'),
  few.map((n): Command => ({ type: 'proposeVoid', pollId: pollId(n), why: '名单有误' })),
  about('declineVoid'),
  { weight: 2, arbitrary: about('confirmVoid') },
  // Another id, so that what is void can be held again.
  few.map((n): Command => ({
    type: 'preparePoll',
    poll: {
      ...poll(n, { secrecy: 'secret', shown: 'after_publish', time: ENDING }),
      id: pollId(n + 2),
      rerunOf: pollId(n),
    },
  })),
);

const held: fc.Arbitrary<Command> = fc.oneof(
  few.map((n): Command => ({ type: 'preparePoll', poll: poll(n, { time: ENDING, shown: 'after_publish' }) })),
  { weight: 2, arbitrary: few.map((n): Command => ({ type: 'openPoll', pollId: pollId(n) })) },
  { weight: 2, arbitrary: few.map((n): Command => ({ type: 'closePoll', pollId: pollId(n) })) },
  few.map((n): Command => ({ type: 'publishPoll', pollId: pollId(n) })),
  few.map((n): Command => ({ type: 'castBallot', pollId: pollId(n), paper: choose('y') })),
);

const HANDS = poll(5, {
  ask: { kind: 'counted' },
  tellers: [participantId(1), participantId(3)],
  tie: 'host',
  thresholds: [{ on: 'yes', relation: 'more', of: { part: 1, whole: 2 }, base: 'cast' }],
});
const DAYS = poll(6, { time: { ...ENDING, seconds: null, endsAt: '2026-03-09T08:00:00.000Z' } });
const early: fc.Arbitrary<Command> = fc.constantFrom<Command>(
  { type: 'closePoll', pollId: DAYS.id },
  { type: 'closePoll', pollId: DAYS.id, why: '都表态了' },
  { type: 'castBallot', pollId: DAYS.id, paper: choose('y') },
);
const counting: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom<Command>(
    { type: 'preparePoll', poll: HANDS },
    { type: 'openPoll', pollId: HANDS.id },
    { type: 'closePoll', pollId: HANDS.id },
    { type: 'settleTie', pollId: HANDS.id, chamberId: 'all', itemId: null, isFor: true, why: '从众' },
  ),
  {
    weight: 3,
    arbitrary: fc.constantFrom(1, 1, 1, 3).map((yes): Command => ({
      type: 'enterTotals',
      pollId: HANDS.id,
      totals: { issued: 2, yes, no: 1, abstain: 0, blank: 0, invalid: 0 },
    })),
  },
);

/** Whoever holds the chair looks at its choices. */
const FOR_CHAIR = poll(4, { secrecy: 'host' });

/** Hands are raised from the beginning, so that two tellers get to an end; and one over days is open. */
const RAISED = [
  { who: as(0), command: { type: 'preparePoll', poll: DAYS } as const },
  { who: as(0), command: { type: 'openPoll', pollId: DAYS.id } as const },
  { who: as(0), command: { type: 'preparePoll', poll: HANDS } as const },
  { who: as(0), command: { type: 'openPoll', pollId: HANDS.id } as const },
  { who: as(0), command: { type: 'preparePoll', poll: FOR_CHAIR } as const },
  { who: as(0), command: { type: 'openPoll', pollId: FOR_CHAIR.id } as const },
  { who: as(1), command: { type: 'castBallot', pollId: FOR_CHAIR.id, paper: choose('y') } as const },
  { who: as(0), command: { type: 'closePoll', pollId: FOR_CHAIR.id } as const },
  { who: as(0), command: { type: 'readChoices', pollId: FOR_CHAIR.id } as const },
];

/** Polls that are changed, dropped, put off, made void and held again, by those who may and by others. */
export const arbitraryPollScript = fc
  .array(
    fc
      .record({
        command: fc.oneof(pollLife, held, counting, early),
        n: fc.nat({ max: 3 }),
        isOther: fc.boolean(),
      })
      .map(({ command, n, isOther }) => {
        if (command.type === 'enterTotals') return { who: as(isOther ? 1 : 3), command };
        if (command.type === 'castBallot') return { who: as([1, 3, 6, 0][n] ?? 1), command };
        const isSecond = command.type === 'confirmVoid' || command.type === 'declineVoid';
        return { who: isSecond && isOther ? ADMIN : as(n === 3 ? 1 : 0), command };
      }),
    { minLength: 30, maxLength: 80 },
  )
  .map((steps) => [...RAISED, ...steps]);
