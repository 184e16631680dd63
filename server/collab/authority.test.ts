import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DocumentId, ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';
import { TEXT_SCHEMA_VERSION } from '../../core/domain/outcome.ts';
import { EMPTY_ROOM, type Room, type Seat } from '../../core/domain/room/state.ts';
import { uuid } from '../../core/testing/builders.ts';
import { AppError } from '../app-error.ts';
import type { Access } from './access.ts';
import {
  type Acts,
  type Admitted,
  type Authority,
  type AuthorityDeps,
  createAuthority,
} from './authority.ts';
import { TEXT_LIMITS } from './limits.ts';

const sessionId = uuid('sess', 1) as SessionId;

/** A connection, and what it heard. */
type Desk = Admitted & { readonly said: string[] };

function seatFor(id: ParticipantId, removedAt: string | null = null): Seat {
  return {
    id,
    role: 'member',
    name: '某人',
    affiliation: '',
    venueId: 'main',
    isGuest: false,
    enteredAt: null,
    removedAt,
  };
}

/** People in one session, whose rooms are answered when the test says so. */
function setUp() {
  const ids = [1, 2].map((n) => uuid('part', n) as ParticipantId);
  let room: Room = {
    ...EMPTY_ROOM,
    seq: 1,
    state: 'in_session',
    participants: Object.fromEntries(ids.map((id) => [id, seatFor(id)])),
  };
  const signedOut = new Set<string>();
  let isAway = false;
  let asked = 0;
  let current = (_sessionId: SessionId): Promise<Room> => Promise.resolve(room);
  const acts: Acts<Desk> = {
    setAccess: ({ said }, { readsBecause }) => said.push(readsBecause ?? 'writes'),
    close: ({ said }, _code, why) => said.push(`closed ${why}`),
  };
  const ports: AuthorityDeps = {
    rooms: {
      current: (id) => {
        asked += 1;
        return current(id);
      },
    },
    signIns: {
      stillGood: (all) =>
        isAway
          ? Promise.reject(new AppError('STORAGE_AWAY'))
          : Promise.resolve(new Set(all.filter((id) => !signedOut.has(id)))),
    },
    seats: { find: () => Promise.resolve(ids[0] ?? null) },
    feed: {
      listen: () => Promise.resolve({ position: () => 0, delivered: () => null, stop: () => undefined }),
    },
    log: pino({ level: 'silent' }),
  };
  const authority = createAuthority(ports, acts);
  function somebody(n: number, where = sessionId) {
    const said: string[] = [];
    const participantId = ids[n] ?? null;
    const access: Access = { participantId, readsBecause: null, owner: null };
    const admitted: Desk = {
      asker: {
        documentId: uuid('docu', 1) as DocumentId,
        place: { sessionId: where, orgId: 'o' },
        schemaVersion: TEXT_SCHEMA_VERSION,
        signedIn: {
          personId: uuid('pers', n) as PersonId,
          name: '',
          office: null,
          orgId: null,
          isGuest: false,
          signInId: `sign-in ${n}`,
        },
      },
      access,
      roomSeq: 0,
      goodAtMs: null,
      said,
    };
    return { admitted, said, participantId };
  }
  return {
    authority,
    somebody,
    asked: () => asked,
    setAway: (value: boolean) => {
      isAway = value;
    },
    setRoom: (change: (before: Room) => Room) => {
      room = change(room);
    },
    room: () => room,
    remove: (id: ParticipantId | null) => {
      if (id === null) return;
      const gone = seatFor(id, '2026-11-21T00:00:00.000Z');
      room = { ...room, seq: room.seq + 1, participants: { ...room.participants, [id]: gone } };
    },
    answerWith: (answer: (sessionId: SessionId) => Promise<Room>) => {
      current = answer;
    },
    signOut: (n: number) => signedOut.add(`sign-in ${n}`),
  };
}

let authority: Authority<Desk> | null = null;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  authority?.close();
  vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(0);

describe(createAuthority.name, () => {
  it('cuts whoever was removed while they were let in, also where others are in already [P1]', async () => {
    const stand = setUp();
    ({ authority } = stand);
    const [first, second] = [stand.somebody(0), stand.somebody(1)];
    authority.add(first.admitted);
    await settle();
    // Between the handshake and here; nobody told of it.
    stand.remove(second.participantId);
    authority.add(second.admitted);
    await settle();
    expect(second.said).toEqual([expect.stringMatching(/^closed /)]);
    expect(first.said).toEqual(['writes']);
  });

  it('asks for every sign-in each second, whatever the bus says, and for roles every 30 s [W9]', async () => {
    const stand = setUp();
    ({ authority } = stand);
    const [one, other] = [stand.somebody(0), stand.somebody(1)];
    authority.add(one.admitted);
    authority.add(other.admitted);
    await settle();
    const rooms = stand.asked();
    stand.signOut(0);
    await vi.advanceTimersByTimeAsync(TEXT_LIMITS.signInsMs);
    expect(one.said).toEqual(['writes', 'closed SIGN_IN_REVOKED']);
    expect(other.said).not.toContain('closed SIGN_IN_REVOKED');
    expect(stand.asked()).toBe(rooms);
    authority.remove(one.admitted);
    stand.remove(other.participantId);
    await vi.advanceTimersByTimeAsync(TEXT_LIMITS.recheckMs);
    expect(other.said.at(-1)).toMatch(/^closed /);
  });

  it('lets go, for a while, of whom nobody could vouch for over a minute [W9]', async () => {
    const stand = setUp();
    ({ authority } = stand);
    const one = stand.somebody(0);
    authority.add(one.admitted);
    await settle();
    stand.setAway(true);
    await vi.advanceTimersByTimeAsync(TEXT_LIMITS.unaskedMs - 2_000);
    expect(one.said).not.toContain('closed STORAGE_AWAY');
    await vi.advanceTimersByTimeAsync(4_000);
    expect(one.said).toContain('closed STORAGE_AWAY');
  });

  it('asks in every other session though one cannot be read [P1]', async () => {
    const stand = setUp();
    ({ authority } = stand);
    const broken = uuid('sess', 2) as SessionId;
    const [inBroken, whole] = [stand.somebody(0, broken), stand.somebody(1)];
    stand.answerWith((id) =>
      id === broken ? Promise.reject(new Error('it does not fold')) : Promise.resolve(stand.room()),
    );
    stand.remove(whole.participantId);
    await authority.recheck([inBroken.admitted, whole.admitted]);
    expect(whole.said).toEqual([expect.stringMatching(/^closed /)]);
    expect(inBroken.said).toEqual([]);
  });

  it('keeps what a newer room said when an older answer comes late', async () => {
    const stand = setUp();
    ({ authority } = stand);
    const one = stand.somebody(0);
    const before: Room = { ...stand.room(), state: 'scheduled' };
    stand.setRoom((room) => ({ ...room, seq: 2 }));
    let answerLate: (room: Room) => void = () => undefined;
    stand.answerWith(() => new Promise((resolve) => (answerLate = resolve)));
    authority.add(one.admitted);
    await settle();
    stand.answerWith(() => Promise.resolve(stand.room()));
    await authority.recheck([one.admitted]);
    expect(one.said).toEqual(['writes']);
    answerLate(before);
    await settle();
    expect(one.said).toEqual(['writes']);
  });
});
