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
/** While other processes cannot tell of cut-offs. */
const RECHECK_UNWELL_MS = 5_000;

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
  /** How often every sign-in is asked again, in milliseconds. */
  readonly recheckMs?: number;
}) {
  const { cuts, signIns, log } = ports;
  const connections = new Map<string, Connection>();

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
    if (connections.size === 0) return;
    const ids = [...new Set([...connections.values()].map(({ signedIn }) => signedIn.signInId))];
    const good = await signIns.stillGood(ids);
    for (const connection of connections.values()) {
      if (ids.includes(connection.signedIn.signInId) && !good.has(connection.signedIn.signInId)) {
        cut(connection, null, 'SIGN_IN_REVOKED');
      }
    }
  };
  let askedAt = performance.now();
  const mostMs = ports.recheckMs ?? RECHECK_MS;
  const leastMs = Math.min(mostMs, RECHECK_UNWELL_MS);
  const timer = setInterval(() => {
    if (ports.bus.isHealthy() && performance.now() - askedAt < mostMs) return;
    askedAt = performance.now();
    // While the database cannot be asked, nothing new flows to anybody either.
    void recheck().catch((error: unknown) => log.warn({ err: error }, 'sign-ins could not be asked again'));
  }, leastMs);
  timer.unref();

  /** Throws SIGN_IN_REVOKED, and cuts: asked at use, whatever was known when the connection began. */
  const guardSignIn = async (connection: Connection): Promise<void> => {
    const { signInId } = connection.signedIn;
    if ((await signIns.stillGood([signInId])).has(signInId)) return;
    cut(connection, null, 'SIGN_IN_REVOKED');
    throw new AppError('SIGN_IN_REVOKED');
  };

  return {
    guardSignIn,
    /** A cut that came between the handshake and now found nobody to cut: the sign-in is asked once more. */
    add: (connection: Connection): void => {
      connections.set(connection.socket.id, connection);
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
