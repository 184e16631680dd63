import fc from 'fast-check';
import type { Command } from '../domain/room/commands.ts';
import { plan } from './builders.ts';

const why = fc.constant('理由');
const until = fc.constantFrom('2026-03-01T08:00:00.000Z', '2026-03-09T08:00:00.000Z');

/** What brings a session on its way. */
export const planning: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom<Command>({ type: 'submitPlan' }, { type: 'approvePlan' }, { type: 'endCollecting' }),
  fc.constant<Command>({ type: 'endOverdueCollecting' }),
  fc.constantFrom<Command>({ type: 'openSession', why: '测试' }, { type: 'openSession' }),
  fc.constantFrom<Command>({ type: 'pauseSession' }, { type: 'resumeSession' }, { type: 'enterRoom' }),
  why.map((words): Command => ({ type: 'returnPlan', why: words })),
  until.map((at): Command => ({ type: 'collectViews', until: at })),
  until.map((at): Command => ({
    type: 'extendCollecting',
    until: `${at.slice(0, 9)}9T09:00:00.000Z`,
    why: '理由',
  })),
  until.map((at): Command => ({ type: 'adjournSession', until: at })),
  fc.boolean().map((isNamed): Command => {
    return { type: 'revisePlan', plan: isNamed ? { ...plan(), stakeholders: ['家长'] } : plan() };
  }),
);

/** What ends it, one way or another. */
export const ending: fc.Arbitrary<Command> = fc.oneof(
  why.map((words): Command => ({ type: 'cancelSession', why: words })),
  why.map((words): Command => ({ type: 'abortSession', why: words })),
  why.map((words): Command => ({ type: 'adoptOutcome', why: words })),
  fc.constant<Command>({ type: 'endMeeting' }),
  fc.constant<Command>({ type: 'endMeeting' }),
  fc.constant<Command>({ type: 'closeSession' }),
);
