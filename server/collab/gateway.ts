import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { SCHEMA_PARAM } from '../../core/contract/collab.ts';
import { CLOSE, STATUS } from '../../core/contract/errors.ts';
import { DOORS } from '../../core/contract/limits.ts';
import { DocumentId, PersonId, SessionId } from '../../core/domain/ids.ts';
import { TEXT_SCHEMA_VERSION } from '../../core/domain/outcome.ts';
import { REASONS, type Reason } from '../../core/domain/refusals.ts';
import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import type { Bus } from '../ports/bus.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { Seats } from '../ports/seats.ts';
import { CUT_CHANNEL, type Cut, type SignIns } from '../ports/sign-ins.ts';
import { type Access, type Asker, decideAccess } from './access.ts';
import { createConnection, type Connection } from './connection.ts';
import { createDocuments } from './documents.ts';
import { TEXT_LIMITS } from './limits.ts';

const PATH = /^\/collab\/([^/?#]{1,64})$/;

export type CollabDeps = {
  readonly httpServer: Server;
  readonly documentLog: DocumentLog;
  readonly rooms: Pick<Rooms, 'current'>;
  readonly signIns: SignIns;
  readonly seats: Seats;
  readonly bus: Bus;
  /** Whether a handshake comes from our own pages, or from a program that is no browser. */
  readonly allowOrigin: (request: IncomingMessage) => boolean;
  readonly log: Log;
};

/** The door of the shared texts. */
export type Collab = {
  /** A sign-in ended or somebody was removed: asks again, and cuts whoever may no longer read. */
  readonly cut: (cut: Cut) => Promise<void>;
  readonly open: () => { readonly connections: number; readonly documents: number };
  readonly close: () => Promise<void>;
};

type Open = { readonly asker: Asker; readonly connection: Connection; readonly socket: WebSocket };

/** Serves /collab/:documentId on httpServer. Nothing is said before 101 but to people who may read the text [W8]. */
export async function createCollab(deps: CollabDeps): Promise<Collab> {
  const nowMs = () => performance.now();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: DOORS.collabFrameBytes, perMessageDeflate: false });
  const documents = createDocuments({ ...deps, nowMs });
  const connections = new Set<Open>();
  let isClosing = false;

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    if (!path.startsWith('/collab/')) return;
    void receive(request, stream, { head, path, query }); // it answers its own failures
  }

  async function receive(request: IncomingMessage, stream: Duplex, { head, path, query }: Knock): Promise<void> {
    const onError = () => stream.destroy();
    stream.on('error', onError);
    try {
      const { asker, access, held } = await admit(request, { path, query });
      stream.off('error', onError);
      let isIn = false;
      sockets.handleUpgrade(request, stream, head, (socket) => {
        isIn = true;
        welcome({ socket, stream, asker, access, held });
      });
      // ws answers a handshake that is none by itself, and says nothing to us.
      if (!isIn) held.leave();
    } catch (error) {
      refuseUpgrade(stream, reasonOf(error));
    }
  }

  async function admit(request: IncomingMessage, { path, query }: { path: string; query: string }) {
    if (isClosing) throw new AppError('STOPPING');
    if (!deps.allowOrigin(request)) throw new AppError('ORIGIN_FOREIGN');
    const signedIn = await deps.signIns.find(request.headers.cookie);
    if (signedIn === null) throw new AppError('SIGN_IN_NEEDED');
    const documentId = DocumentId.safeParse(PATH.exec(path)?.[1]);
    const place = documentId.success ? await deps.documentLog.find(documentId.data) : null;
    if (!documentId.success || place === null) throw new AppError('DOCUMENT_UNKNOWN');
    const asker = { documentId: documentId.data, place, signedIn, schemaVersion: versionIn(query) };
    const access = await decideAccess(deps, asker);
    const held = await documents.hold(documentId.data);
    if (held === null) throw new AppError('DOCUMENT_UNKNOWN');
    return { asker, access, held };
  }

  function welcome({ socket, stream, asker, access, held }: Welcome): void {
    let isAlive = true;
    const connection = createConnection({
      socket,
      stream,
      open: held.open,
      access,
      nowMs,
      recheck: () => void recheck([open]), // it hears of its own failures
      onAbuse: (why) => deps.log.warn({ documentId: asker.documentId, personId: asker.signedIn.personId, why }, 'a malformed text message'),
    });
    const open: Open = { asker, connection, socket };
    connections.add(open);
    const pulse = setInterval(() => {
      // A paused sender cannot answer: it waits for storage, not for us.
      if (!isAlive && !socket.isPaused) return socket.terminate();
      isAlive = false;
      connection.pulse();
    }, TEXT_LIMITS.pulseMs);
    socket.on('pong', () => {
      isAlive = true;
    });
    socket.on('message', (data, isBinary) => {
      isAlive = true;
      if (!isBinary || !(data instanceof Buffer)) return connection.close(CLOSE.malformed, 'MALFORMED');
      try {
        connection.handle(data);
      } catch (error) {
        // A fault of ours, met by one person's bytes: it ends with their connection, not with the process.
        deps.log.error({ err: error, documentId: asker.documentId }, 'a text message was not understood');
        connection.close(CLOSE.malformed, 'UNEXPECTED');
      }
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(pulse);
      connections.delete(open);
      connection.ended();
      held.leave();
    });
  }

  /** Authority is asked at use (law 6): by the log for every batch, and here for whoever only listens. */
  async function recheck(some: readonly Open[]): Promise<void> {
    try {
      const good = await deps.signIns.stillGood([...new Set(some.map(({ asker }) => asker.signedIn.signInId))]);
      for (const open of some) {
        if (good.has(open.asker.signedIn.signInId)) await recheckAccess(open);
        else open.connection.close(CLOSE.revoked, 'SIGN_IN_REVOKED');
      }
    } catch (error) {
      // Storage is away: nothing can be written meanwhile, and the next round asks again.
      deps.log.warn({ err: error }, 'rights could not be asked');
    }
  }

  async function recheckAccess({ asker, connection }: Open): Promise<void> {
    try {
      connection.setAccess(await decideAccess(deps, asker));
    } catch (error) {
      const reason = reasonOf(error);
      if (STATUS[REASONS[reason]] >= 500) throw error;
      connection.close(REASONS[reason] === 'NOT_FOUND' ? CLOSE.unknown : CLOSE.forbidden, reason);
    }
  }

  async function cut(asked: Cut): Promise<void> {
    const touched = [...connections].filter(({ asker }) =>
      asked.kind === 'sign-in'
        ? asker.signedIn.signInId === asked.signInId
        : asker.signedIn.personId === asked.personId && asker.place.sessionId === asked.sessionId,
    );
    if (touched.length > 0) await recheck(touched);
  }

  function hearCut(message: string): void {
    const parsed = parseCut(message);
    if (parsed !== null) void cut(parsed); // recheck hears of its failures
  }

  const round = setInterval(() => void recheck([...connections]), TEXT_LIMITS.recheckMs); // it hears of its failures
  const unsubscribe = await deps.bus.subscribe(CUT_CHANNEL, hearCut);
  deps.httpServer.on('upgrade', onUpgrade);
  return {
    cut,
    open: () => ({ connections: connections.size, documents: documents.size() }),
    close: async () => {
      isClosing = true;
      deps.httpServer.off('upgrade', onUpgrade);
      clearInterval(round);
      unsubscribe();
      // What was received is saved first; then everybody is sent to another process.
      await documents.close();
      const open = [...connections];
      for (const { connection } of open) connection.close(CLOSE.goingAway, 'STOPPING');
      await Promise.race([Promise.all(open.map(({ socket }) => closed(socket))), sleep(1_000)]);
      for (const { socket } of open) socket.terminate();
      sockets.close();
    },
  };
}

