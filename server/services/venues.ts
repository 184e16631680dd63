import type { CommandReply } from '../../core/contract/door.ts';
import type { CheckInCode } from '../../core/contract/venues.ts';
import type { LocalId, SessionId } from '../../core/domain/ids.ts';
import { venueOf } from '../../core/domain/room/roll.ts';
import { hasEnded } from '../../core/domain/sessions.ts';
import { AppError } from '../app-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { checkInCode, readCheckInCode } from './check-in-code.ts';
import type { RoomsService } from './rooms.ts';
import { enterFor, type StandingDeps } from './standing.ts';

export type VenuesDeps = StandingDeps & {
  readonly submit: RoomsService['submit'];
  /** The key that codes are signed with. */
  readonly secret: string;
  readonly clock: Clock;
};

export type VenuesService = ReturnType<typeof createVenues>;

/** Checking in where one is. */
export function createVenues(deps: VenuesDeps) {
  const nowMs = () => Date.parse(deps.clock.now());
  return {
    /** Throws ROLE_MAY_NOT, VENUE_UNKNOWN, SESSION_CLOSED. origin is the address that people type. */
    showCode: async (
      who: SignedIn,
      sessionId: SessionId,
      { venueId, origin }: { readonly venueId: LocalId; readonly origin: string },
    ): Promise<CheckInCode> => {
      const { room } = await enterFor(deps, { who, sessionId, act: 'people:manage' });
      if (hasEnded(room.state)) throw new AppError('SESSION_CLOSED');
      if (venueOf(room, venueId) === null) throw new AppError('VENUE_UNKNOWN');
      const { code, nextInMs } = checkInCode(deps.secret, { sessionId, venueId }, nowMs());
      return { code, nextInMs, url: `${origin}/check-in#${sessionId}.${code}` };
    },
    /** Throws CODE_UNKNOWN, CODE_EXPIRED, and every refusal of a check-in. */
    checkIn: async (
      who: SignedIn,
      sessionId: SessionId,
      { code, key }: { readonly code: string; readonly key: string },
    ): Promise<CommandReply & { venueName: string }> => {
      // Whoever has no seat learns nothing of codes.
      const { room } = await enterFor(deps, { who, sessionId, act: 'room:enter' });
      const read = readCheckInCode(deps.secret, { code, sessionId, nowMs: nowMs() });
      if (read.kind !== 'good') throw new AppError(read.kind === 'expired' ? 'CODE_EXPIRED' : 'CODE_UNKNOWN');
      const { events } = await deps.submit({
        who,
        sessionId,
        key,
        command: { type: 'checkInByCode', venueId: read.venueId },
      });
      return { events, venueName: venueOf(room, read.venueId)?.name ?? '' };
    },
  };
}
