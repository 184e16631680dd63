import { createHash } from 'node:crypto';
import { DOORS } from '../../core/contract/limits.ts';
import type { CommandReply } from '../../core/contract/door.ts';
import type { QueryOf } from '../../core/contract/route.ts';
import type { sessionRoutes } from '../../core/contract/sessions.ts';
import type { Snapshot } from '../../core/contract/snapshot.ts';
import type { Envelope } from '../../core/domain/events.ts';
import type { PollId, SessionId, ViewId } from '../../core/domain/ids.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import { casterAt, placeOf } from '../../core/domain/polls/places.ts';
import type { Poll } from '../../core/domain/polls/poll.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import { pageOf, viewIn, type Page } from '../../core/domain/room/earlier.ts';
import { isListed } from '../../core/domain/room/listed-words.ts';
import type { Who } from '../../core/domain/room/guards.ts';
import type { SaidFilter } from '../../core/domain/room/said-filter.ts';
import { roomSeenBy, seenAgain, seenLater } from '../../core/domain/room/seen-by.ts';
import { seatOf, type Room } from '../../core/domain/room/state.ts';
import type { View } from '../../core/domain/views.ts';
import type { FoldedWords } from '../../core/domain/word-list.ts';
import { AppError } from '../app-error.ts';
import { fitting } from '../fitting.ts';
import type { Clock } from '../ports/clock.ts';
import type { Cut, SignedIn } from '../ports/sign-ins.ts';
import type { Snapshots } from '../rooms/snapshot.ts';
import type { SharedText } from '../shared-text.ts';
import { audienceFor, enterFor, standingFor, type StandingDeps } from './standing.ts';

/** What the doors of a room need of the world. */
export type RoomsServiceDeps = StandingDeps & {
  readonly snapshots: Snapshots;
  /** The list of words that what is sent to a session goes by [X10]. */
  readonly wordsOf: (sessionId: SessionId) => Promise<FoldedWords>;
  /** Makes the key of a ballot box before its poll opens. */
  readonly readyBox: (standing: Who, of: { sessionId: SessionId; pollId: PollId }) => Promise<void>;
  /** How long ballots on their way into a box are waited for, milliseconds. */
  readonly endingMs: number;
  readonly cut: (cut: Cut) => void;
  readonly clock: Clock;
};

export type RoomsService = ReturnType<typeof createRoomsService>;

/** What people ask of a live room. */
export function createRoomsService(deps: RoomsServiceDeps) {
  return {
    submit: (asked: Asked) => submit(deps, asked),
    snapshot: (who: SignedIn, sessionId: SessionId) => takeSnapshot(deps, who, sessionId),
    events: (who: SignedIn, sessionId: SessionId, after: number) =>
      readEvents(deps, { who, sessionId, after }),
    // Every audience reads the same views; what differs between them is blanked by roomSeenBy.
    views: async (who: SignedIn, sessionId: SessionId, asked: PageAsked): Promise<Page> => {
      const { room } = await enterFor(deps, { who, sessionId, act: 'room:read' });
      return pageOf(roomSeenBy(room), { ...asked, filter: filterOf(asked) });
    },
    poll: async (who: SignedIn, sessionId: SessionId, pollId: PollId): Promise<Poll> => {
      const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
      const poll = roomSeenBy(room, audienceFor(room, standing)).polls.find(
        ({ draft }) => draft.id === pollId,
      );
      if (poll === undefined) throw new AppError('POLL_UNKNOWN');
      return poll;
    },
    view: async (who: SignedIn, sessionId: SessionId, viewId: ViewId): Promise<View> => {
      const { room } = await enterFor(deps, { who, sessionId, act: 'room:read' });
      const view = viewIn(roomSeenBy(room), viewId);
      if (view === undefined) throw new AppError('VIEW_UNKNOWN');
      return view;
    },
  };
}

type PageAsked = QueryOf<typeof sessionRoutes.getViews>;

function filterOf({ stance, role, itemId, venueId, by, isKeyPoint, q }: PageAsked): SaidFilter {
  return {
    stance: stance ?? null,
    role: role ?? null,
    itemId: itemId ?? null,
    venueId: venueId ?? null,
    by: by ?? null,
    isKeyPoint: isKeyPoint === undefined ? null : true,
    q: q ?? null,
  };
}

