import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Envelope } from '../../core/domain/events.ts';
import type { DocumentId, ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';
import { may, type Role } from '../../core/domain/people.ts';
import { EMPTY_ROOM, type Room, type Seat } from '../../core/domain/room/state.ts';
import { createDocumentLog } from '../db/document-log.ts';
import type { Bus } from '../ports/bus.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import type { FeedListener } from '../ports/room-feed.ts';
import type { Seats } from '../ports/seats.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import type { TestDatabase } from './test-database.ts';
import { quietBus } from './text-buses.ts';
import { cameTrue } from './until.ts';
import { type CollabDoor, createDoor } from '../collab/door.ts';
import { type Collab, createCollab } from '../collab/gateway.ts';
import { logDoc } from '../collab/log-doc.ts';

/** Somebody in the test's session. */
export type Person = {
  readonly personId: PersonId;
  readonly participantId: ParticipantId;
  readonly signInId: string;
  readonly role: Role;
  /** What their browser sends, where it is not a stage's own. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** A session with a text, its people, and as many gateways as a test wants, on one real database. */
export type Stage = {
  readonly sessionId: SessionId;
  readonly documentId: DocumentId;
  readonly documentLog: DocumentLog;
  readonly join: (role: Role, name?: string) => Promise<Person>;
  readonly setRole: (
    person: Person,
    change: { role?: Role; name?: string; isRemoved?: boolean; isQuiet?: boolean },
  ) => Promise<void>;
  readonly setState: (state: Room['state']) => void;
  /** Ends the sign-in; isQuiet: only the log can know. */
  readonly signOut: (person: Person, how?: { isQuiet?: boolean }) => Promise<void>;
  readonly gateway: (bus?: Bus, port?: number) => Promise<Gateway>;
  readonly rows: () => Promise<{ seq: number; author: string; data: Uint8Array }[]>;
  /** The text of the log, by itself. */
  readonly loaded: () => Promise<Y.Doc>;
  readonly end: () => Promise<void>;
};
export type Gateway = {
  readonly collab: Collab;
  readonly door: CollabDoor;
  readonly port: number;
  readonly url: string;
  readonly server: Server;
  readonly stop: () => Promise<void>;
};

const STATE_EVENTS: Readonly<Record<Room['state'], string>> = {
  draft: 'session:planned',
  in_review: 'session:submitted',
  returned: 'session:returned',
  collecting: 'session:collecting',
  scheduled: 'session:planned',
  in_session: 'session:opened',
  paused: 'session:paused',
  adjourned: 'session:adjourned',
  drafting: 'session:ended',
  confirming: 'session:settled',
  archived: 'session:closed',
  cancelled: 'session:cancelled',
  aborted: 'session:aborted',
};

export const ORIGIN = 'http://hall.test';

export async function createStage(
  database: Pick<TestDatabase, 'pool'>,
  log: DocumentLog = createDocumentLog(database.pool),
): Promise<Stage> {
  const { pool } = database;
  const [orgId, sessionId, documentId] = [
    randomUUID(),
    randomUUID() as SessionId,
    randomUUID() as DocumentId,
  ];
  await pool.query(`insert into org (id, name, kind) values ($1, 'o', 'cppcc')`, [orgId]);
  await pool.query(
    `insert into session (id, org_id, title, mode, state, document_id) values ($1, $2, 't', 'online', 'in_session', $3)`,
    [sessionId, orgId, documentId],
  );
  await pool.query('insert into document (id, session_id, writable) values ($1, $2, true)', [
    documentId,
    sessionId,
  ]);
  const people = new Map<PersonId, Person>();
  const signedOut = new Set<string>();
  const gateways: Gateway[] = [];
  const listeners = new Set<FeedListener>();
  const seats: Seats = {
    find: (asked, personId) =>
      Promise.resolve(asked === sessionId ? (people.get(personId)?.participantId ?? null) : null),
  };
  let room: Room = { ...EMPTY_ROOM, state: 'in_session' };

  function tell(event: { readonly type: string }): void {
    for (const listener of listeners)
      listener([{ seq: 1, at: '', by: 'office', event } as unknown as Envelope]);
  }

  function seat(person: Person, change: Partial<Seat>): void {
    const known = room.participants[person.participantId];
    const base: Seat = {
      id: person.participantId,
      role: person.role,
      name: '某人',
      affiliation: '',
      venueId: 'main',
      isGuest: false,
      enteredAt: null,
      removedAt: null,
      ...known,
      ...change,
    };
    room = { ...room, participants: { ...room.participants, [person.participantId]: base } };
  }

  return {
    sessionId,
    documentId,
    documentLog: log,
    join: async (role, name = '某人') => {
      const personId = randomUUID() as PersonId;
      const person = {
        personId,
        signInId: signInOf(personId),
        participantId: randomUUID() as ParticipantId,
        role,
      };
      await pool.query('insert into person (id, name) values ($1, $2)', [personId, name]);
      await pool.query(
        `insert into sign_in (token_hash, person_id, expires_at) values (decode($1, 'hex'), $2, now() + interval '1 day')`,
        [person.signInId, personId],
      );
      await pool.query(
        'insert into participant (session_id, id, person_id, role, may_write_text) values ($1, $2, $3, $4, $5)',
        [sessionId, person.participantId, person.personId, role, may(role, 'text:write')],
      );
      people.set(person.personId, person);
      seat(person, { name });
      return person;
    },
    setRole: async (person, { role = person.role, name, isRemoved = false, isQuiet = false }) => {
      await pool.query(
        'update participant set role = $3, may_write_text = $4, is_removed = $5 where session_id = $1 and id = $2',
        [sessionId, person.participantId, role, may(role, 'text:write'), isRemoved],
      );
      const called = name === undefined ? {} : { name };
      seat(person, { role, ...called, removedAt: isRemoved ? '2026-11-21T00:00:00.000Z' : null });
      if (!isQuiet) tell({ type: name === undefined ? 'participant:changed' : 'names:hidden' });
    },
    setState: (state) => {
      room = { ...room, state };
      tell({ type: STATE_EVENTS[state] });
    },
    signOut: async (person, { isQuiet = false } = {}) => {
      await pool.query(`update sign_in set revoked_at = now() where token_hash = decode($1, 'hex')`, [
        person.signInId,
      ]);
      if (!isQuiet) signedOut.add(person.signInId);
    },
    gateway: async (bus = quietBus(), wanted = 0) => {
      const server = createServer((_request, response) => response.end());
      const rooms = { current: () => Promise.resolve(room) };
      const door = createDoor({ documentLog: log, rooms, seats, nowMs: () => performance.now() });
      const collab = createCollab({
        httpServer: server,
        door,
        documentLog: log,
        rooms,
        signIns: {
          find: (cookie) => Promise.resolve(signedInBy(cookie, people, signedOut)),
          stillGood: (ids) => Promise.resolve(new Set(ids.filter((id) => !signedOut.has(id)))),
        },
        seats,
        feed: {
          listen: (_session, listener) => {
            listeners.add(listener);
            return Promise.resolve({
              position: () => 0,
              delivered: () => null,
              stop: () => listeners.delete(listener),
            });
          },
        },
        bus,
        allowOrigin: (request) => request.headers.origin === ORIGIN,
        log: pino({ level: process.env['TEXT_LOG'] ?? 'silent' }),
      });
      await new Promise<void>((resolve) => {
        server.listen(wanted, '127.0.0.1', resolve);
      });
      const { port } = server.address() as AddressInfo;
      const gateway = {
        collab,
        door,
        server,
        port,
        url: `ws://127.0.0.1:${port}/collab`,
        stop: async () => {
          await collab.close();
          server.closeAllConnections();
          server.close();
        },
      };
      gateways.push(gateway);
      return gateway;
    },
    rows: async () => {
      const { rows } = await pool.query<{ seq: string; author: string; data: Buffer }>(
        'select seq, author_id as author, data from document_update where document_id = $1 order by seq',
        [documentId],
      );
      return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
    },
    loaded: async () => {
      const doc = logDoc();
      const stored = await log.load(documentId);
      if (stored?.snapshot) Y.applyUpdate(doc, stored.snapshot);
      for (const row of stored?.updates ?? []) Y.applyUpdate(doc, row.data);
      return doc;
    },
    end: async () => {
      await Promise.all(gateways.map((gateway) => gateway.stop()));
    },
  };
}

function signedInBy(
  cookie: string | undefined,
  people: Map<PersonId, Person>,
  signedOut: Set<string>,
): SignedIn | null {
  const personId = /^who=(.+)$/.exec(cookie ?? '')?.[1] as PersonId | undefined;
  if (personId === undefined || signedOut.has(signInOf(personId))) return null;
  const office = personId.startsWith('office') ? 'admin' : null;
  if (office === null && !people.has(personId)) return null;
  return { personId, name: '', office, orgId: null, isGuest: false, signInId: signInOf(personId) };
}

/** The one sign-in of somebody whose cookie is who=<person>. */
export function signInOf(personId: PersonId): string {
  return createHash('sha256').update(personId).digest('hex');
}

export function headersOf(person: Person | null, origin: string | null = ORIGIN): Record<string, string> {
  if (person?.headers !== undefined) return { ...person.headers };
  return {
    ...(person === null ? {} : { cookie: `who=${person.personId}` }),
    ...(origin === null ? {} : { origin }),
  };
}

export function polyfill(person: Person): typeof globalThis.WebSocket {
  return function Polyfill(url: string, protocols: string[]) {
    return new WebSocket(url, protocols, { headers: headersOf(person) });
  } as unknown as typeof globalThis.WebSocket;
}

/** Waits for a fact; fails with what was seen instead. */
export async function until<T>(
  look: () => T | Promise<T>,
  isTrue: (seen: T) => boolean = Boolean,
  withinMs = 10_000,
): Promise<T> {
  let seen = await look();
  const holds = async () => isTrue((seen = await look()));
  if (isTrue(seen) || (await cameTrue(withinMs, holds))) return seen;
  throw new Error(`not within ${withinMs} ms; last seen: ${JSON.stringify(seen)}`);
}

export function seedOf(): number {
  return Number(process.env['SEED'] ?? randomBytes(4).readUInt32BE());
}
