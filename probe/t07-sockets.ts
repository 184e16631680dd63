import { refusalAt, SOCKET_ACCESS, type Gate } from '../core/contract/access.ts';
import { ALL_ROUTES } from '../core/contract/api.ts';
import { STATUS } from '../core/contract/errors.ts';
import { REASONS } from '../core/domain/refusals.ts';
import type { Knocking, Scene } from './matrix-scene.ts';
import { ackInShort, openRoomSocket, type RoomSocket } from './room-socket.ts';
import { openText } from './text-socket.ts';

const LET_IN = 'let in';
/** Names that one socket says: fewer than it may. */
const SAID_EACH = 80;
/** Names that the server says, names that others use, and every command: none may be said to the server. */
const NAMES = [
  'room:events',
  'room:presence',
  'room:signals',
  'room:cut',
  'room:join',
  'join',
  'message',
  'broadcast',
  'admin:kick',
  ...Object.keys(ALL_ROUTES),
];

/** Every name that may be said over a socket, and reading and writing the text, as every caller. */
export async function socketMatrix(scene: Scene): Promise<void> {
  const wrong = new Map<string, string[]>();
  const judge = (name: string, gate: Gate, { who, came }: { who: Knocking; came: string }) => {
    const wanted = refusalAt(gate, who.caller) ?? LET_IN;
    const list = wrong.get(name) ?? [];
    if (came !== wanted) list.push(`${who.name}: ${came}, not ${wanted}`);
    wrong.set(name, list);
  };
  const others: string[] = [];
  for (const [index, who] of scene.knocking.entries()) {
    const socket = await openRoomSocket(who.browser);
    const said = typeof socket === 'string' ? null : socket;
    const { sessionId } = scene.stage;
    judge('room:hear', SOCKET_ACCESS['room:hear'], {
      who,
      came: await sayTo(said, 'room:hear', { sessionId, after: 0 }),
    });
    judge('room:unhear', SOCKET_ACCESS['room:unhear'], {
      who,
      came: await sayTo(said, 'room:unhear', { sessionId }),
    });
    if (said !== null) others.push(...(await unknownNames(said, { who, sessionId, index })));
    said?.close();
    const { read, written } = await writeText(scene, who);
    judge('text:read', SOCKET_ACCESS['text:read'], { who, came: read });
    judge('text:write', SOCKET_ACCESS['text:write'], { who, came: written });
  }
  const right = `as in the matrix for ${scene.knocking.length} callers`;
  for (const [name, list] of wrong) scene.world.book.same('T07', name, right, list.join('; ') || right);
  scene.world.book.same(
    'T07',
    `${NAMES.length} names that nobody may say, ${SAID_EACH} of them as each`,
    'NOT_FOUND',
    [...new Set(others)].join('; '),
  );
  await textHolds(scene);
}

async function sayTo(socket: RoomSocket | null, name: string, message: unknown): Promise<string> {
  // The handshake was refused: T01 shows that it is so before anybody is asked for.
  if (socket === null) return 'UNAUTHENTICATED';
  const came = ackInShort(await socket.says(name, message));
  return came === 'ok' ? LET_IN : (came.split(' ')[0] ?? came);
}

async function unknownNames(
  socket: RoomSocket,
  { who, sessionId, index }: { who: Knocking; sessionId: string; index: number },
): Promise<string[]> {
  // A socket says so much within a minute: each caller begins elsewhere, and together they say all of them often.
  const turned = NAMES.map((_name, n) => NAMES[(n + index * SAID_EACH) % NAMES.length] ?? '');
  const answers = await Promise.all(
    turned.slice(0, SAID_EACH).map((name) => sayTo(socket, name, { sessionId })),
  );
  return answers.map((came) => (came === 'NOT_FOUND' ? came : `${who.name}: ${came}`));
}

/** Words of one caller, to be found again, or not, in everybody's text. */
function wordsOf({ name }: Knocking): string {
  return `「${name}」写`;
}

async function writeText(scene: Scene, who: Knocking): Promise<{ read: string; written: string }> {
  const text = await openText(who.browser, scene.stage.documentId);
  if (typeof text === 'number') {
    const code = Object.entries(STATUS).find(([, status]) => status === text)?.[0] ?? `status ${text}`;
    return { read: code, written: code };
  }
  const came = await text.write(wordsOf(who));
  text.close();
  const code = Object.entries(REASONS).find(([reason]) => reason === came)?.[1];
  return { read: LET_IN, written: came === 'saved' ? LET_IN : (code ?? came) };
}

/** Nothing stands in the text that was refused, and everything that was saved. */
async function textHolds(scene: Scene): Promise<void> {
  const reader = await openText(scene.stage.chair.browser, scene.stage.documentId);
  if (typeof reader === 'number') throw new Error(`the chair may not read the text: ${reader}`);
  const gate = SOCKET_ACCESS['text:write'];
  const wanted = scene.knocking.filter(({ caller }) => refusalAt(gate, caller) === null);
  const found = scene.knocking.filter((who) => reader.text().includes(wordsOf(who)));
  reader.close();
  const names = (list: readonly Knocking[]) => list.map(({ name }) => name).join(' ');
  scene.world.book.same('T07', 'whose words stand in the text', names(wanted), names(found));
}
