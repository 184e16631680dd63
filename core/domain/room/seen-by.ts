import type { LogRow } from '../chain.ts';
import type { Envelope, RoomEvent } from '../events.ts';
import type { ViewId } from '../ids.ts';
import { joinPersonal } from '../personal.ts';
import type { Audience } from './audiences.ts';
import type { Names } from '../names.ts';
import { isOver } from '../sessions.ts';
import { bare } from '../pictures.ts';
import { pollSeenBy } from '../polls/poll.ts';
import { pollEventSeenBy } from '../polls/event-seen-by.ts';
import { itemOf } from './known-ids.ts';
import type { Moderation } from '../moderation.ts';
import type { Room, Seat } from './state.ts';

const NAMELESS = { name: '', affiliation: '' } as const;

/**
 * What an audience may read of an event: blanked, never dropped, so a gap always means a loss [L6].
 * Papers stay hidden from everybody until the poll closes, when poll:closed brings them, unless the poll is open [B4].
 */
export function seenBy(envelope: Envelope, audience: Audience): Envelope {
  const { event } = envelope;
  const counted = pollEventSeenBy(event, audience === 'chair');
  if (counted !== null) return { ...envelope, event: counted };
  const kept = keptFromAll(event);
  if (kept !== null) return { ...envelope, event: kept };
  // Who waits to be let in is known to those who look after the people; lobby:admitted tells the others [H1].
  if (event.type === 'participant:added' && event.waits === true && audience === 'room') {
    const { name, affiliation } = event.participant;
    if (name === '' && affiliation === '') return envelope;
    return { ...envelope, event: { ...event, participant: { ...event.participant, ...NAMELESS } } };
  }
  // Why a plan went back is between those who prepare it.
  if (event.type === 'session:returned' && audience === 'room' && event.why !== '') {
    return { ...envelope, event: { ...event, why: '' } };
  }
  if (event.type === 'participant:removed' && audience === 'room' && event.why !== '') {
    return { ...envelope, event: { ...event, why: '' } };
  }
  if (event.type === 'lobby:turnedAway' && audience === 'room' && event.why !== '') {
    return { ...envelope, event: { ...event, why: '' } };
  }
  // Why somebody is on leave is told to those who look after the people.
  if (event.type === 'leave:stated' && audience === 'room' && (event.why ?? '') !== '') {
    return { ...envelope, event: { ...event, why: '' } };
  }
  return envelope;
}

/**
 * What of moderation, and of looks at names, no audience is given, not the chair's either: whom it concerns asks for it, by their seat [X2]. Null
 * where there is nothing to blank.
 */
function keptFromAll(event: RoomEvent): RoomEvent | null {
  switch (event.type) {
    case 'view:held':
      return event.held === null && event.viewId === null ? null : { ...event, viewId: null, held: null };
    case 'view:reported':
      return event.report === null ? null : { ...event, report: null };
    case 'view:hidden': {
      const { account, ...rest } = event;
      const isBlank = event.was === null && event.why === '' && account === undefined;
      return isBlank ? null : { ...rest, was: null, why: '' };
    }
    case 'view:refused': {
      const { account, ...rest } = event;
      const isBlank = event.why === '' && event.viewId === null && account === undefined;
      return isBlank ? null : { ...rest, why: '', viewId: null };
    }
    case 'view:appealed':
    case 'view:upheld':
      return event.why === '' && event.viewId === null ? null : { ...event, why: '', viewId: null };
    case 'reports:dismissed': {
      const { seen, ...rest } = event;
      const isBlank = event.why === '' && event.viewId === null && seen === undefined;
      return isBlank ? null : { ...rest, why: '', viewId: null };
    }
    case 'view:forgone':
      return event.viewId === null ? null : { ...event, viewId: null };
    case 'name:lookedAt':
      return event.look === null ? null : { ...event, look: null };
    case 'speaker:muted':
      return event.why === '' ? null : { ...event, why: '' };
    default:
      return null;
  }
}

/** What of a room decides on what is still to be read of its log. */
type ReadLater = Pick<Room, 'views' | 'state' | 'names' | 'participants'>;

/**
 * As seenBy, for somebody who reads the log later: words that were withdrawn or hidden since are the chair's alone, who answers for
 * what happened in the room. They were in the room when everybody heard them, and its fold forgets them all the same [V9].
 */
