import { randomUUID } from 'node:crypto';
import { ALL_ROUTES } from '../core/contract/api.ts';
import { roomDoors } from '../core/contract/room.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { PollId, ViewId, type SessionId } from '../core/domain/ids.ts';
import { ask, inShort, upgrade } from './ask.ts';
import { pollOf } from './matrix-scene.ts';
import { openRoomSocket, type RoomSocket } from './room-socket.ts';
import { askAt, CALLS, type Place } from './t08-calls.ts';
import { makeStage, type Person, type Stage } from './stage.ts';
import type { World } from './world.ts';

/** Ends the listening to the other session, and says whether anything of it came. */
export type Overheard = () => void;

/** Two meetings: whoever is in one asks for things of the other, by every id, alone and mixed. */
export async function mixedObjects(world: World): Promise<Overheard> {
  const cast = { host: 'host', department: 'department', resident: 'resident' } as const;
  const x = await furnished(await makeStage(world, { title: 'T08 甲', cast, opens: true, purpose: 'x' }));
  const y = await furnished(await makeStage(world, { title: 'T08 乙', cast, opens: true, purpose: 'y' }));
  const planned = await makeStage(world, { title: 'T08 未开', cast, opens: false, purpose: 'y' });
  // Three others of each role take turns at the routes: nobody has so many commands a minute.
  const others: Stage[] = [];
  for (const [title, purpose] of [
    ['T08 丁', 'w'] as const,
    ['T08 丙', 'z'] as const,
    ['T08 戊', 'v'] as const,
  ])
    others.push(await makeStage(world, { title, cast, opens: true, purpose }));
  for (const alias of ['host', 'resident', 'department']) {
    const who = x.stage.person(alias);
    const asking = others.map((stage) => stage.person(alias));
    await otherSession(world, asking, y.stage);
    await otherSession(world, asking, planned);
    await mixed(world, { who, here: x, there: y });
  }
  await lists(world, x.stage.person('resident'), y.stage);
  return await overhear(world, x.stage, y.stage);
}

async function furnished(stage: Stage): Promise<Place> {
  const { chair } = stage;
  const view = {
    id: ViewId.parse(randomUUID()),
    stance: 'question',
    text: '有人吗？',
    replyTo: null,
  } as const;
  await stage.does(chair, { type: 'postView', view });
  const poll = pollOf(PollId.parse(randomUUID()));
  await stage.does(chair, { type: 'preparePoll', poll });
  const link = await stage.link('expert');
  const [item] = stage.items;
  const reply = randomUUID();
  const body = { id: reply, toViews: [view.id], commitment: 'can_do', text: '有。' };
  await ask(stage.person('department').browser, roomDoors.postReply.route, {
    params: { sessionId: stage.sessionId },
    body,
  });
  const { participantId } = stage.person('resident');
  const ids = {
    view: view.id,
    poll: poll.id,
    reply,
    participant: participantId,
    link: link.id,
    item: item ?? '',
  };
  return { stage, ids: { ...ids, task: randomUUID() } };
}

/** Every route of a session, at somebody else's: it looks as if it did not exist. */
async function otherSession(
  world: World,
  asking: readonly Person[],
  { sessionId, documentId }: Stage,
): Promise<void> {
  const different: string[] = [];
  const [first] = asking;
  if (first === undefined) throw new Error('nobody asks');
  const routes = Object.values(ALL_ROUTES).filter((route) => route.path.includes(':sessionId'));
  for (const [index, route] of routes.entries()) {
    const who = asking[index % asking.length] ?? first;
    const [theirs, nowhere] = [
      await askAt(who.browser, route, sessionId),
      await askAt(who.browser, route, randomUUID()),
    ];
    if (theirs !== nowhere || !theirs.startsWith('404'))
      different.push(`${route.method} ${route.path}: ${theirs} but ${nowhere}`);
  }
  const same = 'as if it did not exist';
  const sent = `${routes.length} routes with another session's id, as ${first.role}`;
  world.book.same('T08', sent, same, different.join('; ') || same);
  const path = (id: string) => `/collab/${id}`;
  const text = async (id: string) => {
    const { status, text: word } = await upgrade({
      url: first.browser.url,
      path: path(id),
      headers: first.browser.headers(),
    });
    return `${status} ${word}`;
  };
  const [theirs, nowhere] = [await text(documentId), await text(randomUUID())];
  world.book.judged('T08', `another session's text, as ${first.role}`, {
    wanted: `${nowhere}, as for one that does not exist`,
    came: theirs,
    passed: theirs === nowhere && theirs.startsWith('404'),
  });
}

