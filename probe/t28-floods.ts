import { randomUUID } from 'node:crypto';
import { accountRoutes } from '../core/contract/accounts.ts';
import { RATES } from '../core/contract/limits.ts';
import { roomDoors } from '../core/contract/room.ts';
import { syncFrame, openText } from './text-socket.ts';
import { ask, fetched, inShort, type Answer } from './ask.ts';
import { ackInShort, openRoomSocket } from './room-socket.ts';
import { inBatches } from './batches.ts';
import { dawdlers, hallOf } from './t28-halls.ts';
import { lingerers, manySockets, strangers } from './t28-sockets.ts';
import { cameTrue } from '../server/testing/until.ts';
import { pause } from './wait.ts';
import { openWatch, type Watch } from './watch.ts';
import type { World } from './world.ts';

/** Too much of everything, beside a meeting that must not suffer, and a hall that must still get in. */
export async function floods(world: World): Promise<void> {
  const watch = await openWatch(world, 'T28');
  const slow = await dawdlers(world);
  await messages(world, watch);
  await commands(world, watch);
  await edits(world, watch);
  await manySockets(world, watch);
  await lingerers(world, watch);
  await strangers(world, watch);
  await passwords(world);
  await guesses(world);
  await hallOf(world, 300);
  await slow.end();
  await watch.end();
}

/** 200 messages a second from one socket. */
async function messages(world: World, { stage }: Watch): Promise<void> {
  const { browser } = await stage.guest('resident');
  const socket = await openRoomSocket(browser);
  if (typeof socket === 'string') throw new Error(`a guest may not connect: ${socket}`);
  const answers: Promise<unknown>[] = [];
  for (let sent = 0; sent < 600 && socket.isOpen(); sent += 20) {
    for (let one = 0; one < 20; one += 1)
      answers.push(socket.says('room:unhear', { sessionId: stage.sessionId }));
    await pause(100);
  }
  const isCut = await cameTrue(5_000, () => !socket.isOpen());
  socket.close();
  const acks = await Promise.all(answers);
  const slowed = acks.filter((ack) => ackInShort(ack) === 'RATE_LIMITED TOO_OFTEN');
  const taken = acks.filter((ack) => ackInShort(ack) === 'ok').length;
  const patient = slowed.filter((ack) => JSON.stringify(ack).includes('"retryAfterMs":')).length;
  world.book.judged('T28', `${answers.length} messages at 200 a second from one socket`, {
    wanted: `${RATES.socket.points} taken, the rest told when to try again, then cut`,
    came: `${taken} taken, ${patient} of ${slowed.length} told when to try again, ${isCut ? 'then cut' : 'not cut'}`,
    passed: taken <= RATES.socket.points && slowed.length > 0 && patient === slowed.length && isCut,
  });
}

/** More commands than one person has for a minute, shared out over all processes. */
async function commands(world: World, { stage }: Watch): Promise<void> {
  const { browser } = await stage.guest('resident');
  const most = RATES.command.points;
  const knock = async (index: number): Promise<Answer> => {
    const url = world.options.urls[index % world.options.urls.length] ?? '';
    const who = { url, headers: () => ({ ...browser.headers(), origin: url }) };
    return await ask(who, roomDoors.enterRoom.route, { params: { sessionId: stage.sessionId } });
  };
  const answers = await inBatches(most + 60, knock);
  const slowed = answers.filter(({ status }) => status === 429);
  const taken = answers.filter(({ status }) => status === 200).length;
  const patient = slowed.filter(
    ({ error, headers }) => typeof error?.details['retryAfterMs'] === 'number' && headers.has('retry-after'),
  );
  world.book.judged(
    'T28',
    `${answers.length} commands of one person, over ${world.options.urls.length} addresses`,
    {
      wanted: `${most} taken, ${answers.length - most} told when to try again`,
      came: `${taken} taken, ${patient.length} told when to try again`,
      passed: taken === most && patient.length === answers.length - most,
    },
  );
}

/** Edits without a pause, from somebody who may write. */
async function edits(world: World, { stage }: Watch): Promise<void> {
  const text = await openText(stage.chair.browser, stage.documentId);
  if (typeof text === 'number') throw new Error(`a writer was not let in: ${text}`);
  const nothing = syncFrame(2, Uint8Array.of(0, 0));
  for (let sent = 0; sent < 3_000; sent += 1) text.send(nothing);
  await cameTrue(5_000, () => text.closedAt() !== null);
  world.book.same(
    'T28',
    '3 000 edits at once from one person',
    'closed 4529',
    `closed ${text.closeCode() ?? 'not'}`,
  );
  text.close();
}

const TRIES = 50;
const WRONG_PASSWORDS = 10;

/** One login, tried again and again under addresses that one says oneself: one after the other, and all at once. */
async function passwords(world: World): Promise<void> {
  const inTurn = `probe-nobody-${randomUUID()}`;
  const answers: Answer[] = [];
  while (answers.length < TRIES) answers.push(await tryPassword(world, inTurn, answers.length));
  const most = `${WRONG_PASSWORDS} tried, ${TRIES - WRONG_PASSWORDS} refused`;
  const sent = `${TRIES} wrong passwords under ${TRIES} addresses that one says oneself`;
  world.book.same('T28', sent, most, triedOf(answers));
  const atOnce = `probe-nobody-${randomUUID()}`;
  const burst = await Promise.all(
    Array.from({ length: TRIES }, (_, index) => tryPassword(world, atOnce, index)),
  );
  world.book.same('T28', `${TRIES} wrong passwords at once`, most, triedOf(burst));
  const again = await world.signIn(await world.account('spare')).then(() => 'signed in', String);
  world.book.same('T28', 'somebody else signs in from the same address', 'signed in', again);
}

function triedOf(answers: readonly Answer[]): string {
  const tried = answers.filter((answer) => inShort(answer) === '401 UNAUTHENTICATED SIGN_IN_WRONG').length;
  const refused = answers.filter((answer) => inShort(answer) === '429 RATE_LIMITED TOO_OFTEN').length;
  return `${tried} tried, ${refused} refused`;
}

async function tryPassword(world: World, login: string, index: number): Promise<Answer> {
  const url = world.options.urls[index % world.options.urls.length] ?? '';
  const address = `203.0.113.${index + 1}`;
  return await fetched(`${url}${accountRoutes.signIn.path}`, {
    method: 'POST',
    headers: {
      origin: url,
      'content-type': 'application/json',
      'x-forwarded-for': address,
      'x-real-ip': address,
      'x-client-ip': address,
      'cf-connecting-ip': address,
      forwarded: `for=${address}`,
    },
    body: JSON.stringify({ login, password: `wrong ${index}` }),
  });
}

const WRONG_LINKS = 20;

/** Links that somebody makes up. */
async function guesses(world: World): Promise<void> {
  const answers: Answer[] = [];
  while (answers.length < 2 * WRONG_LINKS) {
    const token = `${randomUUID()}${randomUUID()}`.replaceAll('-', '');
    answers.push(await ask(world.browser(answers.length), accountRoutes.previewLink, { body: { token } }));
  }
  const tried = answers.filter(({ error }) => error?.reason === 'LINK_UNKNOWN').length;
  const refused = answers.filter(({ status }) => status === 429).length;
  world.book.judged('T28', `${answers.length} links that one makes up`, {
    wanted: `${WRONG_LINKS} tried at most, the rest told to wait`,
    came: `${tried} tried, ${refused} told to wait`,
    // Fewer when somebody else guessed from here within the last minute.
    passed: tried <= WRONG_LINKS && tried + refused === answers.length,
  });
}
