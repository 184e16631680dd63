import { randomUUID } from 'node:crypto';
import { until } from '../server/testing/until.ts';
import { ViewId } from '../core/domain/ids.ts';
import { readLog } from '../load/evidence.ts';
import { createHistogram } from '../load/histogram.ts';
import { openListener, type Listener } from '../load/listener.ts';
import { comeIn, type Person } from '../load/people.ts';
import type { Picture } from '../load/pictures.ts';
import type { Stage } from '../load/stage.ts';
import { command } from '../rehearsal/knock.ts';
import { guardSameRoom } from './same-room.ts';
import { guardSockets } from './descriptors.ts';
import type { Row, Sample } from './frame.ts';
import { inHouse, measuringEars, type House, type Spent } from './house.ts';
import { atPace } from './pace.ts';
import { roomsRow } from './rooms.ts';
import { percentile } from './stats.ts';

const quiet = () => undefined;
const MANY = 1_000;
const IDLE = 10_000;
const WARM = 100;
const KIB = 1_024;
/** So many of those who come in are held to the whole room that they were shown. */
const KEPT_PICTURES = 10;
const JOINING_UNITS = {
  'first try': '%',
  'snapshot p95': 'ms',
  'in p95': 'ms',
  'in p99': 'ms',
  'CPU a join': 'ms',
  'PostgreSQL a join': 'ms',
  'load generator a join': 'ms',
};

/** Rows about many people at once, in absolute figures: the load comes from the same machine. */
export function crowdRows(): readonly Row[] {
  const alone = (run: (house: House) => Promise<Sample>): Row['contenders'] => [
    { name: 'shangliang', run: () => inHouse(run) },
  ];
  return [
    {
      name: '300 people join within 10 s',
      units: JOINING_UNITS,
      contenders: alone((house) => joining(house, 300)),
      targets: [
        { figure: 'first try', atLeast: 100 },
        { figure: 'snapshot p95', atMost: 300 },
      ],
    },
    {
      name: `${MANY} people join within 10 s`,
      units: JOINING_UNITS,
      contenders: alone((house) => joining(house, MANY)),
      targets: [
        { figure: 'first try', atLeast: 99.9 },
        { figure: 'in p99', atMost: 2_000 },
      ],
    },
    {
      name: `kill -9 with ${MANY} people in a room`,
      units: { '95 % back': 's', 'all back': 's' },
      contenders: alone(afterKill),
      targets: [
        { figure: '95 % back', atMost: 6 },
        { figure: 'all back', atMost: 15 },
      ],
    },
    {
      name: `${IDLE} idle sockets`,
      units: { memory: 'MB', 'seen by all p95': 'ms', 'CPU while idle': '% of a core' },
      contenders: alone(idle),
      targets: [
        { figure: 'memory', atMost: 600 },
        { figure: 'seen by all p95', atMost: 1_000 },
      ],
    },
    roomsRow,
  ];
}

type Arrivals = {
  readonly people: readonly Person[];
  /** What some of them were shown first. */
  readonly pictures: readonly Picture[];
  readonly sample: Sample;
};

/** Everybody scans the same code, evenly over ten seconds; in is who hears the room. */
async function comeAll(
  house: House,
  stage: Stage,
  tools: ReturnType<typeof measuringEars>['tools'],
  count: number,
): Promise<Arrivals> {
  let again = 0;
  const [snapshots, ins] = [createHistogram(), createHistogram()];
  const pictures: Picture[] = [];
  const before = house.spent();
  const people = await atPace(count, 10_000 / count, async (n) => {
    const began = performance.now();
    const manners = { troubled: () => void (again += 1) };
    const pictured = (picture: Picture, ms: number) => {
      snapshots.add(ms);
      if (n % (count / KEPT_PICTURES) === 0) pictures.push(picture);
    };
    const person = await comeIn({ stage, home: n, manners, tools, told: quiet, pictured });
    ins.add(performance.now() - began);
    return person;
  });
  const after = house.spent();
  const each = (who: keyof Spent) => (1_000 * (after[who] - before[who])) / count;
  const sample = {
    'first try': 100 * (1 - again / count),
    'snapshot p95': snapshots.quantile(0.95) ?? NaN,
    'in p95': ins.quantile(0.95) ?? NaN,
    'in p99': ins.quantile(0.99) ?? NaN,
    'CPU a join': each('server'),
    'PostgreSQL a join': each('postgres'),
    'load generator a join': each('load'),
  };
  return { people, pictures, sample };
}

