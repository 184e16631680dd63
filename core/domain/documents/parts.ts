import { TITLES } from '../names.ts';
import { ROLES, type Role } from '../people.ts';
import { attendanceOf } from '../room/roll.ts';
import type { Room, Seat } from '../room/state.ts';
import { chairOf } from '../sessions.ts';
import { chinaDate, daysLater, partOfDay } from './numbers.ts';
import type { DocumentRecord } from './record.ts';
import type { Block } from './tree.ts';
import { calledIn, calledWithUnit, MODE_WORDS, SOURCE_WORDS } from './words.ts';

/** More people of a role than this are told by their number. */
const MOST_NAMED = 30;

/** Views that are read in this record. */
export function standingViews({ views }: Pick<Room, 'views'>) {
  return views.filter(({ text, withdrawnAt, hidden }) => {
    return text !== '' && withdrawnAt === undefined && hidden === undefined;
  });
}

/** When the meeting began, or what comes nearest. */
export function meetingAt({ room, sealedAt }: Pick<DocumentRecord, 'room' | 'sealedAt'>): string {
  return room.openedAt ?? room.plan?.startsAt ?? sealedAt;
}

/** 2026年4月8日下午 */
export function meetingDay(record: Pick<DocumentRecord, 'room' | 'sealedAt'>): string {
  const at = meetingAt(record);
  return `${chinaDate(at)}${partOfDay(at)}`;
}

function chairIn(room: Room): string {
  const id = chairOf(room.participants, room.hostId);
  return id === null ? '' : calledIn(room, id);
}

/** The sentence that minutes begin with: when, who, about what, and who presided. */
export function leadOf(record: DocumentRecord): string {
  const { room } = record;
  const { plan } = room;
  const who = plan === null || plan.studioName === '' ? '有关单位' : plan.studioName;
  const chair = chairIn(room);
  const presided = chair === '' ? '' : `${chair}主持会议。`;
  return `${meetingDay(record)}，${who}召开协商会，就“${plan?.title ?? ''}”开展协商。${presided}现将协商情况纪要如下。`;
}

/** What the meeting was in numbers, in one paragraph. */
export function factsOf({ room }: Pick<DocumentRecord, 'room'>): string {
  const { plan } = room;
  if (plan === null) return '';
  const here = seatsOfMeeting(room).filter((seat) => attendanceOf(seat) === 'present').length;
  const { kind, detail, collected } = plan.source;
  const source = `议题来源：${SOURCE_WORDS[kind]}${collected > 0 ? `，会前征集意见建议${collected}条` : ''}${detail === '' ? '' : `（${oneLine(detail)}）`}。`;
  const venues = plan.venues.map(({ name }) => name).join('、');
  const polls = room.polls.filter(({ phase }) => phase === 'closed').length;
  const counts = [
    `应到${seatsOfMeeting(room).length}人，实到${here}人`,
    `收到意见${standingViews(room).length}条`,
    `部门答复${room.replies.length}条`,
    ...(polls === 0 ? [] : [`意向投票${polls}次`]),
    ...(room.tasks.length === 0 ? [] : [`形成办理事项${room.tasks.length}项`]),
  ];
  return `${source}协商方式：${MODE_WORDS[plan.mode]}。地点：${venues}。${counts.join('，')}。`;
}

/** Everybody who was in the session or expected; not who was never let in. */
function seatsOfMeeting({ participants }: Pick<Room, 'participants'>): readonly Seat[] {
  return Object.values(participants).filter(({ waitingAt }) => waitingAt === undefined);
}

/** 出席 列席 请假 记录, as far as there are any: by role, in the order of the table of roles. */
export function peopleBlocks(room: Room): Block[] {
  const seats = seatsOfMeeting(room);
  const withState = (state: ReturnType<typeof attendanceOf>) =>
    seats.filter((seat) => attendanceOf(seat) === state);
  const present = withState('present');
  const lists: readonly (readonly [string, readonly Seat[]])[] = [
    ['出席', present.filter(({ role }) => role !== 'observer' && role !== 'recorder')],
    ['列席', present.filter(({ role }) => role === 'observer')],
    ['请假', withState('excused')],
    ['记录', present.filter(({ role }) => role === 'recorder')],
  ];
  return lists.flatMap(([label, list]): Block[] =>
    list.length === 0 ? [] : [{ kind: 'people', label, words: namesOf(room, list) }],
  );
}

function namesOf(room: Room, seats: readonly Seat[]): string {
  return ROLES.flatMap((role: Role) => {
    const own = seats.filter((seat) => seat.role === role).sort((a, b) => (a.id < b.id ? -1 : 1));
    if (own.length > MOST_NAMED) return [`${TITLES[role]}${own.length}人`];
    return own.map((seat) => calledWithUnit(room, seat));
  }).join('　');
}

/** 任务清单, with dates; none where nothing was taken on. */
export function taskBlocks({ room, sealedAt }: Pick<DocumentRecord, 'room' | 'sealedAt'>): Block[] {
  if (room.tasks.length === 0) return [];
  const rows = room.tasks.map((task, index) => [
    String(index + 1),
    task.task,
    task.department,
    task.cooperating.length === 0 ? '—' : task.cooperating.join('、'),
    `${daysLater(sealedAt, task.dueDays)}前`,
    task.acceptance,
  ]);
  const columns = [
    { title: '序号', percent: 8 },
    { title: '事项', percent: 30 },
    { title: '主办', percent: 15 },
    { title: '会办', percent: 13 },
    { title: '时限', percent: 14 },
    { title: '验收', percent: 20 },
  ];
  return [{ kind: 'table', columns, rows }];
}

/** What people did not agree with as they confirmed the text, in their words. */
export function reservationsOf(room: Room): string[] {
  return (room.signing?.signatures ?? []).flatMap(({ by, reservation }) =>
    reservation === null || reservation === '' ? [] : [`${calledIn(room, by)}：${oneLine(reservation)}`],
  );
}

/** How the text was confirmed; '' where nobody was asked to. */
export function confirmedWords({ signing }: Room): string {
  if (signing === undefined) return '';
  return `以上文本经${signing.signatures.length}人签名确认（应确认${signing.signers.length}人）。`;
}

/** 署名 and 日期. */
export function signedBlock(office: string, at: string): Block {
  return { kind: 'signed', lines: [office, chinaDate(at)] };
}

export function oneLine(words: string): string {
  return words.replace(/\s+/gu, ' ').trim();
}
