import { TITLES } from '../names.ts';
import type { ParticipantId } from '../ids.ts';
import type { Room, Seat } from '../room/state.ts';
import type { Commitment, Stance } from '../views.ts';
import type { SessionPlan } from '../sessions.ts';

// Documents are part of the record, in the language of the session and not of whoever takes them away.

export const STANCE_WORDS: Readonly<Record<Stance, string>> = {
  support: '赞成',
  conditional: '有条件赞成',
  oppose: '不赞成',
  neutral: '中立',
  question: '提问',
  suggestion: '建议',
  info: '情况说明',
};

export const COMMITMENT_WORDS: Readonly<Record<Commitment, string>> = {
  can_do: '能办',
  needs_study: '需研究协调',
  cannot_do: '暂不能办',
};

export const MODE_WORDS: Readonly<Record<SessionPlan['mode'], string>> = {
  offline: '线下',
  online: '线上',
  hybrid: '线上线下结合',
};

export const SOURCE_WORDS: Readonly<Record<SessionPlan['source']['kind'], string>> = {
  party_gov: '党政点题',
  masses: '群众出题',
  member: '委员荐题',
  supervision: '跟踪督办转入',
  mixed: '多方征题',
};

/** Somebody's name as the session calls them; where it was erased, their role and a short number [DO4]. */
export function calledIn({ participants }: Pick<Room, 'participants'>, by: string): string {
  if (by === 'office') return '会务人员';
  if (by === 'clock') return '会场计时';
  if (by === 'withheld') return '不具名';
  const seat = Object.hasOwn(participants, by) ? participants[by as ParticipantId] : undefined;
  if (seat === undefined) return '不在名单中的人';
  return seat.name === '' ? `${TITLES[seat.role]}（${by.slice(-4)}）` : seat.name;
}

/** The same with what they are of: 县教育局李某. Units stand before names, as documents have it. */
export function calledWithUnit(room: Pick<Room, 'participants'>, { id, affiliation }: Seat): string {
  const name = calledIn(room, id);
  return affiliation === '' || name.includes(affiliation) ? name : `${affiliation}${name}`;
}

/** The department that somebody speaks for; who they are where they speak for none. */
export function unitOf(room: Pick<Room, 'participants'>, by: string): string {
  const seat = Object.hasOwn(room.participants, by) ? room.participants[by as ParticipantId] : undefined;
  return seat === undefined || seat.affiliation === '' ? calledIn(room, by) : seat.affiliation;
}

/** Words of at most so many characters, cut where it must be, on one line. */
export function shortened(words: string, most: number): string {
  const line = words.replace(/\s+/gu, ' ').trim();
  const letters = Array.from(line);
  return letters.length <= most ? line : `${letters.slice(0, most - 1).join('')}…`;
}
