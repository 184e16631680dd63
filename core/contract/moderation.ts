import { z } from 'zod';
import { ParticipantId, ViewId } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { ModerationRules, MyModeration } from '../domain/moderation.ts';
import { ReasonCode } from '../domain/reason-codes.ts';
import { words } from '../domain/text.ts';
import { DOORS } from './limits.ts';
import { door } from './door.ts';
import { none } from './none.ts';
import { route } from './route.ts';
import { SessionParams } from './snapshot.ts';

const ViewParams = SessionParams.extend({ viewId: ViewId });
const SeatParams = SessionParams.extend({ participantId: ParticipantId });
const Why = z.strictObject({ why: words(LIMITS.reasonLength) });
const Reasoned = Why.extend({ reason: ReasonCode });

export const moderationRoutes = {
  getModeration: route({
    method: 'GET',
    auth: 'person',
    rate: 'read',
    isIdempotent: false,
    bodyBytes: DOORS.bodyBytes,
    path: '/api/sessions/:sessionId/moderation',
    summary: 'My views that are kept from the room and why, and, for whoever moderates, what waits.',
    params: SessionParams,
    query: none,
    body: none,
    reply: MyModeration,
  }),
};

/** What is asked of moderation: part of the doors of a room. */
export const moderationDoors = {
  passView: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/held/:viewId/pass',
    summary: 'Publish a view that was held; whoever moderates. Errors: DECIDED_ALREADY OWN_VIEW.',
    params: ViewParams,
    body: none,
    command: ({ viewId }) => ({ type: 'passView', viewId }),
  }),
  refuseView: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/held/:viewId/refuse',
    summary: 'Refuse a view that was held, with a reason and words. Errors: DECIDED_ALREADY OWN_VIEW.',
    params: ViewParams,
    body: Reasoned,
    command: ({ viewId }, body) => ({ type: 'refuseView', viewId, ...body }),
  }),
  forgoView: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/held/:viewId',
    summary: 'Let go of my own view that was held or refused.',
    params: ViewParams,
    body: none,
    command: ({ viewId }) => ({ type: 'forgoView', viewId }),
  }),
  appealView: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/held/:viewId/appeal',
    summary:
      'Ask somebody else to look at my view that was refused or hidden, once. Errors: APPEALED_ALREADY.',
    params: ViewParams,
    body: Why,
    command: ({ viewId }, { why }) => ({ type: 'appealView', viewId, why }),
  }),
  decideAppeal: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/held/:viewId/decide',
    summary:
      'Decide on an appeal: upheld says why the view stays refused, null publishes it. Errors: APPEAL_BY_ANOTHER.',
    params: ViewParams,
    body: z.strictObject({ upheld: words(LIMITS.reasonLength).nullable() }),
    command: ({ viewId }, { upheld }) => ({ type: 'decideAppeal', viewId, upheld }),
  }),
  hideView: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/views/:viewId/hide',
    summary: 'Hide a view that was published, with a reason and words. Errors: HIDDEN_ALREADY.',
    params: ViewParams,
    body: Reasoned,
    command: ({ viewId }, body) => ({ type: 'hideView', viewId, ...body }),
  }),
  restoreView: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/views/:viewId/hide',
    summary: 'Show a hidden view again. Errors: NOT_HIDDEN DECIDED_ALREADY.',
    params: ViewParams,
    body: none,
    command: ({ viewId }) => ({ type: 'restoreView', viewId }),
  }),
  reportView: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/views/:viewId/report',
    summary: 'Report a view of somebody else, once. Errors: REPORTED_ALREADY REPORTS_WAITING.',
    params: ViewParams,
    body: z.strictObject({ reason: ReasonCode }),
    command: ({ viewId }, { reason }) => ({ type: 'reportView', viewId, reason }),
  }),
  dismissReports: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/views/:viewId/report/dismiss',
    summary:
      'Answer the reports of a visible view that were seen, up to a seq: it stays, and why. Errors: NOT_REPORTED OWN_VIEW.',
    params: ViewParams,
    body: Why.extend({ seen: z.int().min(0) }),
    command: ({ viewId }, { why, seen }) => ({ type: 'dismissReports', viewId, why, seen }),
  }),
  ruleModeration: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/moderation/rules',
    summary: 'Say whose views are looked at before they are published, and how many reports hide one.',
    params: SessionParams,
    body: ModerationRules,
    command: (_params, rules) => ({ type: 'ruleModeration', rules }),
  }),
  silenceAll: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/silence',
    summary: 'Silence everybody who does not moderate: nothing is posted until it is lifted.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'silenceAll' }),
  }),
  liftSilence: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/silence',
    summary: 'Lift the silence.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'liftSilence' }),
  }),
  muteSpeaker: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/participants/:participantId/mute',
    summary: 'Take the right to post from somebody, with the reason, which they are told.',
    params: SeatParams,
    body: Why,
    command: ({ participantId }, { why }) => ({ type: 'muteSpeaker', participantId, why }),
  }),
  unmuteSpeaker: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/participants/:participantId/mute',
    summary: 'Give somebody the right to post back.',
    params: SeatParams,
    body: none,
    command: ({ participantId }) => ({ type: 'unmuteSpeaker', participantId }),
  }),
};
