import { randomUUID } from 'node:crypto';
import { SCHEMA_PARAM } from '../../core/contract/collab.ts';
import type { DocumentId } from '../../core/domain/ids.ts';
import { TEXT_SCHEMA_VERSION } from '../../core/domain/outcome.ts';
import { cpuOf } from '../cpu.ts';
import { openHallApart, type Guest, type Hall, type HallCpu, type Meeting } from '../hall.ts';
import { startPeer, type Peer } from '../peer.ts';
import type { TestRedis } from '../../server/testing/test-redis.ts';
import { hocuspocus, ours, plain } from './dialects.ts';
import type { Door } from './fleet.ts';

/** One text of one contender, and the doors of those who come to it. */
export type Place = {
  readonly reader: (n: number) => Door;
  readonly writer: (n: number) => Door;
  readonly cpuSeconds: () => HallCpu;
};

/** Members write, guests read, each split between the processes. */
export function placeIn(hall: Hall, { documentId, members, guests }: Meeting): Place {
  return {
    writer: (n) => {
      const { servers } = hall;
      return doorOf(members[n % members.length], documentId, servers[n % servers.length]?.url);
    },
    reader: (n) => doorOf(guests[n % guests.length], documentId),
    cpuSeconds: hall.cpuSeconds,
  };
}

/** url: of the process that they come to, if it is not the one where they signed in. */
export function doorOf(guest: Guest | undefined, documentId: DocumentId, url?: string): Door {
  if (guest === undefined) throw new Error('nobody is there');
  const { browser } = guest;
  const origin = url ?? browser.url;
  return {
    url: `${origin}/collab/${documentId}?${SCHEMA_PARAM}=${TEXT_SCHEMA_VERSION}`,
    headers: { ...browser.headers(), origin },
    dialect: ours,
    greets: true,
  };
}

export const PEERS = {
  yws: 'y-websocket-server',
  hocuspocus3: 'Hocuspocus 3.4.4',
  hocuspocus4: 'Hocuspocus 4.7.0',
  ws: 'ws',
} as const;
export type PeerName = (typeof PEERS)[keyof typeof PEERS];

type Wish = {
  readonly processes?: number;
  readonly core?: number | null;
  readonly env?: Readonly<Record<string, string>>;
  readonly redis?: TestRedis;
  readonly databaseUrl?: string;
};

/** A peer and a text in it; people are split between its processes. */
export async function openPeer(
  name: PeerName,
  { processes = 1, core = null, env = {}, redis, databaseUrl = '' }: Wish = {},
): Promise<{
  readonly place: Place;
  readonly peer: Peer;
  readonly door: (port: number, text?: string) => Door;
}> {
  const [script, ...version] = SCRIPTS[name];
  const args = version.length === 0 ? [] : [...version, redis?.url ?? '', databaseUrl];
  const peer = await startPeer(script, { processes, core, env, args });
  const own = randomUUID();
  const isHocuspocus = name === PEERS.hocuspocus3 || name === PEERS.hocuspocus4;
  const door = (port: number, text: string = own): Door => ({
    url: `http://127.0.0.1:${port}/${text}`,
    headers: {},
    dialect: isHocuspocus ? hocuspocus(text) : plain,
    greets: name !== PEERS.ws,
  });
  const nth = (n: number) => door(peer.ports[n % peer.ports.length] ?? 0);
  const cpuSeconds = () => ({
    server: peer.cpuSeconds(),
    postgres: 0,
    redis: redis === undefined ? 0 : cpuOf(redis.pid),
  });
  return { place: { reader: nth, writer: nth, cpuSeconds }, peer, door };
}

const SCRIPTS: Readonly<Record<PeerName, readonly [string, ...string[]]>> = {
  [PEERS.yws]: ['y-websocket.mjs'],
  [PEERS.hocuspocus3]: ['hocuspocus.mjs', '3'],
  [PEERS.hocuspocus4]: ['hocuspocus.mjs', '4'],
  [PEERS.ws]: ['ws.mjs'],
};

/** A hall that is opened by the first who needs it. */
export function lazyHall(begin: () => Promise<Hall> = openHallApart): {
  readonly open: () => Promise<Hall>;
  readonly close: () => Promise<void>;
} {
  let hall: Promise<Hall> | undefined;
  return {
    open: () => (hall ??= begin()),
    close: async () => await (await hall)?.close(),
  };
}
