import type { Cited } from '../citation.ts';
import { may, ROLES } from '../people.ts';
import { standingOf } from '../room/cited.ts';
import { chair } from '../room/guards.ts';
import { departmentOf, lastHanding, questionsOf } from '../room/questions.ts';
import { attendanceOf, countRoll } from '../room/roll.ts';
import { seatsOf, type Room } from '../room/state.ts';
import { pollLines, publishedPolls } from './asked.ts';
import { asOneSentence, DRAFT_PARTS, type DraftLine, type DraftSaid } from './lines.ts';
import { opinionLines } from './opinions.ts';

/** Replies that one task rests on at most, where no question says from which it came. */
const REPLIES_PER_TASK = 3;

/**
 * What the record of a session says already, as lines of a text with their evidence, in its order [O14]. Only what everybody
 * in the room reads enters it, whoever asks. cited: what the text names already, by citedKey: such a view is listed as well.
 */
export function draftFrom(room: Room, cited: ReadonlySet<string> = new Set()): readonly DraftLine[] {
  const { opinions, differences, counted } = opinionLines(room, cited);
  const lines = [
    ...basicLines(room, counted, opinions.length),
    ...opinions,
    ...pollLines(room),
    ...differences,
    ...responseLines(room),
    ...taskLines(room),
  ];
  return DRAFT_PARTS.flatMap((part) => lines.filter((line) => line.part === part));
}

function lineOf(part: DraftLine['part'], said: DraftSaid, evidence: readonly Cited[] = []): DraftLine {
  return { part, group: { of: 'part' }, said, evidence };
}

function basicLines(room: Room, views: number, listed: number): DraftLine[] {
  const { plan, openedAt, endedAt, closedAt, agenda, replies } = room;
  const seats = Object.values(seatsOf(room));
  const there = seats.filter((seat) => attendanceOf(seat) === 'present');
  const held = chair(room);
  const host = held === null ? undefined : seatsOf(room)[held];
  const people = ROLES.flatMap((role): DraftSaid[] => {
    const some = there.filter((seat) => seat.role === role && seat.id !== held);
    const names = some.flatMap(({ isGuest, name, affiliation }) =>
      // A guest's name is lent: it is deleted from the record, and would stay in the text.
      isGuest ? [] : [role === 'department' && affiliation !== '' ? affiliation : name],
    );
    const told = [...new Set(names)].filter((name) => name !== '');
    return some.length === 0 ? [] : [{ say: 'people', role, names: told, count: some.length }];
  });
  const said: DraftSaid[] = [
    { say: 'when', from: openedAt ?? plan?.startsAt ?? null, to: endedAt ?? closedAt },
    { say: 'where', venues: (plan?.venues ?? []).map(({ name }) => name) },
    ...(host === undefined || host.name === '' ? [] : [{ say: 'chair', name: host.name } as const]),
    { say: 'attendance', ...countRoll(seats) },
    ...people,
    { say: 'agenda', titles: agenda.map(({ title }) => title) },
    { say: 'gathered', views, listed, replies: replies.length, polls: publishedPolls(room).length },
  ];
  return said.map((one) => lineOf('basics', one));
}

function responseLines(room: Room): DraftLine[] {
  const replies = room.replies.flatMap(({ id, by, commitment, text }) => {
    const evidence = [{ kind: 'reply', id }] as const;
    const said = { say: 'reply', by, commitment, words: asOneSentence(text) } as const;
    return text === '' ? [] : [lineOf('responses', said, evidence)];
  });
  const questions = questionsOf(room).flatMap((question): DraftLine[] => {
    const { id, state } = question;
    const standing = standingOf(room, { kind: 'question', id });
    if (standing.how !== 'here' || standing.held.kind !== 'question') return [];
    const evidence = [{ kind: 'question', id }] as const;
    if (state.phase === 'taken') {
      const words = asOneSentence(state.note);
      return [lineOf('responses', { say: 'taken', by: state.by, dueDays: state.dueDays, words }, evidence)];
    }
    if (state.phase !== 'open' && state.phase !== 'passed') return [];
    const words = asOneSentence(standing.held.view?.text ?? '');
    return [lineOf('responses', { say: 'waiting', to: lastHanding(question).to, words }, evidence)];
  });
  return [...replies, ...questions];
}

function taskLines(room: Room): DraftLine[] {
  return room.tasks.map((task) => {
    const asked = task.questionId;
    const isAsked = asked !== undefined && standingOf(room, { kind: 'question', id: asked }).how === 'here';
    const answered = room.replies.filter(
      ({ by, text }) => text !== '' && departmentOf(room.participants[by]) === task.department,
    );
    const evidence: Cited[] = isAsked
      ? [{ kind: 'question', id: asked }]
      : answered.slice(0, REPLIES_PER_TASK).map(({ id }) => ({ kind: 'reply', id }));
    const words = asOneSentence(task.task);
    return lineOf(
      'tasks',
      { say: 'task', task, words, acceptance: asOneSentence(task.acceptance) },
      evidence,
    );
  });
}

/** Whether a role begins a text from the record: whoever keeps it, and whoever runs the session. */
export function mayDraft(role: Parameters<typeof may>[0]): boolean {
  return may(role, 'text:write') && may(role, 'task:record');
}
