import type { Socket } from 'socket.io';
import type { ServerMessages } from '../../core/contract/socket.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import type { Reason } from '../../core/domain/refusals.ts';
import { AppError } from '../app-error.ts';
import { errorBody } from '../error-body.ts';
import type { Log } from '../log.ts';
import type { Bus } from '../ports/bus.ts';
import type { Cuts } from '../ports/cuts.ts';
import type { SignedIn, SignIns } from '../ports/sign-ins.ts';

export type Connection = {
  readonly socket: Socket;
  readonly signedIn: SignedIn;
  /** Sessions it hears. */
  readonly heard: Set<SessionId>;
};

const RECHECK_MS = 30_000;
/** While other processes cannot tell of cut-offs, or the database did not answer. */
const RECHECK_UNWELL_MS = 5_000;
/** So long somebody hears on whose sign-in could not be asked again: other processes may go on telling meanwhile. */
const MOST_UNASKED_MS = 60_000;

/** Who is connected to this process, and how they are cut when they may no longer be [G2]. */
export function createConnections(ports: {
  readonly cuts: Cuts;
  readonly signIns: Pick<SignIns, 'stillGood'>;
  readonly bus: Pick<Bus, 'isHealthy'>;
  readonly log: Log;
  readonly tell: (
    socket: Socket,
    name: 'room:cut',
    message: Parameters<ServerMessages['room:cut']>[0],
  ) => void;
  /** Ends a line with everything on it; whoever may come back does. */
  readonly letGo: (line: Socket['conn']) => void;
  /** How often every sign-in is asked again, in milliseconds. */
  readonly recheckMs?: number;
}) {
  const { cuts, signIns, log } = ports;
  const connections = new Map<string, Connection>();
  /** When a connection's sign-in was last known to be good. */
  const goodAt = new WeakMap<Connection, number>();

  const cut = ({ socket }: Connection, sessionId: SessionId | null, reason: Reason) => {
    ports.tell(socket, 'room:cut', { sessionId, error: errorBody(new AppError(reason)) });
    socket.disconnect(true);
  };
  const unsubscribe = cuts.hear((order) => {
    for (const connection of connections.values()) {
      const { signedIn, heard } = connection;
      if (order.kind === 'sign-in') {
        if (signedIn.signInId === order.signInId) cut(connection, null, 'SIGN_IN_REVOKED');
      } else if (signedIn.personId === order.personId && heard.has(order.sessionId)) {
        cut(connection, order.sessionId, 'REMOVED_FROM_SESSION');
      }
    }
  });

  // Hints get lost: one query asks for all sign-ins of this process.
  const recheck = async () => {
    const now = performance.now();
    const asked = [...connections.values()];
    const good = await signIns.stillGood([...new Set(asked.map(({ signedIn }) => signedIn.signInId))]);
    for (const connection of asked) {
      if (!connections.has(connection.socket.id)) continue;
      if (good.has(connection.signedIn.signInId)) goodAt.set(connection, now);
      else cut(connection, null, 'SIGN_IN_REVOKED');
    }
  };
  // Without a word: a browser takes it for a lost line, and comes back once there is somebody to ask.
  const letUnaskedGo = () => {
    const now = performance.now();
    const unasked = [...connections.values()].filter(
      (connection) => now - (goodAt.get(connection) ?? 0) > MOST_UNASKED_MS,
    );
    for (const { socket } of unasked) ports.letGo(socket.conn);
    if (unasked.length > 0) log.warn({ count: unasked.length }, 'sign-ins could not be asked for too long');
  };
  let askedAt = performance.now();
  let isAsking = false;
  let isAnswered = true;
  const mostMs = ports.recheckMs ?? RECHECK_MS;
  const leastMs = Math.min(mostMs, RECHECK_UNWELL_MS);
  const askAgain = async () => {
    isAsking = true;
    askedAt = performance.now();
    try {
      if (connections.size > 0) await recheck();
      isAnswered = true;
    } catch (error) {
      isAnswered = false;
      log.warn({ err: error }, 'sign-ins could not be asked again');
      letUnaskedGo();
    } finally {
      isAsking = false;
    }
  };
  const timer = setInterval(() => {
    // A database that answers nothing at all is no better than one that is away.
    if (isAsking) return letUnaskedGo();
    if (isAnswered && ports.bus.isHealthy() && performance.now() - askedAt < mostMs) return;
    // It tells the log itself of what it could not ask.
    void askAgain();
  }, leastMs);
  timer.unref();

  /** Throws SIGN_IN_REVOKED, and cuts: asked at use, whatever was known when the connection began. */
  const guardSignIn = async (connection: Connection): Promise<void> => {
    const { signInId } = connection.signedIn;
    const now = performance.now();
    if ((await signIns.stillGood([signInId])).has(signInId)) {
      goodAt.set(connection, now);
      return;
    }
    cut(connection, null, 'SIGN_IN_REVOKED');
    throw new AppError('SIGN_IN_REVOKED');
  };

  return {
    guardSignIn,
    /** A cut that came between the handshake and now found nobody to cut: the sign-in is asked once more. */
    add: (connection: Connection): void => {
      connections.set(connection.socket.id, connection);
      goodAt.set(connection, performance.now());
      void guardSignIn(connection).catch((error: unknown) => {
        if (!(error instanceof AppError)) log.warn({ err: error }, 'a sign-in could not be asked again');
      });
    },
    /** Forgets a connection; the sessions it heard. */
    remove: (socketId: string): readonly SessionId[] => {
      const heard = [...(connections.get(socketId)?.heard ?? [])];
      connections.delete(socketId);
      return heard;
    },
    hears: (socketId: string, sessionId: SessionId): void =>
      void connections.get(socketId)?.heard.add(sessionId),
    unhears: (socketId: string, sessionId: SessionId): void =>
      void connections.get(socketId)?.heard.delete(sessionId),
    cutSocket: (socketId: string, sessionId: SessionId, reason: Reason): void => {
      const connection = connections.get(socketId);
      if (connection !== undefined) cut(connection, sessionId, reason);
    },
    stop: (): void => {
      unsubscribe();
      clearInterval(timer);
    },
  };
}
export type Connections = ReturnType<typeof createConnections>;
