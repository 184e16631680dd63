import type { accountRoutes, LinkPreview } from '../../core/contract/accounts.ts';
import { DOORS, RETENTION } from '../../core/contract/limits.ts';
import type { BodyOf } from '../../core/contract/route.ts';
import { CONSENT_VERSIONS, type Consent } from '../../core/domain/consent.ts';
import type { LocalId, ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';
import { wordsAgainst } from '../../core/domain/room/listed-words.ts';
import type { Room, Seat } from '../../core/domain/room/state.ts';
import { hasEnded } from '../../core/domain/sessions.ts';
import type { FoldedWords } from '../../core/domain/word-list.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { LinkStore, StoredLink } from '../ports/link-store.ts';
import type { NameStore } from '../ports/name-store.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { Seats } from '../ports/seats.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import type { Throttle } from '../ports/throttle.ts';
import { signInEnd } from './accounts.ts';
import { joinIdentity, type JoinIdentity } from './join-identity.ts';
import { readLinkToken } from './link-token.ts';
import { closedBecause } from './links.ts';
import { GUEST_NAMES } from './role-names.ts';

/** What joining needs of the world. */
export type JoiningDeps = {
  readonly links: LinkStore;
  readonly names: NameStore;
  readonly rooms: Rooms;
  readonly seats: Seats;
  /** Wrong tokens, by address: guessing is slowed, a hall with good tokens is not. */
  readonly guesses: Throttle;
  readonly secret: string;
  readonly clock: Clock;
  /** The list of words that names go by as well [X10]. */
  readonly wordsOf: (sessionId: SessionId) => Promise<FoldedWords>;
  readonly log: Log;
};

type Knock = { readonly token: string; readonly address: string; readonly who: SignedIn | null };
type Wish = Knock & {
  /** The browser's own: the same key again is the same guest. */
  readonly key: string;
  /** What the page said that they agree to; true: of before there were versions. */
  readonly consent: BodyOf<typeof accountRoutes.join>['consent'];
  readonly name: string;
  /** Where people are shown by a form of address: what somebody is really called, if they say so [U1]. */
  readonly realName?: string | undefined;
  readonly venueId: LocalId | null;
};
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
    shown: shownIn(room),
    retentionDays: RETENTION.guestDays,
    retentionDaysConfirming: RETENTION.guestDaysConfirming,
    seat: seat === null ? null : { participantId: seat.id, name: seat.name, role: seat.role },
    signedInAs:
      seat !== null || knock.who === null ? null : { name: knock.who.name, isGuest: knock.who.isGuest },
  };
}

async function join(deps: JoiningDeps, wish: Wish): Promise<Joined> {
  const link = await genuineLink(deps, wish);
  const { sessionId } = link;
  const room = await deps.rooms.current(sessionId);
  const held = await seatHeld(deps, sessionId, { room, who: wish.who });
  if (held !== null) return { sessionId, participantId: held.id, token: null };
  // A guest's sign-in would silently take the place of the account's: first they sign out, or get a seat [P11].
  if (wish.who?.isGuest === false) throw new AppError('SIGNED_IN_WITHOUT_SEAT');
  const identity = joinIdentity(deps.secret, link.id, wish.key);
  const known = await seatHeld(deps, sessionId, { room, who: identity });
  if (known !== null) return { sessionId, participantId: known.id, token: identity.token };
  // What an earlier knock began is finished, though the link may be used up by it.
  if (closedBecause(link, deps.clock.now()) === null || !(await deps.links.isAdmitted(identity.personId)))
    guardOpen(deps, link, room);
  if (hasEnded(room.state)) throw new AppError('SESSION_CLOSED', { details: { state: room.state } });
  const venueId = link.venueId ?? wish.venueId ?? room.plan?.venues[0]?.id;
  if (!room.plan?.venues.some((venue) => venue.id === venueId) || venueId === undefined)
    throw new AppError('VENUE_UNKNOWN');
  const { name, realName = '' } = wish;
  const consent = agreedIn(deps, wish, room);
  await guardName(deps, sessionId, name);
  return await letIn(deps, link, { room, identity, name, realName, consent, venueId });
}

/**
 * What they agreed to, and when. Nobody agrees to words that they were not shown: the page shows the new ones first, and
 * so does one that was loaded while people were shown in another way [U4].
 */
function agreedIn({ clock }: JoiningDeps, { consent }: Wish, room: Room): Consent {
  const [first] = CONSENT_VERSIONS;
  // What a page of before versions said of names is not known.
  const said = consent === true ? { version: first, locale: null, shown: null } : consent;
  const isAsNow = said.shown === null || said.shown === shownIn(room);
  // An earlier version, of a page that was loaded before the words of now, promised no less: what it promised is kept.
  const version = CONSENT_VERSIONS.find((known) => known === said.version);
  if (version === undefined || !isAsNow) throw new AppError('CONSENT_CHANGED');
  return { ...said, version, at: clock.now() };
}

const shownIn = ({ names }: Room) => names?.shown ?? 'name';

