import { getHeapStatistics } from 'node:v8';
import type { SessionId } from '../../core/domain/ids.ts';
import { AppError, fromRefusal } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Follower, RoomFeed } from '../ports/room-feed.ts';
import type { RoomLog } from '../ports/room-log.ts';
import type { Rooms, Submission } from '../ports/rooms.ts';
import type { Judged } from './batch.ts';
import { commitAhead, commitLocked } from './committing.ts';
import type { Answer } from './draft.ts';
import type { MarkOf } from './command-mark.ts';
import { boundsFor, createHeldRooms, type HeldBounds, type HeldRoom, type HeldRooms } from './held-rooms.ts';
import { createQueue, type Queue, type Waiting } from './queue.ts';
import { createReading } from './reading.ts';

export type RoomsPorts = {
  readonly roomLog: RoomLog;
  readonly feed: Pick<RoomFeed, 'committed'> & Partial<Pick<RoomFeed, 'quietMs' | 'isHeard'>>;
  readonly clock: Clock;
  readonly log: Log;
  /** What rests of a command beside its key. */
  readonly markOf: MarkOf;
  /** Commands that may wait in one room before BUSY is answered. */
  readonly mostWaiting?: number;
  /** Commands of all rooms of this process that may be without an answer: each holds a request open. */
  readonly mostUnanswered?: number;
  /** Least time between the beginnings of two batches of a room; 0 where nobody else can come. */
  readonly apartMs?: number;
  /** What is kept in memory. */
  readonly mostHeld?: HeldBounds;
};

// Waits before each attempt: a lost connection is asked again soon, a database that restarts is given a moment.
const ATTEMPTS_MS = [0, 20, 500];
/** No attempt is begun later than this: people wait, and more come. */
const PATIENCE_MS = 8_000;

/** The live engine: one queue per session in this process, batches under the session's row lock. */
export function createRooms(ports: RoomsPorts): Rooms & Follower {
  const held = createHeldRooms(ports.mostHeld ?? boundsFor(heapLimit()), ports.feed.isHeard);
  const actors = new Map<SessionId, Queue>();
  const { upToDate, ...reading } = createReading(ports.roomLog, held);
  const most = { inRoom: ports.mostWaiting ?? 5_000, inAll: ports.mostUnanswered ?? 20_000 };
  let unanswered = 0;

  const start = (sessionId: SessionId, queue: Queue): void => {
    // Never rejects: whatever goes wrong in a batch is told to those who wait for it.
    void queue
      .run((batch) => runBatch({ ...ports, held, upToDate }, sessionId, batch))
      .finally(() => {
        if (queue.length() === 0 && !queue.isRunning()) actors.delete(sessionId);
      });
  };

  return {
    ...reading,
    wants: held.wants,
    follow: held.follow,
    held: function* () {
      for (const [sessionId, { room }] of held.all()) yield [sessionId, room] as const;
    },
    submit: async (submission) => {
      const { sessionId } = submission;
      const queue =
        actors.get(sessionId) ?? createQueue(ports.apartMs, () => ports.feed.quietMs?.(sessionId) ?? 0);
      if (queue.length() >= most.inRoom || unanswered >= most.inAll)
        throw new AppError('BUSY', { details: { retryAfterMs: 2_000 } });
      actors.set(sessionId, queue);
      unanswered += 1;
      try {
        return await new Promise((resolve, reject) => {
          queue.add({ submission, resolve, reject });
          if (!queue.isRunning()) start(sessionId, queue);
        });
      } finally {
        unanswered -= 1;
      }
    },
  };
}

function heapLimit(): number {
  return getHeapStatistics().heap_size_limit;
}

type Engine = RoomsPorts & {
  readonly held: HeldRooms;
  readonly upToDate: (sessionId: SessionId) => Promise<HeldRoom>;
};

