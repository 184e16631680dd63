import type { RoomEvent } from '../events.ts';
import type { ParticipantId, QuestionId } from '../ids.ts';
import { oncePer } from '../once-per.ts';
import type { Question } from '../questions.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { ok, type Result } from '../result.ts';
import { guardLiveAct, type Who } from './guards.ts';
import { seatOf, type Room, type Seat } from './state.ts';

/** A department in the room: everybody of one affiliation, or one person who gave none. */
export type Department = {
  readonly key: string;
  readonly name: string;
  /** Whom a question to it names. */
  readonly to: ParticipantId;
  readonly seats: readonly Seat[];
};

const NONE: readonly Question[] = [];

/** All questions of a session, in the order in which they were put. */
export function questionsOf(room: Pick<Room, 'questions'>): readonly Question[] {
  return room.questions ?? NONE;
}

/** Whether somebody still owes an answer: a department, or the chair for what belongs to nobody in the room. */
export function isWaiting({ state }: Question): boolean {
  return state.phase === 'open' || state.phase === 'passed';
}

/** How the question came into the hands that it is in. */
export function lastHanding({ hands }: Question): Question['hands'][number] {
  return hands[hands.length - 1] ?? hands[0];
}

/** What tells departments apart: one affiliation is one department, whoever of it is in the room. */
export function departmentKey({ affiliation, id }: Pick<Seat, 'affiliation' | 'id'>): string {
  return affiliation === '' ? id : affiliation;
}

/** The department that a seat speaks for now; null for everybody else. */
export function departmentOf(seat: Seat | undefined): string | null {
  return seat?.role === 'department' ? departmentKey(seat) : null;
}

/** The department in whose hands a question is; null when it is settled, or nobody's in the room. */
export function holderOf(room: Pick<Room, 'participants'>, question: Question): string | null {
  const { to } = lastHanding(question);
  if (question.state.phase !== 'open' || to === null) return null;
  const seat = room.participants[to];
  return seat === undefined ? null : departmentKey(seat);
}

/** Departments in the room now, in the order of the roll. */
export function departmentsOf({ participants }: Pick<Room, 'participants'>): readonly Department[] {
  return departmentsIn(participants);
}

const departmentsIn = oncePer((participants: Room['participants']): readonly Department[] => {
  const made = new Map<string, Department>();
  for (const seat of Object.values(participants)) {
    const key = seat.removedAt === null ? departmentOf(seat) : null;
    if (key === null) continue;
    const one = made.get(key) ?? { key, name: seat.affiliation, to: seat.id, seats: [] };
    made.set(key, { ...one, seats: [...one.seats, seat] });
  }
  return [...made.values()];
});

/** Questions that wait for the department of this person. */
export function waitingFor(room: Room, who: Who): readonly Question[] {
  const key = departmentOf(who.kind === 'participant' ? seatOf(room, who.id) : undefined);
  return key === null ? NONE : questionsOf(room).filter((question) => holderOf(room, question) === key);
}

/** Questions that nobody in the room can answer: passed to somebody outside, or to a department that has left. */
export function unassigned(room: Room): readonly Question[] {
  const here = new Set(departmentsOf(room).map(({ key }) => key));
  return questionsOf(room).filter(
    (question) => isWaiting(question) && !here.has(holderOf(room, question) ?? ''),
  );
}

/** A seat of a department that may be asked. */
export function guardDepartment(room: Room, to: ParticipantId): Result<string, Refusal> {
  const key = departmentOf(seatOf(room, to));
  return key === null ? refuse('DEPARTMENT_UNKNOWN') : ok(key);
}

/** A question that waits. */
export function guardWaiting(room: Room, id: QuestionId): Result<Question, Refusal> {
  const question = questionsOf(room).find((one) => one.id === id);
  if (question === undefined) return refuse('QUESTION_UNKNOWN');
  return isWaiting(question) ? ok(question) : refuse('QUESTION_SETTLED');
}

/** A question that waits for the department of whoever asks, who may answer it in one of three ways [D4] [D5]. */
export function guardHolder(room: Room, who: Who, id: QuestionId): Result<Question, Refusal> {
  const seat = guardLiveAct(room, who, 'question:answer');
  if (!seat.ok) return seat;
  const question = guardWaiting(room, id);
  if (!question.ok) return question;
  return holderOf(room, question.value) === departmentOf(seat.value)
    ? question
    : refuse('QUESTION_NOT_YOURS');
}

/** Nobody's question is closed over by oversight: each is settled, or the chair says why not [D8]. */
export function waive(room: Room, why: string | undefined): Result<readonly RoomEvent[], Refusal> {
  const count = questionsOf(room).filter(isWaiting).length;
  if (count === 0) return ok([]);
  return why === undefined ? refuse('QUESTIONS_OPEN', { count }) : ok([{ type: 'questions:waived', why }]);
}
