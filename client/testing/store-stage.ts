import type { Snapshot } from '../../core/contract/snapshot.ts';
import type { Envelope } from '../../core/domain/events.ts';
import { apply, applyAll } from '../../core/domain/room/apply.ts';
import { pageOf, trimmed } from '../../core/domain/room/earlier.ts';
import { EMPTY_ROOM } from '../../core/domain/room/state.ts';
import type { SignalCounts } from '../../core/domain/signals.ts';
import { as, participantId, seated, view } from '../../core/testing/builders.ts';
import { ApiError } from '../lib/errors.ts';
import { fakeTime, settled } from '../lib/fake-time.ts';
import type { LineListener } from '../lib/socket.ts';
import { createRoomStore } from '../room/room-store.ts';

/** A server with a log, a line that can be cut, and a store that listens to it. */
export function stage() {
  const time = fakeTime();
  const t = seated({ open: true });
  const asked = {
    snapshots: 0,
    tags: [] as (string | null)[],
    pages: [] as number[],
    events: [] as number[],
    heard: [] as number[],
  };
  let listener: LineListener | null = null;
  let fault: ApiError | null = null;
  let behind = false;
  let isDeaf = false;
  let isClosed = false;
  const failing = () => {
    if (fault !== null) throw fault;
  };
  const snapshotAt = (seq: number): Snapshot => ({
    audience: 'room',
    room: trimmed(applyAll(EMPTY_ROOM, t.log.slice(0, seq)), { said: 3, roll: 50 }),
    mine: { participantId: participantId(1), papers: {} },
    now: '1970-01-01T00:01:40.000Z',
  });
  const store = createRoomStore({
    fold: apply,
    snapshot: async (tag) => {
      asked.snapshots += 1;
      asked.tags.push(tag);
      failing();
      const newest = `${t.log.length}`;
      return tag === newest
        ? null
        : { reply: snapshotAt(t.log.length), tag: newest, askedAt: 39_990, spokenAt: 40_000 };
    },
    pageBefore: async (before, limit) => {
      asked.pages.push(before);
      failing();
      return pageOf(t.room(), { before, limit: Math.min(limit, 4) });
    },
    poll: async (pollId) => {
      failing();
      const found = t.room().polls.find(({ draft }) => draft.id === pollId);
      if (found === undefined) throw new ApiError('POLL_UNKNOWN');
      return found;
    },
    eventsAfter: async (after) => {
      asked.events.push(after);
      failing();
      const events = t.log.slice(after, after + 5);
      return { events, more: t.log.length > after + 5 };
    },
    openLine: (given) => {
      listener = given;
      return {
        hear: async (after) => {
          asked.heard.push(after);
          failing();
          if (isDeaf) throw new ApiError('OFFLINE');
          return { seq: t.log.length, behind };
        },
        close: () => {
          isClosed = true;
        },
      };
    },
    after: time.after,
    random: () => 0.5,
  });
  return {
    time,
    store,
    asked,
    log: t.log,
    post: (n: number): Envelope[] => {
      const from = t.log.length;
      t.must(as(1), { type: 'postView', view: view(n) });
      return t.log.slice(from);
    },
    up: () => listener?.onUp(),
    down: () => listener?.onDown(),
    tell: (events: readonly Envelope[]) => listener?.onEvents(events),
    signal: (counts: SignalCounts) => listener?.onSignals(counts),
    cut: (error: ApiError) => listener?.onCut(error),
    fail: (error: ApiError | null) => {
      fault = error;
    },
    setBehind: (value: boolean) => {
      behind = value;
    },
    /** Requests get through; what is said on the line is not answered. */
    deafen: (value: boolean) => {
      isDeaf = value;
    },
    isClosed: () => isClosed,
  };
}

/** A store that is live. */
export async function live() {
  const s = stage();
  s.store.start();
  s.up();
  await settled();
  return s;
}

/** Somebody who comes when so many views are there. */
export async function withViews(count: number) {
  const s = stage();
  for (let n = 0; n < count; n += 1) s.post(n);
  s.store.start();
  s.up();
  await settled();
  return s;
}
