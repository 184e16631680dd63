import { z } from 'zod';
import { LIMITS } from '../domain/limits.ts';
import { Signed } from '../domain/signing.ts';
import { words } from '../domain/text.ts';
import { door } from './door.ts';
import { SessionParams } from './snapshot.ts';

const MaybeWhy = z.strictObject({ why: words(LIMITS.reasonLength).optional() });
const given = (why: string | undefined) => (why === undefined ? {} : { why });

/** What is asked between the meeting and the record; part of the doors of a room. */
export const concludingDoors = {
  endMeeting: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/end',
    summary:
      'End the meeting; its text is still written, and confirmed later. Over questions that wait only with a reason. Errors: POLL_STILL_OPEN, QUESTIONS_OPEN (count).',
    params: SessionParams,
    body: z.strictObject({ waiver: words(LIMITS.reasonLength).optional() }),
    command: (_params, { waiver }) => ({ type: 'endMeeting', ...(waiver === undefined ? {} : { waiver }) }),
  }),
  settleText: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/text/settle',
    summary:
      'Freeze the text and ask those who were present to confirm it. Without what it should say, and over views that wait for review, only with a reason each. Errors: TEXT_LACKS_PARTS (consensus, differences, tasks), CASES_OPEN (count).',
    params: SessionParams,
    body: MaybeWhy.extend({ waiver: words(LIMITS.reasonLength).optional() }),
    command: (_params, { why, waiver }) => ({
      type: 'settleText',
      ...given(why),
      ...(waiver === undefined ? {} : { waiver }),
    }),
  }),
  signOutcome: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/text/signature',
    summary:
      'Confirm the text that I have read, perhaps with a reservation; whoever is asked. The newest counts. Errors: NOT_ASKED_TO_SIGN, TEXT_OTHER, SIGNED_ALREADY.',
    params: SessionParams,
    body: Signed,
    command: (_params, signed) => ({ type: 'signOutcome', ...signed }),
  }),
  reopenText: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/text/reopen',
    summary: 'Write on the text, with the reason; what was signed is void.',
    params: SessionParams,
    body: z.strictObject({ why: words(LIMITS.reasonLength) }),
    command: (_params, { why }) => ({ type: 'reopenText', why }),
  }),
  adoptOutcome: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/adopt',
    summary:
      'Adopt the text that was confirmed: the room is archived, nothing changes any more. Over those who have not signed only with a reason. Errors: SIGNATURES_MISSING (count).',
    params: SessionParams,
    body: MaybeWhy,
    command: (_params, { why }) => ({ type: 'adoptOutcome', ...given(why) }),
  }),
};
