import { z } from 'zod';
import { AmendmentDraft } from '../domain/amendments.ts';
import { AmendmentId } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { words } from '../domain/text.ts';
import { door } from './door.ts';
import { none } from './none.ts';
import { SessionParams } from './snapshot.ts';

const AmendmentParams = SessionParams.extend({ amendmentId: AmendmentId });

/** What people would have otherwise in the shared text; part of the doors of a room. */
export const amendingDoors = {
  makeAmendment: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/text/amendments',
    summary:
      'Propose other words for words of the text, or that they go. Nothing of the text changes by it. Errors: AMENDMENT_IS_HELD, AMENDMENTS_WAITING (max), AMENDMENTS_FULL (max), WORDS_UNCHANGED.',
    params: SessionParams,
    body: AmendmentDraft,
    command: (_params, amendment) => ({ type: 'makeAmendment', amendment }),
  }),
  withdrawAmendment: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/text/amendments/:amendmentId',
    summary:
      'Take my own amendment back while nobody has decided on it. Errors: AMENDMENT_UNKNOWN, AMENDMENT_DECIDED (phase), NOT_OWN_AMENDMENT.',
    params: AmendmentParams,
    body: none,
    command: ({ amendmentId }) => ({ type: 'withdrawAmendment', amendmentId }),
  }),
  acceptAmendment: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/text/amendments/:amendmentId/acceptance',
    summary:
      'Accept an amendment: of several who do so one does, and then writes the text; byHand where otherwise than it says. Errors: AMENDMENT_UNKNOWN, AMENDMENT_DECIDED (phase).',
    params: AmendmentParams,
    body: z.strictObject({ byHand: z.literal(true).optional() }),
    command: ({ amendmentId }, { byHand }) => ({
      type: 'acceptAmendment',
      amendmentId,
      ...(byHand === undefined ? {} : { byHand }),
    }),
  }),
  declineAmendment: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/text/amendments/:amendmentId/refusal',
    summary:
      'Decline an amendment, with the reason for its author and everybody. Errors: AMENDMENT_UNKNOWN, AMENDMENT_DECIDED (phase).',
    params: AmendmentParams,
    body: z.strictObject({ why: words(LIMITS.reasonLength) }),
    command: ({ amendmentId }, { why }) => ({ type: 'declineAmendment', amendmentId, why }),
  }),
};