/** Commits a batch and answers everybody in it, whatever happens. */
async function runBatch(engine: Engine, sessionId: SessionId, batch: readonly Waiting[]): Promise<void> {
  const judged = await commitOrRefuse(engine, sessionId, batch);
  if (judged === null) return;
  engine.held.keep(sessionId, judged.held);
  for (const [index, waiting] of batch.entries()) settle(engine, waiting, judged.answers[index]);
  // Answers leave first: telling a hall takes milliseconds, and those who wait for an answer wait alone. Turns of
  // setImmediate come in the order in which they were asked for, so batches stay in order.
  const { envelopes, behind, held } = judged;
  const hashes = { behind, headHash: held.headHash };
  if (envelopes.length > 0) setImmediate(() => engine.feed.committed(sessionId, envelopes, hashes));
}

/** Null: it could not be committed, and those who wait have been told why. */
async function commitOrRefuse(
  engine: Engine,
  sessionId: SessionId,
  batch: readonly Waiting[],
): Promise<Judged | null> {
  try {
    const submissions = batch.map(({ submission }) => submission);
    return await commitBatch(engine, sessionId, submissions);
  } catch (error) {
    if (!isOfStorage(error)) engine.held.drop(sessionId);
    if (error instanceof AppError) {
      for (const { reject } of batch) reject(error);
      return null;
    }
    if (batch.length > 1) {
      // Something in here cannot be stored: alone, only its own author hears of it.
      for (const waiting of batch) await runBatch(engine, sessionId, [waiting]);
      return null;
    }
    const command = batch[0]?.submission.command.type;
    engine.log.error({ err: error, sessionId, command }, 'a command could not be stored');
    batch[0]?.reject(new AppError('UNEXPECTED', { cause: error }));
    return null;
  }
}

/**
 * One batch, one transaction: as a rule one statement. When the connection is lost nobody knows whether it committed,
 * so the batch is asked again under the lock: what was stored is answered by its keys, what was not is done now [L7].
 */
async function commitBatch(
  engine: Engine,
  sessionId: SessionId,
  submissions: readonly Submission[],
): Promise<Judged> {
  const since = performance.now();
  for (const waitMs of ATTEMPTS_MS) {
    if (performance.now() - since > PATIENCE_MS) break;
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    try {
      const { clock, markOf } = engine;
      const held = await heldFor(engine, sessionId);
      const asked = { sessionId, held, submissions, now: clock.now, markOf };
      const isFirst = waitMs === 0;
      const ahead = isFirst ? await commitAhead(engine.roomLog, asked) : null;
      return ahead ?? (await commitLocked(engine.roomLog, asked));
    } catch (error) {
      if (!(error instanceof AppError) || error.reason !== 'STORAGE_AWAY') throw error;
      engine.log.warn({ err: error, sessionId, commands: submissions.length }, 'a batch lost its storage');
    }
  }
  throw new AppError('STORAGE_AWAY', { details: { retryAfterMs: 2_000 } });
}

/** A room that is not in memory is folded before it is locked: nobody waits in the lock for a long log to be read. */
async function heldFor({ held, upToDate }: Engine, sessionId: SessionId): Promise<HeldRoom> {
  const room = held.get(sessionId);
  return room.room.seq > 0 ? room : await upToDate(sessionId);
}

/**
 * That the storage was away or busy says nothing against a room in memory: it was committed, so it is how the log begins.
 * Whether the batch was committed too is found by whoever appends next, behind exactly the seq and hash it was judged on.
 */
function isOfStorage(error: unknown): boolean {
  return error instanceof AppError && (error.reason === 'STORAGE_AWAY' || error.reason === 'BUSY');
}

function settle({ log }: Engine, { submission, resolve, reject }: Waiting, answer: Answer | undefined): void {
  if (answer?.ok === true) resolve(answer.value);
  else if (answer?.ok === false) reject(fromRefusal(answer.error));
  else {
    const cause = answer?.cause;
    log.error(
      { err: cause, sessionId: submission.sessionId, command: submission.command.type },
      'a rule failed',
    );
    reject(new AppError('UNEXPECTED', { cause }));
  }
}
