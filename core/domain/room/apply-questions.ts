import { isSomebody, type By, type RoomEvent } from '../events.ts';
import type { ParticipantId } from '../ids.ts';
import type { Handing, Question, QuestionState } from '../questions.ts';
import { unreachable } from '../result.ts';
import { withItem } from './known-ids.ts';
import { questionsOf } from './questions.ts';
import type { Room } from './state.ts';

type QuestionEvent = Extract<RoomEvent, { type: `question:${string}` }>;

/** Folds what happened to a question. Names no department, so that an erased name changes nothing in the fold. */
export function applyQuestion(
  room: Room,
  { at, by: named, event }: { readonly at: string; readonly by: By; readonly event: QuestionEvent },
): Room {
  const by = 'author' in event ? (event.author ?? named) : named;
  if (!isSomebody(by)) throw new Error('a question is in the hands of people of the session');
  switch (event.type) {
    case 'question:put': {
      const { id, viewId, to } = event.question;
      const hands = [{ how: 'put', to, toName: '', why: '', by, at }] as const;
      const question = { id, viewId, from: event.from, by, at, hands, state: { phase: 'open' } } as const;
      return { ...room, questions: withItem(questionsOf(room), question) };
    }
    case 'question:answered':
      return settle(room, event, { phase: 'answered', replyId: event.replyId, by, at });
    case 'question:taken':
      return settle(room, event, { phase: 'taken', dueDays: event.dueDays, note: event.note, by, at });
    case 'question:passed': {
      const { to, toName, why } = event;
      return hand(room, event, { how: 'passed', to, toName, why, by, at });
    }
    case 'question:moved':
      return hand(room, event, { how: 'moved', to: event.to, toName: '', why: '', by, at });
    case 'question:withdrawn':
      return settle(room, event, { phase: 'withdrawn', by, at });
    default:
      return unreachable(event);
  }
}

type Named = { readonly questionId: Question['id'] };

function settle(room: Room, { questionId }: Named, state: QuestionState): Room {
  return edit(room, questionId, (question) => ({ ...question, state }));
}

function hand(room: Room, { questionId }: Named, handing: Handing & { readonly by: ParticipantId }): Room {
  return edit(room, questionId, (question) => ({
    ...question,
    hands: [...question.hands, handing],
    state: { phase: handing.to === null ? 'passed' : 'open' },
  }));
}

function edit(room: Room, id: Question['id'], change: (question: Question) => Question): Room {
  const questions = questionsOf(room).map((question) => (question.id === id ? change(question) : question));
  return { ...room, questions };
}
