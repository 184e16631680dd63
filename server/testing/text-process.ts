import { createServer } from 'node:http';
import { pino } from 'pino';
import type { ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';
import { Role } from '../../core/domain/people.ts';
import { EMPTY_ROOM, type Room, type Seat } from '../../core/domain/room/state.ts';
import { createCollab } from '../collab/gateway.ts';
import { openDatabase } from '../db/client.ts';
import { createDocumentLog } from '../db/document-log.ts';

/**
 * A process that serves nothing but texts, to be killed by tests. Arguments: database address, port. Whoever has a
 * row in participant is signed in by the cookie who=<person>. There is no bus: processes meet in the log alone.
 */
const [url = '', port = '0'] = process.argv.slice(2);
const { pool } = openDatabase({ url, poolSize: 4, onIdleError: () => undefined });

async function roomOf(sessionId: SessionId): Promise<Room> {
  const { rows } = await pool.query<{ id: ParticipantId; role: string }>(
    'select id, role from participant where session_id = $1',
    [sessionId],
  );
  const seats = rows.map(({ id, role }): [ParticipantId, Seat] => [
    id,
    {
      id,
      role: Role.parse(role),
      name: '某人',
      affiliation: '',
      venueId: 'main',
      isGuest: false,
      enteredAt: null,
      removedAt: null,
    },
  ]);
  return { ...EMPTY_ROOM, state: 'in_session', participants: Object.fromEntries(seats) };
}

const httpServer = createServer((_request, response) => response.end());
createCollab({
  httpServer,
  documentLog: createDocumentLog(pool),
  rooms: { current: roomOf },
  signIns: {
    find: (cookie) => {
      const personId = /who=([0-9a-f-]{36})/.exec(cookie ?? '')?.[1] as PersonId | undefined;
      return Promise.resolve(
        personId === undefined
          ? null
          : { personId, name: '', office: null, orgId: null, isGuest: false, signInId: personId },
      );
    },
    stillGood: (ids) => Promise.resolve(new Set(ids)),
  },
  seats: {
    find: async (sessionId, personId) => {
      const { rows } = await pool.query<{ id: ParticipantId }>(
        'select id from participant where session_id = $1 and person_id = $2',
        [sessionId, personId],
      );
      return rows[0]?.id ?? null;
    },
  },
  feed: {
    listen: () => Promise.resolve({ position: () => 0, delivered: () => null, stop: () => undefined }),
  },
  bus: {
    publish: () => undefined,
    subscribe: () => Promise.resolve(() => undefined),
    isHealthy: () => false,
    close: () => Promise.resolve(),
  },
  allowOrigin: () => true,
  log: pino({ level: 'silent' }),
});
httpServer.listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'));
