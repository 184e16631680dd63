import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { accountRoutes } from '../../core/contract/accounts.ts';
import { sessionRoutes } from '../../core/contract/sessions.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { planAndOpen, type Stage } from '../../load/stage.ts';
import { type Browser, openBrowser } from '../../rehearsal/doors.ts';
import { besideServer, CORES } from '../core.ts';
import { guardSockets } from '../descriptors.ts';
import type { Row, Sample } from '../frame.ts';
import { openHallApart, type Hall } from '../hall.ts';
import { inspector } from '../memory.ts';
import { atPace } from '../pace.ts';
import { makeConveners } from '../rooms.ts';
import { openReader, type Door, type Reader } from './fleet.ts';
import { doorOf, openPeer, PEERS, type PeerName } from './places.ts';

const TEXTS = 500;
const EACH = 4;
const CONNECTIONS = TEXTS * EACH;
const AT_ONCE = 50;
const JOINS_EVERY_MS = 12;
/** Longer than a text is kept that nobody has open: ours stays half a minute, the peers' not at all. */
const FORGET_MS = { ours: 35_000, peers: 10_000 } as const;
const quiet = () => undefined;

/**
 * Everybody has the text and nobody types; then all leave. Garbage is collected before memory is read. Ours is a process
 * that, as the peers', has done nothing before, but that it holds the sessions of these texts: it is the text that is
 * measured, not the room, and not what two thousand people who joined have left of the heap.
 */
export function idleRow(): Row {
  const peers = [PEERS.yws, PEERS.hocuspocus4];
  return {
    name: `text: ${CONNECTIONS} idle connections to ${TEXTS} texts, then none`,
    units: {
      'RSS per connection': 'KB',
      'RSS after ÷ before': '×',
      'RSS before': 'MB',
      'CPU while idle': '% of a core',
    },
    contenders: [
      { name: 'shangliang', run: () => besideServer(mine) },
      ...peers.map((name) => ({ name, run: () => besideServer(() => theirs(name)) })),
    ],
    targets: [
      { figure: 'RSS per connection', beside: peers, ratio: 1.15 },
      { figure: 'RSS after ÷ before', atMost: 1.05 },
    ],
  };
}

async function mine(): Promise<Sample> {
  guardSockets(CONNECTIONS);
  const entrance = await inspector();
  const hall = await openHallApart(entrance.env);
  try {
    const guests = await makeTexts(hall);
    const [server] = hall.servers;
    if (server === undefined) throw new Error('there is no server');
    await server.stop();
    await server.start();
    for (const { browser, sessionId } of guests.slice(0, TEXTS))
      await browser.call(sessionRoutes.getSnapshot, { params: { sessionId } });
    const heldMb = () => entrance.heldMb(server.pid());
    const doors = guests.map(({ door }) => door);
    return await measure(doors, {
      heldMb,
      cpuSeconds: () => hall.cpuSeconds().server,
      forgetMs: FORGET_MS.ours,
    });
  } finally {
    await hall.close();
  }
}

type Guest = { readonly door: Door; readonly browser: Browser; readonly sessionId: SessionId };

/** People with a cookie, each with a seat in a session of their own text: four to a text. */
async function makeTexts({ servers: [server] }: Hall): Promise<readonly Guest[]> {
  const url = server?.url ?? '';
  const conveners = await makeConveners({ url });
  const stages: Pick<Stage, 'sessionId' | 'documentId' | 'linkToken'>[] = [];
  for (let from = 0; from < TEXTS; from += conveners.length)
    stages.push(...(await Promise.all(conveners.map((convener) => planAndOpen(convener, EACH, [])))));
  return await atPace(CONNECTIONS, JOINS_EVERY_MS, async (n) => {
    const stage = stages[n % TEXTS];
    if (stage === undefined) throw new Error('there are not enough texts');
    const browser = openBrowser(url, quiet);
    const { participantId } = await browser.call(accountRoutes.join, {
      body: { token: stage.linkToken, key: randomUUID(), consent: true, name: '', venueId: null },
    });
    const door = doorOf({ browser, participantId }, stage.documentId);
    return { door, browser, sessionId: stage.sessionId };
  });
}

async function theirs(name: PeerName): Promise<Sample> {
  const entrance = await inspector();
  const { peer, door } = await openPeer(name, { core: CORES.server, env: entrance.env });
  try {
    const texts = Array.from({ length: TEXTS }, () => door(peer.ports[0] ?? 0, randomUUID()));
    const doors = Array.from({ length: CONNECTIONS }, (_, n) => texts[n % TEXTS]).flatMap((one) => one ?? []);
    const heldMb = () => entrance.heldMb(peer.pids[0] ?? 0);
    return await measure(doors, { heldMb, cpuSeconds: peer.cpuSeconds, forgetMs: FORGET_MS.peers });
  } finally {
    await peer.stop();
  }
}

type Gauges = {
  readonly heldMb: () => Promise<number>;
  readonly cpuSeconds: () => number;
  readonly forgetMs: number;
};

async function measure(doors: readonly Door[], { heldMb, cpuSeconds, forgetMs }: Gauges): Promise<Sample> {
  // Code that runs for the first time takes memory too.
  for (const reader of await openAll(doors.slice(0, AT_ONCE))) reader.close();
  await wait(forgetMs);
  const before = await heldMb();
  const readers = await openAll(doors);
  const [cpu, began] = [cpuSeconds(), performance.now()];
  await wait(10_000);
  const busy = (cpuSeconds() - cpu) / ((performance.now() - began) / 1_000);
  const open = await heldMb();
  for (const reader of readers) reader.close();
  await wait(forgetMs);
  const after = await heldMb();
  return {
    'RSS per connection': ((open - before) * 1_024) / doors.length,
    'RSS after ÷ before': after / before,
    'RSS before': before,
    'CPU while idle': busy * 100,
  };
}

async function openAll(doors: readonly Door[]): Promise<readonly Reader[]> {
  const readers: Reader[] = [];
  for (let from = 0; from < doors.length; from += AT_ONCE)
    readers.push(
      ...(await Promise.all(doors.slice(from, from + AT_ONCE).map((door) => openReader(door, 1)))),
    );
  return readers;
}