/** A name neither waits nor is covered: whoever gives it is there to give another, and is told which words stand against it. */
async function guardName({ wordsOf }: JoiningDeps, sessionId: SessionId, name: string): Promise<void> {
  const words = wordsAgainst(name, await wordsOf(sessionId));
  if (words !== '') throw new AppError('WORDS_NOT_TAKEN', { details: { words, field: 'name' } });
}

type Entry = {
  readonly room: Room;
  readonly identity: JoinIdentity;
  readonly name: string;
  readonly realName: string;
  readonly consent: Consent;
  readonly venueId: LocalId;
};

/**
 * Person, sign-in and use are one transaction; the seat is the room's own. Whatever stops it in between, the same
 * knock again goes on from there [P4]; when the room refuses, the first is taken back.
 */
async function letIn(deps: JoiningDeps, link: StoredLink, entry: Entry): Promise<Joined> {
  const { rooms, seats } = deps;
  const { personId, participantId, token } = entry.identity;
  const joined = { sessionId: link.sessionId, participantId, token };
  const name = await admit(deps, link, entry);
  if (entry.room.names !== undefined && entry.realName !== '')
    await deps.names.keep(personId, entry.realName);
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
          name,
          affiliation: '',
          venueId: entry.venueId,
          isGuest: true,
        },
      },
    });
  } catch (error) {
    // Another knock of the same browser was quicker, perhaps with another venue: the seat is theirs.
    if (isTaken(error) && (await seats.find(link.sessionId, personId)) === participantId) return joined;
    // Heard by the log: the guest's own error is answered at once. Storage that is away says nothing of what was
    // kept, and whoever knocks again will want it.
    if (!isAway(error)) void dismissLater(deps, link, personId);
    throw error;
  }
  return joined;
}

const isTaken = (error: unknown): boolean =>
  error instanceof AppError && ['KEY_REUSED', 'ALREADY_THERE', 'ID_TAKEN'].includes(error.reason);
const isAway = (error: unknown): boolean => error instanceof AppError && error.code === 'UNAVAILABLE';

/** Makes the person, and says how the room calls them. */
async function admit(
  deps: JoiningDeps,
  link: StoredLink,
  { room, identity, name, consent }: Entry,
): Promise<string> {
  const now = deps.clock.now();
  const numberedAs = GUEST_NAMES[link.role];
  const called = await deps.links.admit({
    linkId: link.id,
    personId: identity.personId,
    token: identity.token,
    name,
    numberedAs,
    consent,
    signInExpiresAt: signInEnd(now, DOORS.guestSignInDays),
    now,
  });
  if (called === null) throw new AppError(await whyNotAdmitted(deps, link));
  return name === '' ? unlikeOthers(room, numberedAs, called) : called;
}

/** 群众代表 3 is the third whom the session's links let in with that role; a number that is taken is skipped. */
function unlikeOthers(room: Room, numberedAs: string, called: string): string {
  const taken = namesIn(room);
  const number = Number(called.slice(numberedAs.length + 1));
  if (!called.startsWith(`${numberedAs} `) || !Number.isSafeInteger(number)) return called;
  let free = number;
  while (taken.has(`${numberedAs} ${free}`)) free += 1;
  return `${numberedAs} ${free}`;
}

/** Names of a room, which is never changed in place: a hall that scans at once asks for the same one. */
function namesIn(room: Room): ReadonlySet<string> {
  const names = KNOWN_NAMES.get(room) ?? new Set(Object.values(room.participants).map((seat) => seat.name));
  KNOWN_NAMES.set(room, names);
  return names;
}
const KNOWN_NAMES = new WeakMap<Room, ReadonlySet<string>>();

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
  { seats, rooms }: JoiningDeps,
  sessionId: SessionId,
  { room, who }: { room: Room; who: Pick<SignedIn, 'personId'> | null },
): Promise<Seat | null> {
  const id = who === null ? null : await seats.find(sessionId, who.personId);
  if (id === null) return null;
  // The seat may be newer than the room that was read before it: another knock has just got it.
  const now = Object.hasOwn(room.participants, id) ? room : await rooms.current(sessionId);
  const seat = now.participants[id];
  // Whoever waits in the lobby keeps their place there, too.
  if (seat?.removedAt !== null) throw new AppError('REMOVED_FROM_SESSION');
  return seat;
}

function guardOpen({ clock }: JoiningDeps, link: StoredLink, room: Room): void {
  const why = closedBecause(link, clock.now());
  if (why !== null) throw new AppError(why);
  if (hasEnded(room.state)) throw new AppError('SESSION_CLOSED', { details: { state: room.state } });
}

async function whyNotAdmitted({ links, clock }: JoiningDeps, link: StoredLink) {
  const now = await links.find(link.id);
  if (now === null) return 'LINK_UNKNOWN';
  return closedBecause(now, clock.now()) ?? (link.maxUses === 1 ? 'LINK_USED' : 'LINK_FULL');
}
