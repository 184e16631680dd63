import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import { besideServer, CORES } from '../core.ts';
import type { Row, Sample } from '../frame.ts';
import type { Hall } from '../hall.ts';
import { atPace } from '../pace.ts';
import { percentile } from '../stats.ts';
import { openReader, openWriter, type Reader, type Writer } from './fleet.ts';
import { createLongText, PARAGRAPHS } from './long-text.ts';
import { lazyHall, openPeer, PEERS, placeIn, type PeerName, type Place } from './places.ts';

const JOINERS = 200;
/** Not measured. */
const WARM_UP = 60;
const EVERY_MS = 10;

/** A hall opens the text in one moment. Everybody has the whole of it, or the run is void. */
export function joinRow(): Row {
  const hall = lazyHall();
  const peers = [PEERS.yws, PEERS.hocuspocus4];
  return {
    name: `text: ${JOINERS} readers join one of half a megabyte at once`,
    units: {
      'CPU per join': 'ms',
      'PostgreSQL per join': 'ms',
      'joined p95': 'ms',
      'peak RSS': 'MB',
      'RSS before': 'MB',
      text: 'KB',
    },
    contenders: [
      {
        name: 'shangliang',
        run: () =>
          besideServer(async () => {
            const house = await hall.open();
            return await joining(placeIn(house, await house.meet(JOINERS)), pidOf(house));
          }),
      },
      ...peers.map((name) => ({ name, run: () => besideServer(() => theirs(name)) })),
    ],
    targets: [
      { figure: 'CPU per join', beside: peers, ratio: 0.35 },
      { figure: 'joined p95', beside: peers, ratio: 0.5 },
      { figure: 'peak RSS', beside: peers, ratio: 0.5 },
    ],
    close: hall.close,
  };
}

const pidOf = ({ servers: [server] }: Hall) => server?.pid() ?? 0;

async function theirs(name: PeerName): Promise<Sample> {
  const { place, peer } = await openPeer(name, { core: CORES.server });
  try {
    return await joining(place, peer.pids[0] ?? 0);
  } finally {
    await peer.stop();
  }
}

async function joining(place: Place, pid: number): Promise<Sample> {
  // They stay: a peer that stores nothing forgets a text that nobody has open.
  const { author, bytes } = await writeLongText(place);
  const warm = await come(place, WARM_UP);
  for (const { reader } of warm) reader.close();
  // Whatever was kept for those who came is of no use any more: somebody has changed the text.
  const last = await openWriter(place.writer(1));
  last.type(PARAGRAPHS);
  await wait(1_500);
  // Peaks are counted from here on.
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const [before, rss] = [place.cpuSeconds(), memoryOf(pid, 'VmRSS')];
  const all = await come(place, JOINERS);
  const after = place.cpuSeconds();
  const peak = memoryOf(pid, 'VmHWM');
  const lacking = all.filter(({ reader }) => reader.seen() !== PARAGRAPHS + 1).length;
  for (const { reader } of all) reader.close();
  for (const writer of [author, last]) writer.close();
  if (lacking > 0) throw new Error(`${lacking} joined and have not the whole text`);
  return {
    'CPU per join': ((after.server - before.server) * 1_000) / JOINERS,
    'PostgreSQL per join': ((after.postgres - before.postgres) * 1_000) / JOINERS,
    'joined p95': percentile(
      all.map(({ ms }) => ms),
      0.95,
    ),
    'peak RSS': peak,
    'RSS before': rss,
    text: bytes / 1_000,
  };
}

type Arrival = { readonly reader: Reader; readonly ms: number };

async function come(place: Place, count: number): Promise<readonly Arrival[]> {
  return await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const began = performance.now();
      const reader = await openReader(place.reader(n), PARAGRAPHS + 1);
      return { reader, ms: performance.now() - began };
    }),
  );
}

/** Who wrote the text, and how many bytes it takes. */
async function writeLongText(place: Place): Promise<{ readonly author: Writer; readonly bytes: number }> {
  const author = await openWriter(place.writer(0));
  const add = createLongText();
  let bytes = 0;
  await atPace(PARAGRAPHS, EVERY_MS, async (n) => {
    author.change((text) => {
      add(text, n);
      if (n === PARAGRAPHS - 1 && text.doc !== null) bytes = Y.encodeStateAsUpdate(text.doc).byteLength;
    });
  });
  if (place.writer(0).dialect.barrier === null) await wait(1_000);
  else await author.saved();
  return { author, bytes };
}

function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1_024;
}
