import { z } from 'zod';
import { FLOOR_OVERRIDES, FloorOverride, FloorRules, RequestKind } from '../domain/floor.ts';
import { ParticipantId } from '../domain/ids.ts';
import { LIMITS } from '../domain/limits.ts';
import { Stance } from '../domain/views.ts';
import { door } from './door.ts';
import { none } from './none.ts';
import { SessionParams } from './snapshot.ts';

/** What is asked at the floor: part of the doors of a room. */
export const floorDoors = {
  requestFloor: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/floor/requests',
    summary:
      'Ask for the floor: for a speech, a follow-up or a procedural motion; a speech also before the session.',
    params: SessionParams,
    body: z.strictObject({ kind: RequestKind.optional(), stance: Stance.optional() }),
    command: (_params, body) => ({ type: 'requestFloor', ...body }),
  }),
  withdrawFloor: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/floor/requests',
    summary: 'Withdraw my request for the floor.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'withdrawFloor' }),
  }),
  giveFloor: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/floor',
    summary:
      'Give the floor to somebody; the turn before it ends. What it goes beyond of the rules must be meant.',
    params: SessionParams,
    body: z.strictObject({
      participantId: ParticipantId,
      overrides: z.array(FloorOverride).max(FLOOR_OVERRIDES.length).optional(),
    }),
    command: (_params, body) => ({ type: 'giveFloor', ...body }),
  }),
  ruleFloor: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/floor/rules',
    summary: 'Set the rules of discussion: order, lengths, budgets, turns.',
    params: SessionParams,
    body: FloorRules,
    command: (_params, rules) => ({ type: 'ruleFloor', rules }),
  }),
  pauseFloor: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/floor/pause',
    summary: 'Let the timer of whoever speaks stand still.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'pauseFloor' }),
  }),
  resumeFloor: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/floor/resume',
    summary: 'Let the timer of whoever speaks go on.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'resumeFloor' }),
  }),
  extendFloor: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/floor/extend',
    summary: 'Give whoever speaks more seconds.',
    params: SessionParams,
    body: z.strictObject({
      seconds: z.int().min(LIMITS.extensionSeconds.least).max(LIMITS.extensionSeconds.most),
    }),
    command: (_params, { seconds }) => ({ type: 'extendFloor', seconds }),
  }),
  endFloor: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/floor',
    summary: 'End the turn that goes on; the chair, or whoever speaks.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'endFloor' }),
  }),
};
