import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { SCHEMA_PARAM } from '../../core/contract/collab.ts';
import { CLOSE, STATUS } from '../../core/contract/errors.ts';
import { DOORS } from '../../core/contract/limits.ts';
import { DocumentId } from '../../core/domain/ids.ts';
import { TEXT_SCHEMA_VERSION } from '../../core/domain/outcome.ts';
import { REASONS, type Reason } from '../../core/domain/refusals.ts';
import { AppError } from '../app-error.ts';
import type { Bus } from '../ports/bus.ts';
import type { DocumentLog } from '../ports/document-log.ts';
import type { Cut, SignIns } from '../ports/sign-ins.ts';
import type { Access, Asker } from './access.ts';
import { type AuthorityDeps, createAuthority, reasonOf } from './authority.ts';
import { beat, begin, end, handle, setAccess } from './connection.ts';
import { type Desk, newDesk } from './desk.ts';
import { createDocuments, type Documents } from './documents.ts';
import type { CollabDoor } from './door.ts';
import { spreadOf } from '../spread.ts';
import { TEXT_LIMITS } from './limits.ts';
import { close } from './line.ts';
import type { OpenText } from './opening.ts';
import { createPulse } from './pulse.ts';
import { deskAt, TextSocket } from './text-socket.ts';
import type { Allowance } from './writers.ts';

