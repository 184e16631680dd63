import type { Chance } from '../load/chance.ts';
import type { Fault, Trouble } from './fault.ts';
import { othersGoOn } from './meanwhile.ts';
import type { Node, World } from './world.ts';

/** In one session; the long form has seven. */
const KILLS = 3;
const ONCE = { short: 1, long: 1 };

function someNode({ nodes }: World, chance: Chance): Node {
  return chance.pick(nodes);
}

/** Kills one process or the other, each time at a moment of chance, and starts it again as a supervisor would. */
async function killAgainAndAgain({ world, chance, seconds, note }: Trouble): Promise<void> {
  for (let kill = 0; kill < KILLS; kill += 1) {
    const moment = 0.2 + chance.next();
    await seconds(moment, moment);
    const { process } = someNode(world, chance);
    await process.kill();
    const began = performance.now();
    await process.start();
    note(`ready again in ${Math.round(performance.now() - began)} ms`);
  }
}

export const processFaults: readonly Fault[] = [
  {
    name: 'kill -9 of a process while everybody posts',
    storm: 'view',
    people: 20,
    times: { short: 1, long: 7 },
    inject: killAgainAndAgain,
  },
  {
    name: 'kill -9 of a process while everybody votes',
    storm: 'ballot',
    people: 20,
    times: { short: 1, long: 7 },
    inject: killAgainAndAgain,
  },
  {
    name: 'a process stands still and goes on',
    storm: null,
    people: 12,
    times: ONCE,
    inject: async (trouble) => {
      const { process } = someNode(trouble.world, trouble.chance);
      process.freeze();
      await othersGoOn(trouble, [5, 30]);
      process.thaw();
      await trouble.seconds(1, 3);
    },
  },
  {
    name: 'a rolling restart',
    storm: null,
    people: 12,
    times: ONCE,
    inject: async ({ world, troupe, seconds, expect }) => {
      const { ends } = troupe.measureAnew();
      for (const { process } of world.nodes) {
        await process.stop();
        await process.start();
        await seconds(0.5, 3);
      }
      const unknown = ends.view.info + ends.ballot.info + ends.floor.info;
      expect('nobody is left without an answer by a rolling restart', unknown === 0);
    },
  },
];
