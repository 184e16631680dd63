import type { RoomEvent } from '../events.ts';
import type { ParticipantId, ViewId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import type { HeldView } from '../moderation.ts';
import type { PutWithView, Question, QuestionDraft } from '../questions.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, unreachable, type Result } from '../result.ts';
import { hasEnded } from '../sessions.ts';
import type { ReplyDraft, ViewDraft } from '../views.ts';
import type { CommandOf } from './commands.ts';
import { mayHaveView, viewIn } from './earlier.ts';
import { guardAct, guardLiveAct, type Who } from './guards.ts';
import { hasId } from './known-ids.ts';
import { isOpen } from './open-cases.ts';
import {
  departmentKey,
  departmentOf,
  guardDepartment,
  guardHolder,
  guardWaiting,
  holderOf,
  isWaiting,
  questionsOf,
} from './questions.ts';
import type { Room, Seat } from './state.ts';

type AskingCommand = CommandOf<
  'putQuestion' | 'takeQuestion' | 'passQuestion' | 'moveQuestion' | 'withdrawQuestion'
>;
type Decided = Result<readonly RoomEvent[], Refusal>;

/** Rules of putting views to departments, and of what these do with them [D3]–[D7]. */
export function decideAsking(room: Room, who: Who, command: AskingCommand): Decided {
  switch (command.type) {
    case 'putQuestion': {
      const seat = guardLiveAct(room, who, 'question:put');
      if (!seat.ok) return seat;
      const { question } = command;
      const free = guardPut(room, [question]);
      if (!free.ok) return free;
      // Last, because a room that does not hold everything cannot tell [R2].
      if (!mayHaveView(room, question.viewId)) return refuse('VIEW_UNKNOWN');
      const view = viewIn(room, question.viewId);
      if (view?.hidden !== undefined) return refuse('VIEW_HIDDEN');
      return view?.withdrawnAt !== undefined
        ? refuse('VIEW_WITHDRAWN')
        : ok([{ type: 'question:put', question, from: 'chair' }]);
    }
    case 'takeQuestion': {
      const { questionId, dueDays, note } = command;
      const question = guardHolder(room, who, questionId);
      return question.ok ? ok([{ type: 'question:taken', questionId, dueDays, note }]) : question;
    }
    case 'passQuestion':
      return passQuestion(room, who, command);
    case 'moveQuestion': {
      const seat = guardLiveAct(room, who, 'question:put');
      if (!seat.ok) return seat;
      const question = guardWaiting(room, command.questionId);
      if (!question.ok) return question;
      const free = guardHands(room, question.value, command.to);
      return free.ok
        ? ok([{ type: 'question:moved', questionId: command.questionId, to: command.to }])
        : free;
    }
    case 'withdrawQuestion':
      return withdrawQuestion(room, who, command);
    default:
      return unreachable(command);
  }
}

/** The questions that an author puts with their view, behind it [D3]. */
export function putWithView(
  room: Room,
  by: ParticipantId,
  { view, questions }: { readonly view: ViewDraft; readonly questions: readonly PutWithView[] },
): Decided {
  if (questions.length === 0) return ok([]);
  if (view.stance !== 'question') return refuse('QUESTION_STANCE');
  const { waiting, all } = askedBy(room, by);
  // Those of views that are looked at first will wait as well.
  const kept = heldQuestions(room, by);
  if (waiting + kept + questions.length > LIMITS.questionsWaitingEach)
    return refuse('QUESTIONS_WAITING', { max: LIMITS.questionsWaitingEach });
  // Taken back or not: nobody uses up what the others, and the chair, may ask.
  if (all + kept + questions.length > LIMITS.questionsEach) return refuse('SESSION_FULL');
  const put = questions.map(({ id, to }) => ({ id, viewId: view.id, to }));
  const free = guardPut(room, put);
  return free.ok
    ? ok(put.map((question) => ({ type: 'question:put', question, from: 'author' as const })))
    : free;
}

/**
 * Of the questions that came with a held view, those that can be put now that it is published, and as many as its author
 * may still ask [X3].
 */
export function stillPut(
  room: Room,
  { id: viewId, by, questions }: Pick<HeldView, 'id' | 'by' | 'questions'>,
): QuestionDraft[] {
  // Behind the meeting no department answers any more.
  if (hasEnded(room.state)) return [];
  const { waiting, all } = askedBy(room, by);
  const most = Math.min(LIMITS.questionsWaitingEach - waiting, LIMITS.questionsEach - all);
  return questions
    .map(({ id, to }) => ({ id, viewId, to }))
    .filter((question) => guardPut(room, [question]).ok)
    .slice(0, Math.max(0, most));
}

/** How many questions somebody has put as the author of views: those that wait, and all. */
function askedBy(room: Room, by: ParticipantId): { readonly waiting: number; readonly all: number } {
  const own = questionsOf(room).filter((one) => one.by === by && one.from === 'author');
  return { waiting: own.filter(isWaiting).length, all: own.length };
}

/** Questions of somebody's views that are looked at before they are published. */
function heldQuestions({ moderation }: Room, by: ParticipantId): number {
  const own = moderation?.secrets?.cases.filter((one) => one.view.by === by && isOpen(one)) ?? [];
  return own.reduce((sum, { view }) => sum + view.questions.length, 0);
}

/** The questions that a department's reply answers: those in its hands about a view that the reply names [D4]. */
export function answeredBy(room: Room, seat: Seat, reply: ReplyDraft): RoomEvent[] {
  const department = departmentOf(seat);
  if (department === null) return [];
  return questionsOf(room)
    .filter(({ viewId }) => reply.toViews.includes(viewId))
    .filter((question) => holderOf(room, question) === department)
    .map(({ id }) => ({ type: 'question:answered', questionId: id, replyId: reply.id }));
}

/** The questions that are taken back with the view that they are about: those that wait [D3]. */
export function withdrawnWith(room: Room, viewId: ViewId): RoomEvent[] {
  return questionsOf(room)
    .filter((question) => question.viewId === viewId && isWaiting(question))
    .map(({ id }) => ({ type: 'question:withdrawn', questionId: id }));
}

function passQuestion(
  room: Room,
  who: Who,
  { questionId, to, toName, why }: CommandOf<'passQuestion'>,
): Decided {
  const held = guardHolder(room, who, questionId);
  if (!held.ok) return held;
  // To a department in the room, or to a name in words: one of the two.
  if ((to === null) === (toName === '')) return refuse('FIELD_INVALID');
  if (to !== null) {
    const free = guardHands(room, held.value, to);
    if (!free.ok) return free;
    const passed = guardPass(room, held.value, to);
    if (!passed.ok) return passed;
  }
  return ok([{ type: 'question:passed', questionId, to, toName, why }]);
}

function withdrawQuestion(room: Room, who: Who, { questionId }: CommandOf<'withdrawQuestion'>): Decided {
  const seat = guardLiveAct(room, who, 'question:withdraw');
  if (!seat.ok) return seat;
  const question = guardWaiting(room, questionId);
  if (!question.ok) return question;
  const { from, by } = question.value;
  const isOwn = from === 'author' ? by === seat.value.id : guardAct(room, who, 'question:put').ok;
  return isOwn ? ok([{ type: 'question:withdrawn', questionId }]) : refuse('QUESTION_NOT_YOURS');
}

/** New questions: to departments in the room, each of which is asked once about a view at a time [D3]. */
function guardPut(room: Room, put: readonly QuestionDraft[]): Result<null, Refusal> {
  const asked = new Set<string>();
  const ids = new Set<string>();
  for (const { id, viewId, to } of put) {
    if (hasId(questionsOf(room), id) || ids.has(id)) return refuse('ID_TAKEN');
    const department = guardDepartment(room, to);
    if (!department.ok) return department;
    if (asked.has(department.value) || isAsked(room, viewId, department.value))
      return refuse('QUESTION_ALREADY_PUT');
    asked.add(department.value);
    ids.add(id);
  }
  return questionsOf(room).length + put.length > LIMITS.questionsPerSession
    ? refuse('SESSION_FULL')
    : ok(null);
}

/** A question comes into other hands: of a department in the room that does not have it, so many times at most [D6]. */
function guardHands(room: Room, question: Question, to: ParticipantId): Result<null, Refusal> {
  const department = guardDepartment(room, to);
  if (!department.ok) return department;
  if (isAsked(room, question.viewId, department.value)) return refuse('QUESTION_ALREADY_PUT');
  // The last place is kept for a name in words: whose it is not can always say so.
  return question.hands.length < LIMITS.handsPerQuestion - 1 ? ok(null) : refuse('QUESTION_PASSED_ON');
}

/** Departments pass a question a few times among themselves, and never back: then the chair says whose it is [D6]. */
function guardPass(room: Room, { hands }: Question, to: ParticipantId): Result<null, Refusal> {
  const target = room.participants[to];
  const had = hands.some((hand) => {
    const seat = hand.to === null ? undefined : room.participants[hand.to];
    return seat !== undefined && target !== undefined && departmentKey(seat) === departmentKey(target);
  });
  const passes = hands.filter(({ how, to: taker }) => how === 'passed' && taker !== null).length;
  return had || passes >= LIMITS.passesPerQuestion ? refuse('QUESTION_PASSED_ON') : ok(null);
}

function isAsked(room: Room, viewId: ViewId, department: string): boolean {
  return questionsOf(room).some(
    (question) => question.viewId === viewId && holderOf(room, question) === department,
  );
}