async function joining(house: House, count: number): Promise<Sample> {
  // A server has been running before a hall comes: the first hundred, elsewhere, are those it is compiled for.
  const before = await comeAll(house, await house.stage(WARM), measuringEars(house.url).tools, WARM);
  leave(before.people.map(({ listener }) => listener));
  const stage = await house.stage(count);
  const { people, pictures, sample } = await comeAll(house, stage, measuringEars(house.url).tools, count);
  const log = await readLog(stage.chair, stage.sessionId);
  await until('everybody has everything', () => areAt(people, log.length), 30_000);
  guardSameRoom(log, people, pictures);
  leave(people.map(({ listener }) => listener));
  return sample;
}

async function afterKill(house: House): Promise<Sample> {
  const stage = await house.stage(MANY);
  const { tools } = measuringEars(house.url);
  const { people } = await comeAll(house, stage, tools, MANY);
  await house.process.kill();
  const began = performance.now();
  const backAt = new Map<Person, number>();
  const starting = house.process.start().then(() => post(stage, people[0]));
  let seq: number | null = null;
  void starting.then((at) => (seq = at)); // whoever awaits starting hears of a failure
  await until(
    'everybody is back and has everything',
    () => {
      if (seq === null) return false;
      for (const person of people) {
        const isBack = person.listener.isHearing() && person.listener.heard().line.seq >= seq;
        if (isBack && !backAt.has(person)) backAt.set(person, (performance.now() - began) / 1_000);
      }
      return backAt.size === people.length;
    },
    60_000,
  );
  await starting;
  leave(people.map(({ listener }) => listener));
  const times = [...backAt.values()];
  return { '95 % back': percentile(times, 0.95), 'all back': percentile(times, 1) };
}

/** A thousand people with ten windows each: as many sockets as one person may have. */
async function idle(house: House): Promise<Sample> {
  guardSockets(IDLE);
  const stage = await house.stage(MANY);
  const ears = measuringEars(house.url);
  const { people } = await comeAll(house, stage, ears.tools, MANY);
  const { sessionId } = stage;
  const after = Math.max(...people.map(({ listener }) => listener.heard().line.seq));
  const more: Listener[] = [];
  for (let window = 1; window < IDLE / MANY; window += 1) {
    for (let from = 0; from < people.length; from += 100) {
      const opened = people
        .slice(from, from + 100)
        .map(({ browser }) => openListener({ browser, sessionId, after }, ears.tools));
      await Promise.all(opened.map(({ begun }) => begun));
      more.push(...opened);
    }
  }
  const all = [...people.map(({ listener }) => listener), ...more];
  const [cpu, began] = [house.spent().server, performance.now()];
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const busy = (house.spent().server - cpu) / ((performance.now() - began) / 1_000);
  for (let n = 0; n < 10; n += 1) {
    const seq = await post(stage, people[n], ears.posting);
    await until('everybody saw it', () => all.every((listener) => listener.heard().line.seq >= seq), 30_000);
  }
  const memory = await house.rssMb();
  leave(all);
  return { memory, 'seen by all p95': ears.seen.quantile(0.95) ?? NaN, 'CPU while idle': 100 * busy };
}

/** Somebody posts a view of a kibibyte; resolves with where it stands. */
async function post(
  { sessionId }: Stage,
  person: Person | undefined,
  posting: (id: string) => void = quiet,
): Promise<number> {
  if (person === undefined) throw new Error('nobody is there');
  const id = ViewId.parse(randomUUID());
  const view = { id, stance: 'info' as const, text: '议'.repeat(KIB / 3), replyTo: null };
  posting(id);
  const [envelope] = await command(person.browser, sessionId, { type: 'postView', view }, randomUUID());
  return envelope?.seq ?? 0;
}

function areAt(people: readonly Person[], seq: number): boolean {
  return people.every(({ listener }) => listener.heard().line.seq >= seq);
}

function leave(listeners: readonly Listener[]): void {
  for (const listener of listeners) listener.close();
}
