import { randomUUID } from 'node:crypto';
import { accountRoutes } from '../core/contract/accounts.ts';
import { officeRoutes } from '../core/contract/office.ts';
import { roomDoors } from '../core/contract/room.ts';
import { ViewId } from '../core/domain/ids.ts';
import { ask, inShort, upgrade } from './ask.ts';
import { openEars } from './ears.ts';
import { openRoomSocket } from './room-socket.ts';
import { lowered } from './t04-lowered.ts';
import { makeStage, type Person, type Stage } from './stage.ts';
import { cameTrue } from '../server/testing/until.ts';
import type { World } from './world.ts';

const CUT_MS = 5_000;

/** One way to lose what one had: what is done, and what is answered afterwards. */
type Case = {
  readonly what: string;
  readonly person: () => Promise<Person>;
  readonly act: (person: Person) => Promise<unknown>;
  /** To a command, to hearing the room again, and to the text's handshake. */
  readonly after: { readonly command: string; readonly hear: string; readonly text: string };
};

const REMOVED = {
  command: '403 FORBIDDEN REMOVED_FROM_SESSION',
  hear: 'FORBIDDEN REMOVED_FROM_SESSION',
  text: '403 REMOVED_FROM_SESSION',
};
const SIGNED_OUT = {
  command: '401 UNAUTHENTICATED SIGN_IN_REVOKED',
  hear: '400 SIGN_IN_NEEDED',
  text: '401 SIGN_IN_NEEDED',
};

/** Whoever is removed, disabled or signed out loses both sockets, in every process, and hears nothing more. */
export async function cutOff(world: World): Promise<void> {
  const cast = {
    host: 'host',
    disabled: 'member',
    reset: 'member',
    out: 'member',
    everywhere: 'member',
    lowered: 'recorder',
  } as const;
  const stage = await makeStage(world, { title: 'T04', cast, opens: true, purpose: 'cut' });
  try {
    for (const one of casesOf(world, stage)) await tryCase(world, stage, one);
  } finally {
    await enable(world, stage.person('disabled'));
  }
  await lowered(world, stage);
}

function casesOf(world: World, stage: Stage): readonly Case[] {
  const remove = ({ participantId }: Person) =>
    stage.does(stage.chair, { type: 'removeParticipant', participantId, why: '检验' });
  const account = (alias: string) => () => Promise.resolve(stage.person(alias));
  return [
    { what: 'a guest who is removed', person: () => stage.guest('resident'), act: remove, after: REMOVED },
    {
      what: 'an account that is disabled',
      person: account('disabled'),
      act: async ({ account: of }) => {
        if (of === null) return;
        const params = { personId: of.personId };
        await world.admin.call(officeRoutes.changeAccount, { params, body: { isDisabled: true } });
      },
      after: SIGNED_OUT,
    },
    {
      what: 'somebody whose password the office sets',
      person: account('reset'),
      act: async ({ account: of }) => {
        if (of === null) return;
        const { personId, password } = of;
        await world.admin.call(officeRoutes.changeAccount, { params: { personId }, body: { password } });
      },
      after: SIGNED_OUT,
    },
    {
      what: 'somebody who signs out in another tab',
      person: account('out'),
      act: ({ browser }) => ask(browser, accountRoutes.signOut, { body: { everywhere: false } }),
      after: SIGNED_OUT,
    },
    {
      what: 'somebody who signs out everywhere, on another computer',
      person: account('everywhere'),
      act: async ({ account: of }) => {
        if (of === null) return;
        const elsewhere = await world.signIn(of, 1);
        await elsewhere.call(accountRoutes.signOut, { body: { everywhere: true } });
      },
      after: SIGNED_OUT,
    },
  ];
}

/** The next run signs them in again. */
async function enable({ admin }: World, { account }: Person): Promise<void> {
  if (account === null) return;
  const params = { personId: account.personId };
  await admin.call(officeRoutes.changeAccount, { params, body: { isDisabled: false } });
}

async function tryCase(world: World, stage: Stage, { what, person, act, after }: Case): Promise<void> {
  const { book } = world;
  const who = await person();
  const { rooms, texts } = await openEars(world, stage, who);
  const sockets = [...rooms, ...texts];
  const started = performance.now();
  await act(who);
  const isCut = await cameTrue(CUT_MS, () => sockets.every((socket) => socket.closedAt() !== null));
  const last = Math.max(...sockets.map((socket) => (socket.closedAt() ?? Infinity) - started));
  book.judged('T04', `${what}: ${rooms.length} sockets of the room, ${texts.length} of the text`, {
    wanted: `closed within ${CUT_MS / 1_000} s`,
    came: isCut
      ? `closed after ${Math.round(last)} ms`
      : `${sockets.filter((socket) => socket.isOpen()).length} still open`,
    passed: isCut,
  });
  const said = `之后 ${randomUUID()}`;
  await post(stage, said);
  // The chair hears it at once; whoever was cut has until the end of the next questions.
  const knock = roomDoors.enterRoom.route;
  const answer = await ask(who.browser, knock, { params: { sessionId: stage.sessionId } });
  book.same('T04', `${what}: a command afterwards`, after.command, inShort(answer));
  book.same('T04', `${what}: hearing again`, after.hear, await hearAgain(stage, who));
  const path = `/collab/${stage.documentId}`;
  const text = await upgrade({ url: who.browser.url, path, headers: who.browser.headers() });
  book.same('T04', `${what}: opening the text again`, after.text, `${text.status} ${text.text}`);
  const came = rooms.some((room) => JSON.stringify(room.packets).includes(said));
  book.same('T04', `${what}: what was said afterwards`, 'did not come', came ? 'came' : 'did not come');
}

async function post(stage: Stage, text: string): Promise<void> {
  const view = { id: ViewId.parse(randomUUID()), stance: 'question', text, replyTo: null } as const;
  await stage.does(stage.chair, { type: 'postView', view });
}

async function hearAgain(stage: Stage, { browser }: Person): Promise<string> {
  const socket = await openRoomSocket(browser);
  if (typeof socket === 'string') {
    const path = '/socket.io/?EIO=4&transport=websocket';
    const { status, text } = await upgrade({ url: browser.url, path, headers: browser.headers() });
    return `${status} ${text}`;
  }
  const heard = await socket.hear(stage.sessionId);
  socket.close();
  return heard;
}
