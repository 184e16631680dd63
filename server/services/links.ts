import { DOORS } from '../../core/contract/limits.ts';
import type { JoinLink } from '../../core/contract/sessions.ts';
import type { LinkId, LocalId, SessionId } from '../../core/domain/ids.ts';
import { guardLink } from '../../core/domain/links.ts';
import type { JoinableRole } from '../../core/domain/people.ts';
import { canBeDone } from '../../core/domain/room/course.ts';
import { hasEnded } from '../../core/domain/sessions.ts';
import { AppError, fromRefusal } from '../app-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { LinkStore, StoredLink } from '../ports/link-store.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import { linkToken } from './link-token.ts';
import { enterFor, type StandingDeps } from './standing.ts';

/** What links need of the world. */
export type LinksDeps = StandingDeps & {
  readonly links: LinkStore;
  /** The key that tokens are derived with. */
  readonly secret: string;
  readonly clock: Clock;
};

type NewLink = {
  readonly id: LinkId;
  readonly role: JoinableRole;
  readonly venueId: LocalId | null;
  readonly maxUses: number;
};

export type Links = ReturnType<typeof createLinks>;

/** Links (QR codes) of a session, for whoever manages them. origin is the address that people type. */
export function createLinks(deps: LinksDeps) {
  return {
    create: async (
      who: SignedIn,
      sessionId: SessionId,
      asked: { link: NewLink; origin: string },
    ): Promise<JoinLink> => {
      const { room } = await enterFor(deps, { who, sessionId, act: 'link:manage' });
      const { state } = room;
      if (!canBeDone(state, 'link:manage'))
        throw new AppError(hasEnded(state) ? 'SESSION_CLOSED' : 'SESSION_NOT_OPEN', { details: { state } });
      const { venueId } = asked.link;
      if (venueId !== null && !room.plan?.venues.some((venue) => venue.id === venueId))
        throw new AppError('VENUE_UNKNOWN');
      const allowed = guardLink(room.plan ?? {}, asked.link);
      if (!allowed.ok) throw fromRefusal(allowed.error);
      const stored = await keep(deps, sessionId, asked.link);
      return shown(deps, stored, asked.origin);
    },
    list: async (who: SignedIn, sessionId: SessionId, origin: string): Promise<JoinLink[]> => {
      await enterFor(deps, { who, sessionId, act: 'link:manage' });
      return (await deps.links.list(sessionId)).map((link) => shown(deps, link, origin));
    },
    revoke: async (
      who: SignedIn,
      sessionId: SessionId,
      asked: { id: LinkId; origin: string },
    ): Promise<JoinLink> => {
      await enterFor(deps, { who, sessionId, act: 'link:manage' });
      const link = await deps.links.revoke(sessionId, asked.id, deps.clock.now());
      if (link === null) throw new AppError('LINK_UNKNOWN');
      return shown(deps, link, asked.origin);
    },
  };
}

/** Why a link lets nobody new in; null when it does. */
export function closedBecause(
  link: StoredLink,
  now: string,
): 'LINK_REVOKED' | 'LINK_EXPIRED' | 'LINK_USED' | 'LINK_FULL' | null {
  if (link.revokedAt !== null) return 'LINK_REVOKED';
  if (link.expiresAt <= now) return 'LINK_EXPIRED';
  if (link.uses < link.maxUses) return null;
  return link.maxUses === 1 ? 'LINK_USED' : 'LINK_FULL';
}

/** The same link again is the same link; another one under its id is refused. */
async function keep({ links, clock }: LinksDeps, sessionId: SessionId, link: NewLink): Promise<StoredLink> {
  const expiresAt = new Date(Date.parse(clock.now()) + DOORS.linkHours * 3_600_000).toISOString();
  const wanted: StoredLink = { ...link, sessionId, uses: 0, expiresAt, revokedAt: null };
  if (await links.create(wanted)) return wanted;
  const found = await links.find(link.id);
  const isSame =
    found?.sessionId === sessionId &&
    found.role === link.role &&
    found.venueId === link.venueId &&
    found.maxUses === link.maxUses;
  if (!isSame) throw new AppError('ID_TAKEN');
  return found;
}

function shown(
  { secret }: LinksDeps,
  { sessionId: _sessionId, ...link }: StoredLink,
  origin: string,
): JoinLink {
  return { ...link, url: `${origin}/j#${linkToken(secret, link.id)}` };
}
