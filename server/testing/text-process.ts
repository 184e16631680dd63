import { createServer } from 'node:http';
import { pino } from 'pino';
import type { ParticipantId, PersonId, SessionId } from '../../core/domain/ids.ts';
import { Role } from '../../core/domain/people.ts';
import { EMPTY_ROOM, type Room, type Seat } from '../../core/domain/room/state.ts';
import { createDoor } from '../collab/door.ts';
import { createCollab } from '../collab/gateway.ts';
import { createRedisBus } from '../bus/redis.ts';
import { openDatabase } from '../db/client.ts';
import { createDocumentLog } from '../db/document-log.ts';
import type { Seats } from '../ports/seats.ts';
import { deafBus } from './text-buses.ts';
import { setPace } from './text-pace.ts';
import { watchTurns } from './turns.ts';
import { signInOf } from './text-stage.ts';
import { createTextTroubles, TextTrouble } from './text-troubles.ts';

/**
 * A process that serves nothing but texts, to be struck and killed by tests. Arguments: database address, port, and the
 * address of a Redis; without one processes meet in the log alone. Whoever has a row in participant is signed in by the
 * cookie who=<person>. Troubles come as messages of the parent, and are answered when they are armed.
 */
const [url = '', port = '0', redisUrl] = process.argv.slice(2);
const log = pino({ level: process.env['TEXT_LOG'] ?? 'silent' }, pino.destination(2));
const { pool } = openDatabase({ url, poolSize: 4, onIdleError: () => undefined });
const bus = redisUrl === undefined ? deafBus() : createRedisBus(redisUrl, { prefix: 'texts:', log });
const troubles = createTextTroubles({
  met: (step) => process.send?.({ met: step }),
  did: (deed) => process.send?.({ did: deed }),
  pace: setPace,
  die: () => {
    process.kill(process.pid, 'SIGKILL');
    // Not one step further, although the signal may take a moment.
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
  },
});
const turns = watchTurns();
process.on('message', (message) => {
  if (message === 'turns') return process.send?.({ longestTurnMs: turns.longestMs() });
  troubles.arm(TextTrouble.parse(message));
  return process.send?.({ armed: true });
});
// Nobody is left who could end it.
process.on('disconnect', () => process.exit());

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
troubles.onServer(httpServer);
const documentLog = troubles.onLog(createDocumentLog(pool));
const rooms = { current: roomOf };
const seats: Seats = {
  find: async (sessionId, personId) => {
    const { rows } = await pool.query<{ id: ParticipantId }>(
      'select id from participant where session_id = $1 and person_id = $2',
      [sessionId, personId],
    );
    return rows[0]?.id ?? null;
  },
};
const collab = createCollab({
  httpServer,
  door: createDoor({ documentLog, rooms, seats, nowMs: () => performance.now() }),
  documentLog,
  rooms,
  seats,
  signIns: {
    find: troubles.onSignIn((cookie) => {
      const personId = /who=([0-9a-f-]{36})/.exec(cookie ?? '')?.[1] as PersonId | undefined;
      return Promise.resolve(
        personId === undefined
          ? null
          : { personId, name: '', office: null, orgId: null, isGuest: false, signInId: signInOf(personId) },
      );
    }),
    stillGood: (ids) => Promise.resolve(new Set(ids)),
  },
  feed: {
    listen: () => Promise.resolve({ position: () => 0, delivered: () => null, stop: () => undefined }),
  },
  bus: troubles.onBus(bus),
  allowOrigin: () => true,
  log,
});
httpServer.listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'));
// As the product stops: whoever has a text open is sent elsewhere, what waits is written.
process.once('SIGTERM', () => {
  const stop = async () => {
    await collab.close();
    await pool.end();
  };
  stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
