import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { setTimeout as wait } from 'node:timers/promises';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { besideServer, CORES } from '../core.ts';
import type { Row, Sample } from '../frame.ts';
import { atPace } from '../pace.ts';
import { openEditor, type Editor } from './fleet.ts';
import { lazyHall, openPeer, PEERS, placeIn, type PeerName, type Place } from './places.ts';

const EDITORS = 100;
/** Twice a second each. */
const EVERY_MS = 500 / EDITORS;
const [WARM_UP, MEASURED] = [6_000, 4_000];
/** Of ours so many cursors are shown in one text; of the peers all. */
const SHOWN = 50;
const SETTLE_MS = 1_500;

/** Cursors move, nobody types. In the end everybody sees where every cursor that is shown stands, or the run is void. */
export function presenceRow(): Row {
  const hall = lazyHall();
  const peers = [PEERS.yws, PEERS.hocuspocus4];
  return {
    name: `text: ${EDITORS} editors, cursors at 2 Hz`,
    units: {
      'CPU per update': 'µs',
      'frames per update': '',
      'bytes per update': 'KB',
      'cursors seen': '',
      'load generator': '% of a core',
    },
    contenders: [
      {
        name: 'shangliang',
        run: () =>
          besideServer(async () => {
            const house = await hall.open();
            return await moving(placeIn(house, await house.meet(1)), SHOWN);
          }),
      },
      ...peers.map((name) => ({ name, run: () => besideServer(() => theirs(name)) })),
    ],
    targets: [
      { figure: 'CPU per update', beside: [PEERS.yws], ratio: 0.15 },
      { figure: 'frames per update', beside: [PEERS.yws], ratio: 0.05 },
    ],
    close: hall.close,
  };
}

async function theirs(name: PeerName): Promise<Sample> {
  const { place, peer } = await openPeer(name, { core: CORES.server });
  try {
    return await moving(place, EDITORS);
  } finally {
    await peer.stop();
  }
}

/** One who moves a cursor, and knows where the others' are: the newest clock of each. */
type Mover = {
  readonly clientId: number;
  readonly move: () => void;
  readonly clock: () => number;
  readonly seen: ReadonlyMap<number, number>;
  readonly heard: { frames: number; bytes: number };
  readonly close: () => void;
};

async function openMover(place: Place, n: number): Promise<Mover> {
  const door = place.writer(n);
  const seen = new Map<number, number>();
  const heard = { frames: 0, bytes: 0 };
  const editor: Editor = await openEditor(door, (message) => {
    const said = door.dialect.read(message);
    if (said.kind !== 'presence') return;
    heard.frames += 1;
    heard.bytes += message.byteLength;
    eachCursor(said.data, (clientId, clock) => seen.set(clientId, clock));
  });
  let clock = 0;
  return {
    clientId: editor.clientId,
    move: () => editor.say(door.dialect.presence(cursorOf(editor.clientId, (clock += 1)))),
    clock: () => clock,
    seen,
    heard,
    close: editor.close,
  };
}

async function moving(place: Place, shown: number): Promise<Sample> {
  const movers = await Promise.all(Array.from({ length: EDITORS }, (_, n) => openMover(place, n)));
  const move = (count: number) => atPace(count, EVERY_MS, async (n) => movers[n % EDITORS]?.move());
  const sum = (figure: 'frames' | 'bytes') => movers.reduce((all, { heard }) => all + heard[figure], 0);
  try {
    await move(WARM_UP);
    await wait(SETTLE_MS);
    const before = { cpu: place.cpuSeconds().server, frames: sum('frames'), bytes: sum('bytes') };
    const began = { load: process.cpuUsage(), at: performance.now() };
    await move(MEASURED);
    const used = process.cpuUsage(began.load);
    const seconds = (performance.now() - began.at) / 1_000;
    await wait(SETTLE_MS);
    const after = { cpu: place.cpuSeconds().server, frames: sum('frames'), bytes: sum('bytes') };
    guardCursors(movers, shown);
    return {
      'CPU per update': ((after.cpu - before.cpu) * 1e6) / MEASURED,
      'frames per update': (after.frames - before.frames) / MEASURED,
      'bytes per update': (after.bytes - before.bytes) / MEASURED / 1_000,
      'cursors seen': Math.min(...movers.map(({ seen }) => seen.size)),
      'load generator': (used.user + used.system) / 1e4 / seconds,
    };
  } finally {
    for (const mover of movers) mover.close();
  }
}

function guardCursors(movers: readonly Mover[], shown: number): void {
  const clocks = new Map(movers.map((mover) => [mover.clientId, mover.clock()]));
  for (const { seen, clientId } of movers) {
    const others = [...seen].filter(([other]) => other !== clientId);
    const current = others.filter(([other, clock]) => clocks.get(other) === clock);
    // Their own cursor may be among those that are shown.
    if (current.length < shown - 1)
      throw new Error(`somebody sees ${current.length} of ${shown} cursors where they stand`);
  }
}

/** As an editor tells it: a name, which is not believed, and a place in the text. */
function cursorOf(clientId: number, clock: number): Uint8Array {
  const place = { type: null, tname: TEXT_FRAGMENT, item: { client: clientId, clock }, assoc: 0 };
  const state = { user: { name: '某位委员', color: '#1f5fa8' }, cursor: { anchor: place, head: place } };
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, clientId);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, JSON.stringify(state));
  });
}

function eachCursor(data: Uint8Array, found: (clientId: number, clock: number) => void): void {
  const decoder = decoding.createDecoder(data);
  const count = decoding.readVarUint(decoder);
  for (let n = 0; n < count; n += 1) {
    const clientId = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    // What the state says is not looked at.
    const length = decoding.readVarUint(decoder);
    decoder.pos += length;
    found(clientId, clock);
  }
}
