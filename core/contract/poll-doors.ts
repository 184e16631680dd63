import { z } from 'zod';
import { LocalId, PollId } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { OfferedDraft } from '../domain/polls/offered.ts';
import { Paper } from '../domain/polls/paper.ts';
import { Totals } from '../domain/polls/totals.ts';
import { NamedBallot } from '../domain/polls/voters.ts';
import { words } from '../domain/text.ts';
import { CommandReply, door } from './door.ts';
import { DOORS } from './limits.ts';
import { none } from './none.ts';
import { route } from './route.ts';
import { SessionParams } from './snapshot.ts';

const PollParams = SessionParams.extend({ pollId: PollId });

/** What is asked of polls: part of the doors of a room. */
export const pollDoors = {
  preparePoll: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/polls',
    summary: 'Prepare an indicative poll.',
    params: SessionParams,
    body: OfferedDraft,
    command: (_params, poll) => ({ type: 'preparePoll', poll }),
  }),
  revisePoll: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/polls/:pollId',
    summary: 'Change a prepared poll, whole. Its secrecy and when its result is read only become stricter.',
    params: PollParams,
    body: OfferedDraft,
    command: ({ pollId }, poll) => ({ type: 'revisePoll', poll: { ...poll, id: pollId } }),
  }),
  dropPoll: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/polls/:pollId',
    summary: 'Drop a prepared poll. One that was opened is never taken away: it can be void.',
    params: PollParams,
    body: none,
    command: ({ pollId }) => ({ type: 'dropPoll', pollId }),
  }),
  openPoll: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/polls/:pollId/open',
    summary: 'Open a poll: its rules and its roll are frozen.',
    params: PollParams,
    body: none,
    command: ({ pollId }) => ({ type: 'openPoll', pollId }),
  }),
  closePoll: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/polls/:pollId/close',
    summary:
      'Close a poll and count it. Of a poll over days that not everybody has voted in, before its end, with the reason.',
    params: PollParams,
    body: z.strictObject({ why: words(LIMITS.reasonLength).optional() }),
    command: ({ pollId }, { why }) => ({ type: 'closePoll', pollId, ...(why === undefined ? {} : { why }) }),
  }),
  publishPoll: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/polls/:pollId/publish',
    summary: 'Publish the result of a poll whose rules leave that to the host.',
    params: PollParams,
    body: none,
    command: ({ pollId }) => ({ type: 'publishPoll', pollId }),
  }),
  extendPoll: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/polls/:pollId/extend',
    summary: 'Put off the end of an open poll, once, by as much as its rules said before it opened.',
    params: PollParams,
    body: none,
    command: ({ pollId }) => ({ type: 'extendPoll', pollId }),
  }),
  proposeVoid: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/polls/:pollId/void',
    summary: 'Propose that a poll does not count, and why; somebody else has to confirm it.',
    params: PollParams,
    body: z.strictObject({ why: words(LIMITS.reasonLength) }),
    command: ({ pollId }, { why }) => ({ type: 'proposeVoid', pollId, why }),
  }),
  declineVoid: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/polls/:pollId/void/decline',
    summary: 'Let a poll count that somebody proposed to make void, or take back what one proposed.',
    params: PollParams,
    body: none,
    command: ({ pollId }) => ({ type: 'declineVoid', pollId }),
  }),
  confirmVoid: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/polls/:pollId/void/confirm',
    summary:
      'Confirm what somebody else proposed: the poll does not count. What it counted stays, told as void.',
    params: PollParams,
    body: none,
    command: ({ pollId }) => ({ type: 'confirmVoid', pollId }),
  }),
  settleTie: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/polls/:pollId/tie',
    summary: 'Say what a draw means that the rules left to the host, and why; once for each.',
    params: PollParams,
    body: z.strictObject({
      chamberId: LocalId,
      itemId: LocalId.nullable(),
      isFor: z.boolean(),
      why: words(LIMITS.reasonLength),
    }),
    command: ({ pollId }, said) => ({ type: 'settleTie', pollId, ...said }),
  }),
  enterTotals: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/polls/:pollId/totals',
    summary:
      'Enter what I counted, as one of its two tellers. It counts once the other has entered the same.',
    params: PollParams,
    body: Totals,
    command: ({ pollId }, totals) => ({ type: 'enterTotals', pollId, totals }),
  }),
  castBallot: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/polls/:pollId/ballot',
    summary: 'Cast my ballot. In a named poll the last one before the close counts.',
    params: PollParams,
    body: Paper,
    command: ({ pollId }, paper) => ({ type: 'castBallot', pollId, paper }),
  }),
};

/** What is asked of a closed poll beside its doors in the room. */
export const choiceRoutes = {
  readChoices: route({
    auth: 'person',
    bodyBytes: DOORS.bodyBytes,
    query: none,
    method: 'POST',
    path: '/api/sessions/:sessionId/polls/:pollId/choices',
    summary:
      'Look at who chose what in a closed poll that is 仅主持人可见, for whoever holds the chair until the record is made; that they have looked is told to everybody. Errors: POLL_NOT_FOR_CHAIR, POLL_STILL_OPEN, POLL_UNKNOWN, ROLE_MAY_NOT.',
    rate: 'command',
    isIdempotent: true,
    params: PollParams,
    body: none,
    reply: CommandReply.extend({ ballots: z.array(NamedBallot) }),
  }),
};
