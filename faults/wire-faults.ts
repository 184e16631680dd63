import type { Fault } from './fault.ts';

const ONCE = { short: 1, long: 1 };

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
    name: 'a door swallows everything in silence',
    storm: null,
    people: 12,
    times: ONCE,
    inject: async ({ world, chance, seconds }) => {
      const { doorWire } = chance.pick(world.nodes);
      doorWire.swallow();
      await seconds(5, 60);
      doorWire.heal();
      await seconds(1, 3);
    },
  },
];
