import { randomUUID } from 'node:crypto';
import { officeRoutes } from '../core/contract/office.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { PersonId, ViewId, type SessionId } from '../core/domain/ids.ts';
import { comeIn, type Person } from '../load/people.ts';
import { planAndOpen } from '../load/stage.ts';
import { signInAdmin } from '../rehearsal/cast.ts';
import { command } from '../rehearsal/knock.ts';
import { socketsAllowed } from './descriptors.ts';
import type { Row, Sample } from './frame.ts';
import { inHouse, measuringEars, type House } from './house.ts';
import { atPace } from './pace.ts';

const quiet = () => undefined;
const PEOPLE = 20;
/** A thousand, or as many as one process may have sockets for. */
const MOST_ROOMS = Math.min(1_000, Math.floor(socketsAllowed() / PEOPLE / 50) * 50);
const STEPS = [10, 100, MOST_ROOMS] as const;
/** A person may ask for so much a minute: the rooms are made by several. */
const CONVENERS = 25;
/** The same for every number of rooms: fifty views a second, each seen by twenty. */
const VIEWS = { count: 1_000, everyMs: 20 } as const;
/** As many people as may come in from one address in a second. */
const JOINS_EVERY_MS = 12;

/** What a room costs beside others: the curve, and that it is flat. */
export const roomsRow: Row = {
  name: `${STEPS.join(', ')} rooms of ${PEOPLE} people`,
  units: Object.fromEntries([
    ...STEPS.flatMap((rooms) => [
      [`memory with ${rooms}`, 'MB'],
      [`CPU a view with ${rooms}`, 'ms'],
      [`idle CPU with ${rooms}`, '% of a core'],
    ]),
    ['memory of one more room, late ÷ early', '×'],
    ['CPU a view, most ÷ fewest rooms', '×'],
  ]),
  contenders: [{ name: 'shangliang', run: () => inHouse(curve) }],
  targets: [
    { figure: 'memory of one more room, late ÷ early', atMost: 1.2 },
    { figure: 'CPU a view, most ÷ fewest rooms', atMost: 1.2 },
  ],
};

type Room = { readonly sessionId: SessionId; readonly people: readonly Person[] };
type Convener = Awaited<ReturnType<typeof signInAdmin>>;

async function curve(house: House): Promise<Sample> {
  const conveners = await makeConveners(house);
  const { tools } = measuringEars(house.url);
  const rooms: Room[] = [];
  const points: Sample[] = [];
  for (const step of STEPS) {
    rooms.push(...(await makeRooms(conveners, tools, step - rooms.length)));
    points.push(await measure(house, rooms));
  }
  for (const { people } of rooms) for (const { listener } of people) listener.close();
  const figure = (name: string, index: number) => points[index]?.[name] ?? NaN;
  const perRoom = (from: number, to: number) =>
    (figure('memory', to) - figure('memory', from)) / ((STEPS[to] ?? NaN) - (STEPS[from] ?? NaN));
  return {
    ...Object.fromEntries(
      STEPS.flatMap((step, index) => [
        [`memory with ${step}`, figure('memory', index)],
        [`CPU a view with ${step}`, figure('view', index)],
        [`idle CPU with ${step}`, figure('idle', index)],
      ]),
    ),
    'memory of one more room, late ÷ early': perRoom(1, 2) / perRoom(0, 1),
    'CPU a view, most ÷ fewest rooms': figure('view', STEPS.length - 1) / figure('view', 0),
  };
}

/** People who may make sessions: more than one may ask for in a minute. */
export async function makeConveners({ url }: Pick<House, 'url'>): Promise<readonly Convener[]> {
  const credentials = { urls: [url], login: null, password: null, studioId: null };
  const admin = await signInAdmin(credentials, quiet);
  const conveners: Convener[] = [];
  for (let n = 0; n < CONVENERS; n += 1) {
    const personId = PersonId.parse(randomUUID());
    const [login, password] = [`bench-convener-${n}`, randomUUID()];
    const body = { personId, login, password, name: `召集人${n}`, affiliation: '' };
    await admin.browser.call(sessionRoutes.createAccount, { body });
    await admin.browser.call(officeRoutes.setMember, {
      params: { studioId: admin.studioId, personId },
      body: { isConvener: true },
    });
    conveners.push(await signInAdmin({ ...credentials, login, password }, quiet));
  }
  return conveners;
}

async function makeRooms(
  conveners: readonly Convener[],
  tools: ReturnType<typeof measuringEars>['tools'],
  count: number,
): Promise<readonly Room[]> {
  const rooms: Room[] = [];
  for (let from = 0; from < count; from += conveners.length) {
    const some = conveners.slice(0, Math.min(conveners.length, count - from));
    const stages = await Promise.all(some.map((convener) => planAndOpen(convener, PEOPLE, [])));
    const places = stages.flatMap((stage) => Array.from({ length: PEOPLE }, () => stage));
    const arrivals = await atPace(places.length, JOINS_EVERY_MS, async (n) => {
      const stage = places[n];
      if (stage === undefined) throw new Error('a place without a room');
      return { stage, person: await comeIn({ stage, home: 0, manners: {}, tools, told: quiet }) };
    });
    for (const stage of stages) {
      const people = arrivals.filter((arrival) => arrival.stage === stage).map(({ person }) => person);
      rooms.push({ sessionId: stage.sessionId, people });
    }
  }
  return rooms;
}

async function measure(house: House, rooms: readonly Room[]): Promise<Sample> {
  const idle = (await cpuWhile(house, () => new Promise((resolve) => setTimeout(resolve, 10_000)))) / 10;
  const used = await cpuWhile(house, () =>
    atPace(VIEWS.count, VIEWS.everyMs, async (n) => {
      const room = rooms[n % rooms.length];
      const person = room?.people[Math.floor(n / rooms.length) % PEOPLE];
      if (room === undefined || person === undefined) throw new Error('nobody is there');
      const view = {
        id: ViewId.parse(randomUUID()),
        stance: 'info' as const,
        text: '这里的路口应当改一改，放学时车多人多。',
        replyTo: null,
      };
      await command(person.browser, room.sessionId, { type: 'postView', view }, randomUUID());
    }),
  );
  const seconds = (VIEWS.count * VIEWS.everyMs) / 1_000;
  return {
    memory: await house.rssMb(),
    idle: 100 * idle,
    // What the process does all the time, and not for the views, is told apart.
    view: (1_000 * (used - idle * seconds)) / VIEWS.count,
  };
}

async function cpuWhile(house: House, work: () => Promise<unknown>): Promise<number> {
  const before = house.spent().server;
  await work();
  return house.spent().server - before;
}