const PATH = /^\/collab\/([^/?#]{1,64})$/;

export type CollabDeps = AuthorityDeps & {
  readonly httpServer: Server;
  readonly door: CollabDoor;
  readonly documentLog: DocumentLog;
  readonly signIns: SignIns;
  readonly bus: Bus;
  /** Whether a handshake comes from our own pages, or from a program that is no browser. */
  readonly allowOrigin: (request: IncomingMessage) => boolean;
};

/** The door of the shared texts. */
export type Collab = {
  /** A sign-in ended or somebody was removed, told in this process or by another one. */
  readonly cut: (cut: Cut) => Promise<void>;
  readonly open: () => { readonly connections: number; readonly documents: number };
  /** Folds the log of a text; null: there is none, or we are ending. */
  readonly compact: Documents['compact'];
  readonly close: () => Promise<void>;
};

/** Serves /collab/:documentId on httpServer. Nothing is said before 101 but to people who may read the text [W8]. */
export function createCollab(deps: CollabDeps): Collab {
  const nowMs = () => performance.now();
  const sockets = new WebSocketServer<typeof TextSocket>({
    noServer: true,
    maxPayload: DOORS.collabFrameBytes,
    perMessageDeflate: false,
    // We keep count ourselves.
    clientTracking: false,
    WebSocket: TextSocket,
  });
  const documents = createDocuments({ ...deps, nowMs });
  const authority = createAuthority<Desk>(deps, { setAccess, close });
  const recheck = (desk: Desk) => void authority.recheck([desk]); // it hears of its own failures
  const pulse = createPulse<Desk>(TEXT_LIMITS.pulseMs, beat);
  const open = new Set<WebSocket>();
  const places = new WeakMap<OpenText, Pick<Asker, 'documentId' | 'place'>>();
  let isClosing = false;

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    if (!path.startsWith('/collab/')) return;
    void receive(request, stream, { head, path, query }); // it answers its own failures
  }

  async function receive(
    request: IncomingMessage,
    stream: Duplex,
    { head, path, query }: Knock,
  ): Promise<void> {
    const onError = () => stream.destroy();
    stream.on('error', onError);
    try {
      const guest = await deps.door.inLine(() => admit(request, { path, query }));
      stream.off('error', onError);
      let isIn = false;
      sockets.handleUpgrade(request, stream, head, (socket) => {
        isIn = true;
        welcome({ socket, stream, ...guest });
      });
      // ws answers a handshake that is none by itself, and says nothing to us.
      if (isIn) return;
      deps.door.leave(guest.asker.signedIn);
      guest.letGo();
    } catch (error) {
      if (!(error instanceof AppError)) deps.log.error({ err: error, path }, 'a handshake of a text broke');
      refuseUpgrade(stream, reasonOf(error));
    }
  }

  async function admit(
    request: IncomingMessage,
    { path, query }: { path: string; query: string },
  ): Promise<Guest> {
    if (isClosing) throw new AppError('STOPPING');
    if (!deps.allowOrigin(request)) throw new AppError('ORIGIN_FOREIGN');
    const signedIn = await deps.signIns.find(request.headers.cookie);
    if (signedIn === null) throw new AppError('SIGN_IN_NEEDED');
    const documentId = DocumentId.safeParse(PATH.exec(path)?.[1]).data ?? null;
    const entered = await deps.door.enter({ signedIn, documentId, schemaVersion: versionIn(query) });
    try {
      return { ...entered, ...(await seat(entered.asker)) };
    } catch (error) {
      deps.door.leave(signedIn);
      throw error;
    }
  }

  async function seat(asker: Asker): Promise<Pick<Guest, 'asker' | 'open' | 'letGo'>> {
    const { documentId, place } = asker;
    const held = await documents.hold(documentId);
    if (held === null) throw new AppError('DOCUMENT_UNKNOWN');
    // In the words of whoever came first: memory holds them once a text.
    const known = places.get(held.open) ?? { documentId, place };
    places.set(held.open, known);
    return { asker: { ...asker, ...known }, open: held.open, letGo: held.leave };
  }

  function welcome({ socket, ...guest }: Welcome): void {
    const desk = newDesk({ ...guest, socket, nowMs, recheck, log: deps.log });
    socket.desk = desk;
    open.add(socket);
    begin(desk);
    authority.add(desk);
    pulse.add(desk);
    socket.on('pong', live);
    socket.on('message', hear);
    // ws tells why, takes no more in, and ends it: ended at once, the reason would be lost on its way.
    socket.on('error', ignore);
    socket.on('close', forget);
  }

  // One of each for all sockets: a function of their own for each weighs more than what is known of them.
  function live(this: WebSocket): void {
    deskAt(this).isAlive = true;
  }

  function hear(this: WebSocket, data: RawData, isBinary: boolean): void {
    const desk = deskAt(this);
    desk.isAlive = true;
    if (!isBinary || !(data instanceof Buffer)) return close(desk, CLOSE.malformed, 'MALFORMED');
    try {
      handle(desk, data);
    } catch (error) {
      // A fault of ours, met by one person's bytes: it ends with their connection, not with the process.
      const { documentId } = desk.asker;
      deps.log.error({ err: error, documentId }, 'a text message was not understood');
      close(desk, CLOSE.malformed, 'UNEXPECTED');
    }
  }

  function forget(this: WebSocket): void {
    const desk = deskAt(this);
    pulse.remove(desk);
    open.delete(this);
    authority.remove(desk);
    end(desk);
    deps.door.leave(desk.asker.signedIn);
    desk.letGo();
  }

  deps.httpServer.on('upgrade', onUpgrade);
  return {
    cut: authority.cut,
    open: () => ({ connections: open.size, documents: documents.size() }),
    compact: documents.compact,
    close: async () => {
      isClosing = true;
      deps.httpServer.off('upgrade', onUpgrade);
      const left = [...open];
      await sendAway(left);
      await documents.close();
      authority.close();
      for (const socket of left) socket.terminate();
      sockets.close();
      pulse.close();
    },
  };
}

type Knock = { readonly head: Buffer; readonly path: string; readonly query: string };
type Guest = {
  readonly asker: Asker;
  readonly access: Access;
  readonly allowance: Allowance;
  readonly open: OpenText;
  /** Lets go of the text. */
  readonly letGo: () => void;
};
type Welcome = Guest & { readonly socket: TextSocket; readonly stream: Duplex };

function ignore(): void {
  // The socket closes, and that is heard.
}

/** A client that names no version is a stock one, of the version that we serve. */
function versionIn(query: string): number {
  const given = new URLSearchParams(query).get(SCHEMA_PARAM);
  return given === null ? TEXT_SCHEMA_VERSION : Number(given);
}

function refuseUpgrade(stream: Duplex, reason: Reason): void {
  if (stream.destroyed) return;
  const status = STATUS[REASONS[reason]];
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Type: text/plain\r\n` +
      `Content-Length: ${reason.length}\r\n\r\n${reason}`,
  );
}

/** One after the other: whoever is sent away comes back at once, to another process. */
async function sendAway(sockets: readonly WebSocket[]): Promise<void> {
  const pauseMs = spreadOf(sockets.length) / Math.max(1, sockets.length);
  for (const socket of sockets) {
    socket.close(CLOSE.goingAway, 'STOPPING');
    await sleep(pauseMs);
  }
  await Promise.race([Promise.all(sockets.map(closed)), sleep(1_000)]);
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
