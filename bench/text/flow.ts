import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../../server/testing/until.ts';
import { cpuOf } from '../cpu.ts';
import type { HallCpu } from '../hall.ts';
import { atPace } from '../pace.ts';
import { openReader, openWitness, openWriter, type Reader, type Witness, type Writer } from './fleet.ts';
import type { Place } from './places.ts';

/** Keystrokes at an even pace, by writers in turn, to readers who come before the first. */
export type Flow = {
  readonly readers: number;
  readonly writers: number;
  readonly everyMs: number;
  /** Not measured. */
  readonly warmUp: number;
  readonly measured: number;
};

/** What one flow showed. A mark that did not reach somebody is lost to them. */
export type Flowed = {
  /** CPU seconds while the measured part was written and told. */
  readonly cpu: HallCpu;
  /** By how much the count rose. */
  readonly counted: number;
  /** Of a core, by the load generator itself, and how long it took. */
  readonly load: number;
  readonly seconds: number;
  /** Milliseconds from each measured mark to each reader. */
  readonly waits: Float64Array;
  /** Milliseconds from each measured mark to its acknowledgement. */
  readonly acknowledged: readonly number[];
  /** Marks missing at a reader, summed, and in the whole texts that two of them hold. */
  readonly lost: number;
};

// A peer that is overrun takes a while; one that says nothing for so long says nothing any more.
const QUIET_MS = 5_000;
const WITNESSES = 2;

/** count is read before and after the measured part. */
export async function flowThrough(
  place: Place,
  flow: Flow,
  count: () => Promise<number> = () => Promise.resolve(0),
): Promise<Flowed> {
  const total = flow.warmUp + flow.measured;
  const readers = await Promise.all(
    Array.from({ length: flow.readers }, (_, n) => openReader(place.reader(n), total)),
  );
  const isWhole = place.reader(0).greets;
  const witnesses = isWhole
    ? await Promise.all(Array.from({ length: WITNESSES }, (_, n) => openWitness(place.reader(n))))
    : [];
  const writers = await Promise.all(
    Array.from({ length: flow.writers }, (_, n) => openWriter(place.writer(n))),
  );
  try {
    await write(writers, 0, flow.warmUp, flow.everyMs);
    await everybodyHas(readers, flow.warmUp);
    const before = await readings(place, count);
    const sentAt = await write(writers, flow.warmUp, flow.measured, flow.everyMs);
    await everybodyHas(readers, total);
    const after = await readings(place, count);
    if (writers.some((writer) => writer.acknowledged() > 0))
      for (const writer of writers) await writer.saved();
    return {
      cpu: {
        server: after.cpu.server - before.cpu.server,
        postgres: after.cpu.postgres - before.cpu.postgres,
        redis: after.cpu.redis - before.cpu.redis,
      },
      counted: after.count - before.count,
      load: (after.load - before.load) / ((after.at - before.at) / 1_000),
      seconds: (after.at - before.at) / 1_000,
      waits: waitsOf(readers, sentAt, flow),
      acknowledged: writers.flatMap((writer) => {
        const warm = writer.typed().filter((n) => n < flow.warmUp).length;
        return writer.waits().slice(warm);
      }),
      lost: lostTo(readers, total) + (await missingIn(witnesses, writers)),
    };
  } finally {
    for (const one of [...readers, ...witnesses, ...writers]) one.close();
  }
}

async function readings(place: Place, count: () => Promise<number>) {
  return { count: await count(), cpu: place.cpuSeconds(), load: cpuOf(process.pid), at: performance.now() };
}

/** Types marks from a number on; resolves with when each was typed. */
export async function write(
  writers: readonly Writer[],
  from: number,
  count: number,
  everyMs: number,
): Promise<readonly number[]> {
  return await atPace(count, everyMs, async (n) => {
    const at = performance.now();
    writers[n % writers.length]?.type(from + n);
    return at;
  });
}

/** Resolves when every reader has so many marks, or nobody hears anything any more. */
export async function everybodyHas(readers: readonly Reader[], count: number): Promise<void> {
  const heard = () => readers.reduce((sum, reader) => sum + reader.seen(), 0);
  let [known, since] = [heard(), performance.now()];
  while (known < count * readers.length && performance.now() - since < QUIET_MS) {
    await wait(5);
    const now = heard();
    if (now !== known) [known, since] = [now, performance.now()];
  }
}

function waitsOf(readers: readonly Reader[], sentAt: readonly number[], flow: Flow): Float64Array {
  const waits = new Float64Array(readers.length * flow.measured);
  for (const [who, { times }] of readers.entries())
    for (let n = 0; n < flow.measured; n += 1)
      waits[who * flow.measured + n] = (times[flow.warmUp + n] ?? NaN) - (sentAt[n] ?? NaN);
  return waits.filter((ms) => !Number.isNaN(ms));
}

function lostTo(readers: readonly Reader[], total: number): number {
  return readers.reduce((sum, reader) => sum + total - reader.seen(), 0);
}

/** Marks that the texts lack; rejects when they differ, or hold a writer's marks twice or in another order. */
async function missingIn(witnesses: readonly Witness[], writers: readonly Writer[]): Promise<number> {
  const [first, ...others] = witnesses;
  if (first === undefined) return 0;
  const areEqual = () => others.every((other) => other.text() === first.text());
  await until('the texts are equal', areEqual, QUIET_MS);
  return missingFrom(first.marks(), writers);
}

/** How many marks of some writers are not among those in a text. */
function missingFrom(marks: readonly number[], writers: readonly Writer[]): number {
  const place = new Map(marks.map((n, index) => [n, index]));
  if (place.size !== marks.length) throw new Error('a mark stands twice in the text');
  let missing = 0;
  for (const writer of writers) {
    let last = -1;
    for (const n of writer.typed()) {
      const at = place.get(n);
      if (at === undefined) missing += 1;
      else if (at < last) throw new Error('the text has another order than it was typed in');
      else last = at;
    }
  }
  return missing;
}
