import type { Fault } from './fault.ts';
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
  blackHole('a door swallows everything in silence for 5 s', 5, { short: 1, long: 1 }),
  blackHole('a door swallows everything in silence for a minute', 60, { short: 0, long: 1 }),
];
