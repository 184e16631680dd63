import type { LinkPreview } from '../../core/contract/accounts.ts';
import { RETENTION } from '../../core/contract/limits.ts';
import { ParticipantId, PersonId, type LocalId, type SessionId } from '../../core/domain/ids.ts';
import { seatOf, type Room, type Seat } from '../../core/domain/room/state.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { LinkStore, StoredLink } from '../ports/link-store.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { Seats } from '../ports/seats.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import type { Throttle } from '../ports/throttle.ts';
import { signInEnd } from './accounts.ts';
import { readLinkToken } from './link-token.ts';
import { closedBecause } from './links.ts';
import { GUEST_NAMES } from './role-names.ts';

/** What joining needs of the world. */
export type JoiningDeps = {
  readonly links: LinkStore;
  readonly rooms: Rooms;
  readonly seats: Seats;
  /** Wrong tokens, by address: guessing is slowed, a hall with good tokens is not. */
  readonly guesses: Throttle;
  readonly secret: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
};

type Knock = { readonly token: string; readonly address: string; readonly who: SignedIn | null };
type Wish = Knock & { readonly name: string; readonly venueId: LocalId | null };
/** token is null when the browser keeps the sign-in it has. */
type Joined = {
  readonly sessionId: SessionId;
  readonly participantId: ParticipantId;
  readonly token: string | null;
};

export type Joining = ReturnType<typeof createJoining>;

/** How guests come in by a link. */
export function createJoining(deps: JoiningDeps) {
  return {
    preview: (knock: Knock) => preview(deps, knock),
    join: (wish: Wish) => join(deps, wish),
  };
}

async function preview(deps: JoiningDeps, knock: Knock): Promise<LinkPreview> {
  const link = await genuineLink(deps, knock);
  const [room, houses] = await Promise.all([
    deps.rooms.current(link.sessionId),
    deps.links.housesOf(link.sessionId),
  ]);
  const seat = await seatHeld(deps, link.sessionId, { room, who: knock.who });
  if (seat === null) guardOpen(deps, link, room);
  if (room.plan === null || houses === null) throw new AppError('LINK_UNKNOWN');
  return {
    sessionId: link.sessionId,
    title: room.plan.title,
    ...houses,
    mode: room.plan.mode,
    state: room.state,
    role: link.role,
    venues: room.plan.venues.map(({ id, name }) => ({ id, name })),
    venueId: link.venueId,
    retentionDays: RETENTION.guestDays,
    seat: seat === null ? null : { participantId: seat.id, name: seat.name, role: seat.role },
  };
}

async function join(deps: JoiningDeps, wish: Wish): Promise<Joined> {
  const link = await genuineLink(deps, wish);
  const { sessionId } = link;
  const room = await deps.rooms.current(sessionId);
  const held = await seatHeld(deps, sessionId, { room, who: wish.who });
  if (held !== null) return { sessionId, participantId: held.id, token: null };
  guardOpen(deps, link, room);
  const venueId = link.venueId ?? wish.venueId ?? room.plan?.venues[0]?.id;
  if (!room.plan?.venues.some((venue) => venue.id === venueId) || venueId === undefined)
    throw new AppError('VENUE_UNKNOWN');
  return await letIn(deps, link, { room, name: wish.name, venueId });
}

/**
 * Person, sign-in and use are one transaction; the seat is the room's own. When the room refuses, or cannot commit,
 * the first is taken back.
 */
async function letIn(
  deps: JoiningDeps,
  link: StoredLink,
  { room, name, venueId }: { room: Room; name: string; venueId: LocalId },
): Promise<Joined> {
  const { ids, clock, rooms, links } = deps;
  const now = clock.now();
  const personId = PersonId.parse(ids.uuid());
  const participantId = ParticipantId.parse(ids.uuid());
  const token = ids.token();
  const guest = { linkId: link.id, personId, name, token, signInExpiresAt: signInEnd(now), now };
  const number = await links.admit(guest);
  if (number === null) throw new AppError(await whyNotAdmitted(deps, link));
  try {
    await rooms.submit({
      sessionId: link.sessionId,
      who: { kind: 'link', role: link.role },
      actor: `link:${link.id}`,
      key: `join-${participantId}`,
      command: {
        type: 'addParticipant',
        personId,
        participant: {
          id: participantId,
          role: link.role,
          name: name === '' ? numbered(room, link, number) : name,
          affiliation: '',
          venueId,
          isGuest: true,
        },
      },
    });
  } catch (error) {
    // Heard by the log: the guest's own error is answered at once.
    void dismissLater(deps, link, personId);
    throw error;
  }
  return { sessionId: link.sessionId, participantId, token };
}

/** 群众代表 3 is the third whom the session's links let in with that role; a number that is taken is skipped. */
function numbered(room: Room, link: StoredLink, number: number): string {
  const taken = new Set(Object.values(room.participants).map((seat) => seat.name));
  let free = number;
  while (taken.has(`${GUEST_NAMES[link.role]} ${free}`)) free += 1;
  return `${GUEST_NAMES[link.role]} ${free}`;
}

/** A database that is away takes back nothing: try again until it is there, for some minutes. */
async function dismissLater(
  { links, log }: JoiningDeps,
  link: StoredLink,
  personId: PersonId,
): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    try {
      await links.dismiss(link.id, personId);
      return;
    } catch (error) {
      log.warn({ err: error, attempt }, 'an admission could not be taken back yet');
      await new Promise<void>((resolve) => setTimeout(resolve, 5_000).unref());
    }
  }
}

/** Forged, malformed and unknown tokens have one answer at one price: a digest and a look-up. */
async function genuineLink(
  { links, guesses, secret }: JoiningDeps,
  { token, address }: Knock,
): Promise<StoredLink> {
  const { id, isGenuine } = readLinkToken(secret, token);
  const link = await links.find(id);
  if (isGenuine && link !== null) return link;
  const waitMs = await guesses.waitMs(address);
  if (waitMs !== null) throw new AppError('TOO_OFTEN', { details: { retryAfterMs: waitMs } });
  await guesses.fail(address);
  throw new AppError('LINK_UNKNOWN');
}

/** The seat that this browser holds in the session, by a link or with an account. */
async function seatHeld(
  { seats }: JoiningDeps,
  sessionId: SessionId,
  { room, who }: { room: Room; who: SignedIn | null },
): Promise<Seat | null> {
  const id = who === null ? null : await seats.find(sessionId, who.personId);
  if (id === null) return null;
  const seat = seatOf(room, id);
  if (seat === undefined) throw new AppError('REMOVED_FROM_SESSION');
  return seat;
}

function guardOpen({ clock }: JoiningDeps, link: StoredLink, room: Room): void {
  const why = closedBecause(link, clock.now());
  if (why !== null) throw new AppError(why);
  if (room.state === 'archived') throw new AppError('SESSION_CLOSED');
}

async function whyNotAdmitted({ links, clock }: JoiningDeps, link: StoredLink) {
  const now = await links.find(link.id);
  if (now === null) return 'LINK_UNKNOWN';
  return closedBecause(now, clock.now()) ?? (link.maxUses === 1 ? 'LINK_USED' : 'LINK_FULL');
}