export function seenLater(envelope: Envelope, audience: Audience, room: ReadLater): Envelope {
  const seen = withoutRealName(withoutOldReasons(seenBy(envelope, audience), room), room);
  if (audience === 'chair') return seen;
  const { event } = seen;
  switch (event.type) {
    case 'view:posted':
    case 'view:passed':
      return event.view.text !== '' && isGone(room, event.view.id)
        ? { ...seen, event: { ...event, view: { ...bare(event.view), text: '' } } }
        : seen;
    case 'view:edited':
      return event.text !== '' && isGone(room, event.viewId)
        ? { ...seen, event: { ...event, text: '' } }
        : seen;
    case 'view:restored': {
      if (event.text === '' || !isGone(room, event.viewId)) return seen;
      const { enclosed: _enclosed, ...rest } = event;
      return { ...seen, event: { ...rest, text: '' } };
    }
    default:
      return seen;
  }
}

/**
 * As seenBy, for whoever asks again what their own command has brought: the first answer, without names that are given
 * to nobody any more [U2].
 */
export function seenAgain(envelope: Envelope, audience: Audience, room: ReadLater): Envelope {
  return withoutRealName(seenBy(envelope, audience), room);
}

/** Why somebody was on leave or turned away is in nobody's record of a session that is over, the chair's either [I4] [H2]. */
function withoutOldReasons(envelope: Envelope, { state }: ReadLater): Envelope {
  const { event } = envelope;
  const isReason = event.type === 'leave:stated' || event.type === 'lobby:turnedAway';
  if (!isReason || !isOver(state) || (event.why ?? '') === '') return envelope;
  return { ...envelope, event: { ...event, why: '' } };
}

/** A name that people were shown by before they were shown by a form of address; the chair looks at it as anybody [U2]. */
function withoutRealName(envelope: Envelope, { names, participants }: ReadLater): Envelope {
  const { event } = envelope;
  if (names === undefined || event.type !== 'participant:added' || event.participant.isGuest) return envelope;
  const { id, name } = event.participant;
  if (name === '' || participants[id]?.name === name) return envelope;
  return { ...envelope, event: { ...event, participant: { ...event.participant, name: '' } } };
}

/** Whether the words of a view have left the room: withdrawn, or hidden. */
function isGone({ views }: Pick<Room, 'views'>, id: ViewId): boolean {
  const view = itemOf(views, id);
  return view?.withdrawnAt !== undefined || view?.hidden !== undefined;
}

/**
 * A row of the chain as an audience may read it: what seenBy blanks is withheld as if it were erased, the salt with
 * it, because a few choices are soon tried against their hash. The chain still verifies [L4] [L6].
 */
export function rowSeenBy(row: LogRow, audience: Audience, room: ReadLater): LogRow {
  if (row.personal === null) return row;
  const { seq, at, by } = row;
  const envelope = { seq, at, by, event: joinPersonal(row.payload, row.personal) };
  return seenLater(envelope, audience, room) === envelope ? row : { ...row, personal: null, salt: null };
}

/** The room as an audience sees it: equal to the fold of what seenBy lets through [L6]. */
export function roomSeenBy(room: Room, audience: Audience = 'chair'): Room {
  const isSecret = audience === 'room' && room.state === 'returned' && room.note !== undefined;
  const moderation = withoutSecrets(room.moderation);
  return {
    ...room,
    participants: audience === 'room' ? withoutSecretsOf(room.participants) : room.participants,
    ...(isSecret ? { note: { ...room.note, why: '' } } : {}),
    ...(moderation === undefined ? {} : { moderation }),
    ...(room.names === undefined ? {} : { names: withoutLooks(room.names) }),
    polls: room.polls.map((poll) => pollSeenBy(poll, audience === 'chair')),
  };
}

// A seat that is shown is the same each time, because a snapshot keeps its pieces by their seats.
const blanked = new WeakMap<Seat, Seat>();

function withoutSecretsOf(participants: Room['participants']): Room['participants'] {
  const hasSecrets = ({ leaveWhy = '', turnedAwayWhy = '', waitingAt }: Seat) =>
    leaveWhy !== '' || turnedAwayWhy !== '' || waitingAt !== undefined;
  const seats = Object.values(participants).filter(hasSecrets);
  if (seats.length === 0) return participants;
  const quiet = seats.map((seat): Seat => {
    const known = blanked.get(seat) ?? {
      ...seat,
      // They wait, or were turned away.
      ...(seat.waitingAt === undefined ? {} : NAMELESS),
      ...(seat.leaveWhy === undefined ? {} : { leaveWhy: '' }),
      ...(seat.turnedAwayWhy === undefined ? {} : { turnedAwayWhy: '' }),
    };
    blanked.set(seat, known);
    return known;
  });
  return { ...participants, ...Object.fromEntries(quiet.map((seat) => [seat.id, seat])) };
}

function withoutLooks(names: Names): Names {
  const { secrets: _secrets, ...seen } = names;
  return names.secrets === undefined ? names : seen;
}

function withoutSecrets(moderation: Moderation | undefined): Moderation | undefined {
  if (moderation?.secrets === undefined) return moderation;
  const { secrets: _secrets, ...seen } = moderation;
  return seen;
}