type Asked = {
  readonly who: SignedIn;
  readonly sessionId: SessionId;
  readonly key: string;
  readonly command: Command;
};

async function submit(deps: RoomsServiceDeps, asked: Asked): Promise<CommandReply> {
  const { who, sessionId, key, command } = asked;
  const standing = await standingFor(deps, { who, sessionId, command });
  if (command.type === 'openPoll') await deps.readyBox(standing, { sessionId, pollId: command.pollId });
  const { personId, signInId } = who;
  const claim = { signInId, personId, seat: standing.kind === 'participant' ? standing.id : null };
  const words = isListed(command) ? { words: await deps.wordsOf(sessionId) } : {};
  const ending = command.type === 'closePoll' ? { endingMs: deps.endingMs } : {};
  const asker = { who: standing, actor: personId, claim };
  const events = await deps.rooms.submit({ sessionId, ...asker, key, command, ...words, ...ending });
  const last = events[events.length - 1];
  if (last === undefined) return { events: [] };
  await cutRemoved(deps, sessionId, events);
  const room = await deps.rooms.since(sessionId, last.seq);
  const audience = audienceFor(room, standing);
  return { events: events.map((envelope) => seenAgain(envelope, audience, room)) };
}

/** Whoever was removed hears and writes no more from this moment, in every process. */
async function cutRemoved(
  deps: RoomsServiceDeps,
  sessionId: SessionId,
  events: readonly Envelope[],
): Promise<void> {
  for (const { event } of events) {
    if (event.type !== 'participant:removed') continue;
    const personId = await deps.sessions.holderOf(sessionId, event.participantId);
    if (personId !== null) deps.cut({ kind: 'person', personId, sessionId });
  }
}

/** Written by hand behind the shared text of the room, so that a hall that joins costs one serialisation. */
async function takeSnapshot(
  deps: RoomsServiceDeps,
  who: SignedIn,
  sessionId: SessionId,
): Promise<{ readonly shared: SharedText; readonly own: string; readonly tag: string }> {
  const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
  const audience = audienceFor(room, standing);
  const mine = {
    participantId: standing.kind === 'participant' ? standing.id : null,
    papers: papersOf(room, standing),
  };
  const rest: Omit<Snapshot, 'room'> = { audience, mine, now: deps.clock.now() };
  const { text, digest } = deps.snapshots(room, audience);
  // The clock is left out: whoever has the rest needs no second copy of it.
  const tag = digestOf([digest, JSON.stringify(mine)]);
  return { shared: text, own: `,${JSON.stringify(rest).slice(1)}`, tag };
}

function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 27);
}

function papersOf(room: Room, standing: Who): Record<PollId, Paper> {
  if (standing.kind !== 'participant') return {};
  const { id } = standing;
  const seat = seatOf(room, id);
  return Object.fromEntries(
    room.polls.flatMap((poll) => {
      const place = poll.phase === 'open' && seat !== undefined ? placeOf(poll, seat) : null;
      const isOwn = poll.phase === 'open' && place !== null && casterAt(poll, place) === id;
      const paper = isOwn ? poll.ballots[place] : undefined;
      return paper === undefined || paper === null ? [] : [[poll.draft.id, paper]];
    }),
  );
}

async function readEvents(
  deps: RoomsServiceDeps,
  { who, sessionId, after }: { who: SignedIn; sessionId: SessionId; after: number },
): Promise<{ events: Envelope[]; more: boolean }> {
  const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
  const audience = audienceFor(room, standing);
  const found = await deps.rooms.eventsAfter(sessionId, after, DOORS.catchUpEvents + 1);
  const seen = found.slice(0, DOORS.catchUpEvents).map((envelope) => seenLater(envelope, audience, room));
  // A page whose size nobody knows would be too long for a slow line to answer in time.
  const events = fitting(seen, DOORS.eventPageBytes);
  const page = events.length > 0 ? events : seen.slice(0, 1);
  return { events: page, more: found.length > page.length };
}
