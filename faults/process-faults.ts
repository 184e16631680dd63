import type { Chance } from '../load/chance.ts';
import type { Fault, Trouble } from './fault.ts';
import { hearingAgain, othersGoOn } from './meanwhile.ts';
import type { Node, World } from './world.ts';

/** In one session; the long form has seven. */
const KILLS = 3;
const ONCE = { short: 1, long: 1 };

function someNode({ nodes }: World, chance: Chance): Node {
  return chance.pick(nodes);
}

/** From a start to the first request that is answered; and from a kill until everybody hears again, wherever. */
const READY_MS = 15_000;
const HEARING_MS = 15_000;

/** Kills one process or the other, each time at a moment of chance, and starts it again as a supervisor would. */
async function killAgainAndAgain({ world, troupe, chance, seconds, expect, note }: Trouble): Promise<void> {
  for (let kill = 0; kill < KILLS; kill += 1) {
    const moment = 0.2 + chance.next();
    await seconds(moment, moment);
    const { process, door } = someNode(world, chance);
    const everybodyHears = hearingAgain(troupe, door);
    await process.kill();
    const began = performance.now();
    const ms = () => Math.round(performance.now() - began);
    const hearing = everybodyHears(HEARING_MS).then((isSo) => (isSo ? `in ${ms()} ms` : null));
    await process.start();
    const ready = ms();
    const heard = await hearing;
    note(`ready again in ${ready} ms, everybody heard again ${heard ?? 'too late'}`);
    expect(`the port answers again within 15 s of a kill (it took ${ready} ms)`, ready <= READY_MS);
    expect('everybody hears again within 15 s of a kill', heard !== null);
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
