import { z } from 'zod';
import { ViewId } from '../domain/ids.ts';
import { Merging } from '../domain/merges.ts';
import { ScreenScene } from '../domain/screen.ts';
import { door } from './door.ts';
import { none } from './none.ts';
import { SessionParams } from './snapshot.ts';

const ViewParams = SessionParams.extend({ viewId: ViewId });

/** What whoever keeps the record, or runs the session, brings out; part of the doors of a room. */
export const curatingDoors = {
  markView: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/views/:viewId/key-point',
    summary: 'Mark a view as a key point, for everybody to see. Errors: MARKED_ALREADY, VIEW_WITHDRAWN.',
    params: ViewParams,
    body: none,
    command: ({ viewId }) => ({ type: 'markView', viewId }),
  }),
  unmarkView: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/views/:viewId/key-point',
    summary: 'Take the mark of a key point off. Errors: NOT_MARKED.',
    params: ViewParams,
    body: none,
    command: ({ viewId }) => ({ type: 'unmarkView', viewId }),
  }),
  spotlightView: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/views/:viewId/spotlight',
    summary: 'Put a view before everybody, in the place of another. Errors: SHOWN_ALREADY, VIEW_WITHDRAWN.',
    params: ViewParams,
    body: none,
    command: ({ viewId }) => ({ type: 'spotlightView', viewId }),
  }),
  endSpotlight: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/spotlight',
    summary: 'Take the view off that is put before everybody. Errors: NOT_SHOWN.',
    params: SessionParams,
    body: none,
    command: () => ({ type: 'endSpotlight' }),
  }),
  mergeViews: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/merges',
    summary:
      'Merge views that say the same: others are read under the lead, beside those that are already. Errors: MERGED_ALREADY, MERGE_TOO_LARGE (max).',
    params: SessionParams,
    body: Merging,
    command: (_params, merging) => ({ type: 'mergeViews', merging }),
  }),
  splitViews: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/splits',
    summary: 'Let views that were merged under a lead stand for themselves again. Errors: NOT_MERGED.',
    params: SessionParams,
    body: Merging,
    command: (_params, merging) => ({ type: 'splitViews', merging }),
  }),
  showScene: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/screen',
    summary: 'Say what the big screen shows, until somebody says otherwise. Errors: SHOWN_ALREADY.',
    params: SessionParams,
    body: z.strictObject({ scene: ScreenScene }),
    command: (_params, { scene }) => ({ type: 'showScene', scene }),
  }),
};
