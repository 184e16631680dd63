import { expect, it } from 'vitest';
import {
  ADMIN,
  as,
  participant,
  participantId,
  personId,
  plan,
  seated,
  table,
  view,
} from '../../testing/builders.ts';
import { remindersOf } from './reminding.ts';

const UNTIL = '2026-03-09T08:00:00.000Z';
const DAY_BEFORE = '2026-03-08T08:00:00.000Z';
const MEMBER = 1;

it('reminds whoever has not posted of the last day of collecting, and nobody who has, may not, or is away [I5]', () => {
  const t = seated({ open: false });
  t.must(as(0), { type: 'collectViews', until: UNTIL });
  const of = (n: number, at = DAY_BEFORE) => remindersOf(t.room(), participantId(n), at);
  expect(of(MEMBER, '2026-03-08T07:59:59.999Z')).toEqual([]);
  expect(of(MEMBER)).toEqual(['post']);
  expect(of(MEMBER, UNTIL)).toEqual([]);
  // The chair, an observer and the recorder post no views.
  for (const n of [0, 4, 5, 99]) expect(of(n)).toEqual([]);
  t.must(as(MEMBER), { type: 'postView', view: view(1) });
  t.must(as(2), { type: 'stateLeave', participantId: participantId(2) });
  t.must(as(0), { type: 'ruleModeration', rules: { hold: ['resident'], hideAt: 3 } });
  t.must(as(3), { type: 'postView', view: view(2) });
  expect([1, 2, 3].flatMap((n) => of(n))).toEqual([]);
  // Nobody is reminded of what they may not do.
  expect(of(6)).toEqual(['post']);
  t.must(as(5), { type: 'muteSpeaker', participantId: participantId(6), why: '请先冷静' });
  expect(of(6)).toEqual([]);
  t.must(as(5), { type: 'unmuteSpeaker', participantId: participantId(6) });
  t.must(as(0), { type: 'silenceAll' });
  expect(of(6)).toEqual([]);
  t.must(as(0), { type: 'endCollecting' });
  expect(of(6)).toEqual([]);
});

it('reminds whoever was asked and has not answered of the last day before the meeting [I5]', () => {
  const t = table();
  t.must(ADMIN, { type: 'planSession', plan: { ...plan(), startsAt: UNTIL } });
  for (const [n, role] of (['convener', 'member'] as const).entries())
    t.must(ADMIN, { type: 'addParticipant', participant: participant(n, role), personId: personId(n) });
  const of = (n: number, at = DAY_BEFORE) => remindersOf(t.room(), participantId(n), at);
  expect(of(0)).toEqual([]);
  expect(of(MEMBER)).toEqual(['answer']);
  expect(of(MEMBER, UNTIL)).toEqual([]);
  t.must(as(MEMBER), { type: 'acceptInvitation', participantId: participantId(MEMBER) });
  expect(of(MEMBER)).toEqual([]);
});
