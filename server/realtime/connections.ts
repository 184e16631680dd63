import type { Socket } from 'socket.io';
import type { ServerMessages } from '../../core/contract/socket.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import type { Reason } from '../../core/domain/refusals.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { Cuts } from '../ports/cuts.ts';
import type { SignedIn, SignIns } from '../ports/sign-ins.ts';
import { toErrorBody } from './errors.ts';

export type Connection = {
  readonly socket: Socket;
  readonly signedIn: SignedIn;
  /** Sessions it hears. */
  readonly heard: Set<SessionId>;
};

const RECHECK_MS = 30_000;

/** Who is connected to this process, and how they are cut when they may no longer be [G2]. */
export function createConnections(ports: {
  readonly cuts: Cuts;
  readonly signIns: Pick<SignIns, 'stillGood'>;
  readonly log: Log;
  readonly tell: (
    socket: Socket,
    name: 'room:cut',
    message: Parameters<ServerMessages['room:cut']>[0],
  ) => void;
  readonly recheckMs?: number;
}) {
  const { cuts, signIns, log } = ports;
  const connections = new Map<string, Connection>();

  const cut = ({ socket }: Connection, sessionId: SessionId | null, reason: Reason) => {
    ports.tell(socket, 'room:cut', { sessionId, error: toErrorBody(new AppError(reason)) });
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
  const timer = setInterval(() => {
    // While the database cannot be asked, nothing new flows to anybody either.
    void recheck().catch((error: unknown) => log.warn({ err: error }, 'sign-ins could not be asked again'));
  }, ports.recheckMs ?? RECHECK_MS);
  timer.unref();

  return {
    add: (connection: Connection): void => void connections.set(connection.socket.id, connection),
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