type Mixed = { readonly who: Person; readonly here: Place; readonly there: Place };

/** One's own session with a thing of the other, and the other way round: as with a thing that does not exist. */
async function mixed(world: World, { who, here, there }: Mixed): Promise<void> {
  for (const [what, kind, call] of CALLS) {
    const at = async (sessionId: SessionId, id: string) => {
      const { route, params = {}, body = {} } = call(id, here.ids);
      return inShort(await ask(who.browser, route, { params: { sessionId, ...params }, body }));
    };
    const nothing = await at(here.stage.sessionId, randomUUID());
    const theirs = await at(here.stage.sessionId, there.ids[kind]);
    world.book.judged('T08', `${what} of the other session, in one's own, as ${who.role}`, {
      wanted: `${nothing}, as for one that does not exist`,
      came: theirs,
      passed: theirs === nothing && /^40[34]/.test(theirs),
    });
    const away = await at(there.stage.sessionId, here.ids[kind]);
    world.book.same(
      'T08',
      `${what} of one's own, in the other session, as ${who.role}`,
      '404 NOT_FOUND SESSION_UNKNOWN',
      away,
    );
  }
}

/** What lists, and lists of ids, tell of it. */
async function lists(world: World, who: Person, other: Stage): Promise<void> {
  const { sessions } = await who.browser.call(sessionRoutes.listSessions, {});
  world.book.same(
    'T08',
    'the other session in my list',
    'not there',
    sessions.some(({ id }) => id === other.sessionId) ? 'there' : 'not there',
  );
  const socket = await openRoomSocket(who.browser);
  if (typeof socket === 'string') throw new Error(`a resident may not connect: ${socket}`);
  const nowhere = randomUUID();
  world.book.same(
    'T08',
    'hearing the other session',
    await socket.hear(nowhere),
    await socket.hear(other.sessionId),
  );
  world.book.same(
    'T08',
    'hearing a list of sessions',
    'INVALID MALFORMED',
    await socket.hear([other.sessionId, nowhere]),
  );
  world.book.same(
    'T08',
    'hearing a session by an object',
    'INVALID MALFORMED',
    await socket.hear({ in: [other.sessionId] }),
  );
  socket.close();
}

/** Keeps an ear at the other session's door for the rest of the run. */
async function overhear(world: World, own: Stage, other: Stage): Promise<Overheard> {
  const { browser } = own.person('resident');
  const socket = await openRoomSocket(browser);
  if (typeof socket === 'string') throw new Error(`a resident may not connect: ${socket}`);
  await socket.hear(own.sessionId);
  await socket.hear(other.sessionId);
  const started = performance.now();
  const mark = `只给乙 ${randomUUID()}`;
  const view = { id: ViewId.parse(randomUUID()), stance: 'question', text: mark, replyTo: null } as const;
  await other.does(other.chair, { type: 'postView', view });
  return () => {
    const seconds = Math.round((performance.now() - started) / 1_000);
    const came = leaked(socket, other.sessionId, mark);
    world.book.same('T08', `what came of the other session in ${seconds} s`, 'nothing', came);
    socket.close();
  };
}

function leaked(socket: RoomSocket, sessionId: SessionId, mark: string): string {
  const text = JSON.stringify(socket.packets.slice(0));
  const events = socket.heard(sessionId).length;
  return events === 0 && !text.includes(mark) ? 'nothing' : `${events} events`;
}
