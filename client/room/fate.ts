import type { Question } from '../../core/domain/questions.ts';
import { lastHanding } from '../../core/domain/room/questions.ts';
import type { Seat } from '../../core/domain/room/state.ts';
import { unreachable } from '../../core/domain/result.ts';
import type { Translate } from '../lib/i18n.ts';
import { nameOf } from './names.ts';

type People = { readonly participants: Readonly<Record<string, Seat>> };

/** What a department is called: its affiliation, or the person who gave none. */
export function unitOf(t: Translate, { participants }: People, to: string): string {
  const seat = Object.hasOwn(participants, to) ? participants[to] : undefined;
  return seat === undefined || seat.affiliation === '' ? nameOf(t, participants, to) : seat.affiliation;
}

/** What became of a question, in a sentence: the same on a card of the room and in its record. */
export function fateOf(t: Translate, room: People, question: Question): string {
  const { state } = question;
  const hand = lastHanding(question);
  switch (state.phase) {
    case 'open':
      return t('room:questions.open', { department: unitOf(t, room, hand.to ?? '') });
    case 'passed':
      return t('room:questions.passed', {
        department: unitOf(t, room, hand.by),
        name: hand.toName === '' ? t('room:views.erased') : hand.toName,
      });
    case 'answered':
      return t('room:questions.answered', { department: unitOf(t, room, state.by) });
    case 'taken':
      return t('room:questions.taken', {
        department: unitOf(t, room, state.by),
        count: state.dueDays,
        note: state.note === '' ? t('room:views.erased') : state.note,
      });
    case 'withdrawn':
      return t('room:questions.withdrawn', { department: unitOf(t, room, hand.to ?? hand.by) });
    default:
      return unreachable(state);
  }
}
