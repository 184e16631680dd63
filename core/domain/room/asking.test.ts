import { describe, expect, it } from 'vitest';
import { SEAT_DEPARTMENTS } from '../../testing/arbitrary-questions.ts';
import { as, itemId, participantId, questionId, seated, uuid, view, viewId } from '../../testing/builders.ts';
import { ReplyId, TaskId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { Promised } from '../questions.ts';
import { departmentsOf, isWaiting, questionsOf, unassigned, waitingFor } from './questions.ts';

const [CITY, TRAFFIC, ALSO_TRAFFIC, URBAN] = [2, 7, 8, 9];

/** A running session with three departments, one of them with two people. */
function asked() {
  const t = seated({ open: true });
  for (const { who, command } of SEAT_DEPARTMENTS) t.must(who, command);
  t.must(as(3), { type: 'postView', view: view(1, { stance: 'question' }) });
  const put = (n: number, to: number, of = 1) =>
    t.ask(as(0), {
      type: 'putQuestion',
      question: { id: questionId(n), viewId: viewId(of), to: participantId(to) },
    });
  const pass = (who: number, to: number | null) =>
    t.ask(as(who), {
      type: 'passQuestion',
      questionId: questionId(1),
      to: to === null ? null : participantId(to),
      toName: to === null ? '省公路局' : '',
      why: '不属本单位职责',
    });
  const take = (who: number, dueDays = 15) =>
    t.ask(as(who), { type: 'takeQuestion', questionId: questionId(1), dueDays, note: '带回研究' });
  const move = (to: number) =>
    t.ask(as(0), { type: 'moveQuestion', questionId: questionId(1), to: participantId(to) });
  const reply = (who: number, n = 1) =>
    t.ask(as(who), {
      type: 'postReply',
      reply: {
        id: ReplyId.parse(uuid('repl', n)),
        toViews: [viewId(1)],
        commitment: 'cannot_do',
        text: '现行规划不允许',
      },
    });
  const first = () => questionsOf(t.room())[0];
  return { ...t, put, pass, take, move, reply, first };
}

const refusal = (reason: string) => ({ ok: false, error: { reason } });

describe('putting a view to a department', () => {
  it('goes on in a break, where departments confer: put, moved, passed, taken away or back; answered when it goes on [D3] [D5] [S6]', () => {
    for (const rest of [
      { type: 'pauseSession' } as const,
      { type: 'adjournSession', until: '2026-03-03T06:00:00.000Z' } as const,
    ]) {
      const t = asked();
      t.must(as(0), rest);
      // An author puts questions with a view, and in a break nothing is said.
      expect(
        t.ask(as(3), {
          type: 'postView',
          view: view(2, { stance: 'question' }),
          questions: [{ id: questionId(2), to: participantId(URBAN) }],
        }),
      ).toMatchObject(refusal('SESSION_NOT_OPEN'));
      expect(t.put(1, URBAN).ok).toBe(true);
      expect(t.move(TRAFFIC).ok).toBe(true);
      expect(t.reply(TRAFFIC)).toMatchObject(refusal('SESSION_NOT_OPEN'));
      // Put to the wrong one: it does not stand before a department until the break is over.
      const withdraw = (who: number, n: number) =>
        t.ask(as(who), { type: 'withdrawQuestion', questionId: questionId(n) });
      expect(withdraw(3, 1)).toMatchObject(refusal('QUESTION_NOT_YOURS'));
      expect(withdraw(0, 1).ok).toBe(true);
      expect(t.put(3, TRAFFIC).ok).toBe(true);
      t.must(as(0), { type: 'resumeSession' });
      expect(t.reply(TRAFFIC).ok).toBe(true);
      expect(questionsOf(t.room()).map(({ state }) => state.phase)).toEqual(['withdrawn', 'answered']);
    }
  });

  it('leaves the author the right to take it back in a break [D3]', () => {
    const t = asked();
    t.must(as(3), {
      type: 'postView',
      view: view(2, { stance: 'question' }),
      questions: [{ id: questionId(2), to: participantId(URBAN) }],
    });
    t.must(as(0), { type: 'pauseSession' });
    expect(t.ask(as(3), { type: 'withdrawQuestion', questionId: questionId(2) }).ok).toBe(true);
  });

  it('is for whoever runs the session, about any view, and names a department in the room [D3]', () => {
    const t = asked();
    expect(t.put(1, 1)).toMatchObject(refusal('DEPARTMENT_UNKNOWN'));
    expect(t.put(1, TRAFFIC, 7)).toMatchObject(refusal('VIEW_UNKNOWN'));
    expect(
      t.ask(as(3), {
        type: 'putQuestion',
        question: { id: questionId(1), viewId: viewId(1), to: participantId(TRAFFIC) },
      }),
    ).toMatchObject(refusal('ROLE_MAY_NOT'));
    expect(t.put(1, TRAFFIC).ok).toBe(true);
    expect(t.put(2, URBAN).ok).toBe(true);
    // The same department, by another of its people.
    expect(t.put(3, ALSO_TRAFFIC)).toMatchObject(refusal('QUESTION_ALREADY_PUT'));
    expect(departmentsOf(t.room()).map(({ seats }) => seats.length)).toEqual([1, 2, 1]);
    for (const n of [TRAFFIC, ALSO_TRAFFIC])
      expect(waitingFor(t.room(), as(n)).map(({ id }) => id)).toEqual([questionId(1)]);
    expect(waitingFor(t.room(), as(3))).toEqual([]);
  });

  it('is for an author with a view that asks, a few at a time [D3]', () => {
    const t = asked();
    const post = (n: number, stance: 'info' | 'question', to: readonly number[]) =>
      t.ask(as(3), {
        type: 'postView',
        view: view(n, { stance }),
        questions: to.map((seat, index) => ({
          id: questionId(10 * n + index),
          to: participantId(seat),
        })),
      });
    expect(post(2, 'info', [TRAFFIC])).toMatchObject(refusal('QUESTION_STANCE'));
    expect(post(2, 'question', [TRAFFIC, ALSO_TRAFFIC])).toMatchObject(refusal('QUESTION_ALREADY_PUT'));
    // Refused as a whole: the view with it.
    expect(t.room().views).toHaveLength(1);
    expect(post(2, 'question', [TRAFFIC, URBAN]).ok).toBe(true);
    expect(post(3, 'question', [TRAFFIC, URBAN, CITY]).ok).toBe(true);
    expect(post(4, 'question', [TRAFFIC])).toMatchObject(refusal('QUESTIONS_WAITING'));
    expect(t.ask(as(3), { type: 'withdrawQuestion', questionId: questionId(20) }).ok).toBe(true);
    expect(post(4, 'question', [TRAFFIC]).ok).toBe(true);
  });

  it('is taken back by whoever put it; what the chair put by whoever runs the session now [D3]', () => {
    const t = asked();
    t.must(as(1), {
      type: 'postView',
      view: view(2, { stance: 'question' }),
      questions: [{ id: questionId(2), to: participantId(URBAN) }],
    });
    t.put(1, TRAFFIC);
    const withdraw = (who: number, n: number) =>
      t.ask(as(who), { type: 'withdrawQuestion', questionId: questionId(n) });
    expect(withdraw(0, 2)).toMatchObject(refusal('QUESTION_NOT_YOURS'));
    expect(withdraw(1, 1)).toMatchObject(refusal('QUESTION_NOT_YOURS'));
    expect(withdraw(1, 2).ok).toBe(true);
    t.must(as(0), { type: 'nameHost', participantId: participantId(1) });
    expect(withdraw(1, 1).ok).toBe(true);
    expect(withdraw(1, 1)).toMatchObject(refusal('QUESTION_SETTLED'));
  });
});

describe('what a department does with a question', () => {
  it('answers it by its reply, whoever of it writes, and with reasons when it cannot be done [D4] [D2]', () => {
    const t = asked();
    t.put(1, TRAFFIC);
    t.put(2, URBAN);
    expect(t.reply(CITY, 1).ok).toBe(true);
    expect(questionsOf(t.room()).every(isWaiting)).toBe(true);
    expect(t.reply(ALSO_TRAFFIC, 2).ok).toBe(true);
    expect(questionsOf(t.room()).map(({ state }) => state.phase)).toEqual(['answered', 'open']);
    expect(t.take(TRAFFIC)).toMatchObject(refusal('QUESTION_SETTLED'));
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(1) });
    t.must(as(0), { type: 'setPosting', itemId: itemId(1), posting: 'closed' });
    expect(t.reply(CITY, 3)).toMatchObject({ ok: false });
    expect(t.reply(URBAN, 3).ok).toBe(true);
  });

  it('takes it away with a date within the limit, also in a pause [D5]', () => {
    const t = asked();
    t.put(1, TRAFFIC);
    expect(Promised.safeParse({ dueDays: LIMITS.dueDays, note: '书面答复' }).success).toBe(true);
    expect(Promised.safeParse({ dueDays: LIMITS.dueDays + 1, note: '书面答复' }).success).toBe(false);
    expect(Promised.safeParse({ dueDays: 0, note: '书面答复' }).success).toBe(false);
    expect(Promised.safeParse({ dueDays: 7, note: ' ' }).success).toBe(false);
    expect(t.take(URBAN)).toMatchObject(refusal('QUESTION_NOT_YOURS'));
    expect(t.take(1)).toMatchObject(refusal('ROLE_MAY_NOT'));
    t.must(as(0), { type: 'pauseSession' });
    expect(t.take(ALSO_TRAFFIC).ok).toBe(true);
    expect(t.first()?.state).toMatchObject({ phase: 'taken', dueDays: 15, by: participantId(ALSO_TRAFFIC) });
  });

  it('passes it on a few times and never back; a name in words leaves it to the chair [D6]', () => {
    const t = asked();
    t.put(1, TRAFFIC);
    expect(t.pass(URBAN, CITY)).toMatchObject(refusal('QUESTION_NOT_YOURS'));
    expect(t.pass(TRAFFIC, ALSO_TRAFFIC)).toMatchObject(refusal('QUESTION_ALREADY_PUT'));
    expect(t.pass(TRAFFIC, URBAN).ok).toBe(true);
    expect(t.pass(URBAN, TRAFFIC)).toMatchObject(refusal('QUESTION_PASSED_ON'));
    expect(t.pass(URBAN, null).ok).toBe(true);
    expect(unassigned(t.room())).toHaveLength(1);
    expect(t.take(URBAN)).toMatchObject(refusal('QUESTION_NOT_YOURS'));
    // Whoever runs the session says whose it is: also somebody who had it.
    expect(t.move(TRAFFIC).ok).toBe(true);
    expect(t.first()?.hands.map(({ how }) => how)).toEqual(['put', 'passed', 'passed', 'moved']);
    expect(unassigned(t.room())).toEqual([]);
  });

  it('is spared a question whose view is taken back [D3]', () => {
    const t = asked();
    t.put(1, TRAFFIC);
    t.must(as(3), { type: 'withdrawView', viewId: viewId(1) });
    expect(t.first()?.state.phase).toBe('withdrawn');
    expect(t.put(2, URBAN)).toMatchObject(refusal('VIEW_WITHDRAWN'));
  });

  it('leaves it to the chair when the department is gone [D6]', () => {
    const t = asked();
    t.put(1, TRAFFIC);
    t.must(as(0), { type: 'removeParticipant', participantId: participantId(TRAFFIC), why: '离场' });
    expect(unassigned(t.room())).toEqual([]);
    t.must(as(0), { type: 'removeParticipant', participantId: participantId(ALSO_TRAFFIC), why: '离场' });
    expect(unassigned(t.room())).toHaveLength(1);
    expect(t.move(URBAN).ok).toBe(true);
  });

  it('becomes a task once, with the view behind it [D7]', () => {
    const t = asked();
    t.put(1, TRAFFIC);
    const record = (n: number) =>
      t.ask(as(5), {
        type: 'recordTask',
        task: {
          id: TaskId.parse(uuid('task', n)),
          department: '县交警大队',
          cooperating: [],
          dueDays: 15,
          task: '带回研究',
          acceptance: '书面答复',
          questionId: questionId(1),
        },
      });
    expect(record(1)).toMatchObject(refusal('QUESTION_NOT_TAKEN'));
    t.take(TRAFFIC);
    expect(record(1).ok).toBe(true);
    expect(record(2)).toMatchObject(refusal('ID_TAKEN'));
    expect(t.room().tasks[0]?.questionId).toBe(questionId(1));
  });
});

describe('closing over questions', () => {
  it('needs each of them settled, or a reason of the chair, which is kept [D8]', () => {
    const t = asked();
    t.put(1, TRAFFIC);
    t.put(2, URBAN);
    expect(t.ask(as(0), { type: 'closeSession' })).toMatchObject({
      error: { reason: 'QUESTIONS_OPEN', facts: { count: 2 } },
    });
    t.take(TRAFFIC);
    t.must(as(0), { type: 'closeSession', waiver: '城管局的同志提前离会' });
    expect(t.room()).toMatchObject({
      state: 'archived',
      waiver: { why: '城管局的同志提前离会', by: participantId(0) },
    });
    expect(questionsOf(t.room()).map(({ state }) => state.phase)).toEqual(['taken', 'open']);
  });

  it('says nothing of a reason that was not needed, and nothing of questions where there were none [D8] [L5]', () => {
    const t = asked();
    t.must(as(0), { type: 'closeSession', waiver: '多余的理由' });
    expect(t.room()).not.toHaveProperty('waiver');
    expect(t.room()).not.toHaveProperty('questions');
    expect(t.log.some(({ event }) => event.type === 'questions:waived')).toBe(false);
  });
});
