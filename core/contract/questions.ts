import { z } from 'zod';
import { ParticipantId, QuestionId } from '../domain/ids.ts';
import { NotOurs, Promised, QuestionDraft } from '../domain/questions.ts';
import { door } from './door.ts';
import { none } from './none.ts';
import { SessionParams } from './snapshot.ts';

const QuestionParams = SessionParams.extend({ questionId: QuestionId });

/** What is asked about questions to departments; part of the doors of a room. */
export const questionDoors = {
  putQuestion: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/questions',
    summary: 'Put a view to a department; whoever runs the session.',
    params: SessionParams,
    body: QuestionDraft,
    command: (_params, question) => ({ type: 'putQuestion', question }),
  }),
  takeQuestion: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/questions/:questionId/promise',
    summary: 'Take a question away, with a date; anybody of the department that it waits for.',
    params: QuestionParams,
    body: Promised,
    command: ({ questionId }, promised) => ({ type: 'takeQuestion', questionId, ...promised }),
  }),
  passQuestion: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/questions/:questionId/pass',
    summary: 'Say that a question is not ours, and whose it is; anybody of the department that it waits for.',
    params: QuestionParams,
    body: NotOurs,
    command: ({ questionId }, notOurs) => ({ type: 'passQuestion', questionId, ...notOurs }),
  }),
  moveQuestion: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/questions/:questionId/holder',
    summary: 'Give a question that waits to another department; whoever runs the session.',
    params: QuestionParams,
    body: z.strictObject({ to: ParticipantId }),
    command: ({ questionId }, { to }) => ({ type: 'moveQuestion', questionId, to }),
  }),
  withdrawQuestion: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/questions/:questionId',
    summary: 'Take back a question that waits; whoever put it.',
    params: QuestionParams,
    body: none,
    command: ({ questionId }) => ({ type: 'withdrawQuestion', questionId }),
  }),
};
