import fc from 'fast-check';
import { ReplyId, TaskId } from '../domain/ids.ts';
import type { Command } from '../domain/room/commands.ts';
import type { Who } from '../domain/room/guards.ts';
import {
  ADMIN,
  as,
  participant,
  participantId,
  personId,
  questionId,
  uuid,
  view,
  viewId,
} from './builders.ts';

type Step = { readonly who: Who; readonly command: Command };

const small = fc.nat({ max: 5 });
/** The seats of DEPARTMENTS, and a member, who is none. */
const target = fc.constantFrom(2, 2, 7, 8, 9, 1);
const replies = fc.nat({ max: 200 });

/** What may be asked about questions to departments. */
export const asking: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ n: small, of: small, to: target }).map(({ n, of, to }): Command => ({
    type: 'putQuestion',
    question: { id: questionId(n), viewId: viewId(of), to: participantId(to) },
  })),
  fc.record({ n: fc.nat({ max: 30 }), q: fc.nat({ max: 11 }), to: target }).map(({ n, q, to }): Command => ({
    type: 'postView',
    view: view(n, { stance: 'question' }),
    questions: [{ id: questionId(q), to: participantId(to) }],
  })),
  small.map((n): Command => ({
    type: 'takeQuestion',
    questionId: questionId(n),
    dueDays: 15,
    note: '带回研究',
  })),
  fc.record({ n: small, to: fc.option(target) }).map(({ n, to }): Command => ({
    type: 'passQuestion',
    questionId: questionId(n),
    to: to === null ? null : participantId(to),
    toName: to === null ? '省公路局' : '',
    why: '不属本单位职责',
  })),
  fc.record({ n: small, to: target }).map(({ n, to }): Command => ({
    type: 'moveQuestion',
    questionId: questionId(n),
    to: participantId(to),
  })),
  small.map((n): Command => ({ type: 'withdrawQuestion', questionId: questionId(n) })),
  fc.record({ n: replies, of: small }).map(({ n, of }): Command => ({
    type: 'postReply',
    reply: {
      id: ReplyId.parse(uuid('repl', n)),
      toViews: [viewId(of)],
      commitment: 'can_do',
      text: '现场答复',
    },
  })),
  fc.record({ n: small, q: small }).map(({ n, q }): Command => ({
    type: 'recordTask',
    task: {
      id: TaskId.parse(uuid('task', n)),
      department: '县城市管理局',
      cooperating: [],
      dueDays: 15,
      task: '带回办理',
      acceptance: '书面答复',
      questionId: questionId(q),
    },
  })),
);

/** Departments beside the one of the cast: seats 7 and 8 are of one, 9 of another. */
export const DEPARTMENTS: readonly { readonly n: number; readonly affiliation: string }[] = [
  { n: 7, affiliation: '县交警大队' },
  { n: 8, affiliation: '县交警大队' },
  { n: 9, affiliation: '县城市管理局' },
];

/** Seats them. */
export const SEAT_DEPARTMENTS: readonly Step[] = DEPARTMENTS.map(({ n, affiliation }) => ({
  who: ADMIN,
  command: {
    type: 'addParticipant',
    participant: { ...participant(n, 'department'), affiliation },
    personId: personId(n),
  },
}));

/** The department that most scripts put a question to. */
const HANDS = [2, 7, 9] as const;
const handsOf = (n: number) => HANDS[n % HANDS.length] ?? 2;

/** A question that is put and comes to an end: by those who may, so that scripts get somewhere. */
const course = fc
  .record({
    n: small,
    act: fc.constantFrom('put', 'put', 'take', 'pass', 'out', 'reply', 'move'),
    to: target,
  })
  .map(({ n, act, to }): Step => {
    const id = questionId(n);
    const holder = as(handsOf(n));
    const why = '不属本单位职责';
    switch (act) {
      case 'put': {
        const question = { id, viewId: viewId(n % 3), to: participantId(handsOf(n)) };
        return { who: as(0), command: { type: 'putQuestion', question } };
      }
      case 'take':
        return {
          who: holder,
          command: { type: 'takeQuestion', questionId: id, dueDays: 15, note: '带回研究' },
        };
      case 'pass':
        return {
          who: holder,
          command: { type: 'passQuestion', questionId: id, to: participantId(to), toName: '', why },
        };
      case 'out':
        return {
          who: holder,
          command: { type: 'passQuestion', questionId: id, to: null, toName: '省公路局', why },
        };
      case 'move':
        return { who: as(0), command: { type: 'moveQuestion', questionId: id, to: participantId(to) } };
      case 'reply': {
        const reply = {
          id: ReplyId.parse(uuid('repl', 300 + n)),
          toViews: [viewId(n % 3)],
          commitment: 'can_do' as const,
          text: '现场答复',
        };
        return { who: holder, command: { type: 'postReply', reply } };
      }
    }
  });

const anything = fc
  .record({ n: fc.constantFrom(0, 0, 1, 2, 3, 7, 8, 9), command: asking })
  .map(({ n, command }): Step => ({ who: as(n), command }));

const running = fc
  .constantFrom<Command>(
    { type: 'pauseSession' },
    { type: 'resumeSession' },
    { type: 'resumeSession' },
    { type: 'closeSession' },
    { type: 'closeSession', waiver: '时间已到' },
    { type: 'removeParticipant', participantId: participantId(9), why: '离场' },
    { type: 'removeParticipant', participantId: participantId(8), why: '离场' },
  )
  .map((command): Step => ({ who: as(0), command }));

/** Something to ask about from the start. */
const FIRST_VIEWS = [0, 1, 2].map((n): Step => ({
  who: as(3),
  command: { type: 'postView', view: view(n, { stance: 'question' }) },
}));

/** Scripts in which departments are asked, answer, promise, pass on; people come and go, and the session may close. */
export const arbitraryQuestionScript = fc
  .array(
    fc.oneof(
      { weight: 30, arbitrary: course },
      { weight: 15, arbitrary: anything },
      { weight: 2, arbitrary: running },
    ),
    { minLength: 40, maxLength: 120 },
  )
  .map((steps) => [...SEAT_DEPARTMENTS, ...FIRST_VIEWS, ...steps]);
