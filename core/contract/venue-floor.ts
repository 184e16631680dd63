import { z } from 'zod';
import { FLOOR_OVERRIDES, FloorOverride, TurnNumber } from '../domain/floor.ts';
import { LocalId, ParticipantId } from '../domain/ids.ts';
import { door } from './door.ts';
import { none } from './none.ts';
import { SessionParams } from './snapshot.ts';

const VenueParams = SessionParams.extend({ venueId: LocalId });

/** What is asked at the floor where a venue has it: part of the doors of a room [F10] [F11]. */
export const venueFloorDoors = {
  requestVenueFloor: door({
    method: 'POST',
    path: '/api/sessions/:sessionId/venues/:venueId/floor/request',
    summary:
      'Ask for the floor for the venue where one sits; whoever looks after the people there. Errors: VENUE_OTHER.',
    params: VenueParams,
    body: none,
    command: ({ venueId }) => ({ type: 'requestVenueFloor', venueId }),
  }),
  withdrawVenueFloor: door({
    method: 'DELETE',
    path: '/api/sessions/:sessionId/venues/:venueId/floor/request',
    summary: 'Withdraw the request of a venue for the floor. Errors: VENUE_OTHER.',
    params: VenueParams,
    body: none,
    command: ({ venueId }) => ({ type: 'withdrawVenueFloor', venueId }),
  }),
  giveVenueFloor: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/venues/:venueId/floor',
    summary:
      'Give a venue the floor; the turn before it ends. What it goes beyond of the rules must be meant.',
    params: VenueParams,
    body: z.strictObject({ overrides: z.array(FloorOverride).max(FLOOR_OVERRIDES.length).optional() }),
    command: ({ venueId }, body) => ({ type: 'giveVenueFloor', venueId, ...body }),
  }),
  nameVenueSpeaker: door({
    method: 'PUT',
    path: '/api/sessions/:sessionId/floor/speaker',
    summary:
      'Say who speaks, or spoke, for a venue in one of its turns; its desk, or whoever gives the floor. Errors: VENUE_OTHER, SPEAKER_ELSEWHERE.',
    params: SessionParams,
    body: z.strictObject({ turn: TurnNumber, participantId: ParticipantId.nullable() }),
    command: (_params, body) => ({ type: 'nameVenueSpeaker', ...body }),
  }),
};