type Knock = { readonly head: Buffer; readonly path: string; readonly query: string };
type Welcome = {
  readonly socket: WebSocket;
  readonly stream: Duplex;
  readonly asker: Asker;
  readonly access: Access;
  readonly held: NonNullable<Awaited<ReturnType<ReturnType<typeof createDocuments>['hold']>>>;
};

const CutMessage: z.ZodType<Cut> = z.union([
  z.object({ kind: z.literal('sign-in'), signInId: z.string() }),
  z.object({ kind: z.literal('person'), personId: PersonId, sessionId: SessionId }),
]);

function parseCut(message: string): Cut | null {
  try {
    const parsed = CutMessage.safeParse(JSON.parse(message));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** A client that names no version is a stock one, of the version that we serve. */
function versionIn(query: string): number {
  const given = new URLSearchParams(query).get(SCHEMA_PARAM);
  return given === null ? TEXT_SCHEMA_VERSION : Number(given);
}

function reasonOf(error: unknown): Reason {
  return error instanceof AppError ? error.reason : 'STORAGE_AWAY';
}

function refuseUpgrade(stream: Duplex, reason: Reason): void {
  if (stream.destroyed) return;
  const status = STATUS[REASONS[reason]];
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Type: text/plain\r\n` +
      `Content-Length: ${reason.length}\r\n\r\n${reason}`,
  );
}

function closed(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === socket.CLOSED) resolve();
    else socket.once('close', () => resolve());
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
