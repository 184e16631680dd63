import { randomUUID } from 'node:crypto';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { joinQuietly } from '../e2e/support/crowd.ts';
import { cameTrue, until } from '../server/testing/until.ts';
import type { Deed } from '../load/history.ts';
import type { Fault, Trouble } from './fault.ts';
import { othersGoOn } from './meanwhile.ts';

const ONCE = { short: 1, long: 1 };

function blackHole(name: string, lengthS: number, times: Fault['times']): Fault {
  return {
    name,
    storm: null,
    people: 12,
    times,
    inject: async (trouble) => {
      const { doorWire } = trouble.chance.pick(trouble.world.nodes);
      doorWire.swallow();
      await othersGoOn(trouble, [lengthS, lengthS]);
      doorWire.heal();
      await trouble.seconds(1, 3);
    },
  };
}

/** 20 KB/s and 400 to 1 200 ms late, as in a township hall at the edge of a cell. */
const BYTES_PER_SECOND = 20 * 1024;
const LATE_MS = { least: 400, spread: 800 } as const;
/** What is missed is more than such a line carries before a heartbeat is due, several times over. */
const LONG_VIEW = 2_000;
const BACK_MS = 20_000;

/** Somebody with the product's own client is away while much is said, and comes back on a slow line. */
async function backOnASlowLine({ world, troupe, chance, seconds, expect, note }: Trouble): Promise<void> {
  const { stage, people, perform } = troupe;
  const { door, doorWire } = chance.pick(world.nodes);
  const visitor = await joinQuietly(door, stage.linkToken, null);
  const { state } = visitor.store;
  const isLive = () => ['live', 'restored'].includes(state().connection);
  try {
    await until('the visitor hears', isLive, BACK_MS);
    doorWire.cut();
    await until('the visitor is cut off', () => state().connection === 'offline', BACK_MS);
    const missed = people.flatMap((person) => [person, person]);
    await Promise.all(missed.map((person) => perform(person, longView)));
    const slow = {
      bytesPerSecond: BYTES_PER_SECOND,
      lateMs: () => LATE_MS.least + chance.below(LATE_MS.spread),
    };
    for (const node of world.nodes) {
      node.doorWire.heal();
      node.doorWire.slow(slow);
    }
    const params = { sessionId: stage.sessionId };
    const { seq } = (await stage.chair.call(sessionRoutes.getSnapshot, { params })).room;
    const began = performance.now();
    const isBack = () => isLive() && state().room.seq >= seq;
    const came = await cameTrue(BACK_MS, isBack);
    note(`on a slow line ${seq} events are there after ${Math.round(performance.now() - began)} ms`);
    expect('somebody who comes back on a slow line has everything', came);
    await seconds(1, 30);
    expect('and hears on', isLive());
  } finally {
    visitor.leave();
  }
}

function longView(): Deed {
  const id = randomUUID();
  return { kind: 'view', id, text: `意见〔${id.slice(0, 13)}〕`.padEnd(LONG_VIEW, '镇') };
}

export const wireFaults: readonly Fault[] = [
  {
    name: 'answers are lost on their way to people',
    storm: null,
    people: 12,
    times: ONCE,
    inject: async ({ world, chance, seconds }) => {
      for (const { doorWire } of world.nodes) doorWire.mute(() => chance.next() < 0.1);
      await seconds(4, 30);
      for (const { doorWire } of world.nodes) doorWire.heal();
    },
  },
  {
    name: 'lines are slow: 20 KB/s, 400 to 1 200 ms late',
    storm: null,
    people: 12,
    times: ONCE,
    inject: backOnASlowLine,
  },
  blackHole('a door swallows everything in silence for 5 s', 5, { short: 1, long: 1 }),
  blackHole('a door swallows everything in silence for a minute', 60, { short: 0, long: 1 }),
];
