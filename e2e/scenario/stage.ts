import type { Page } from '@playwright/test';
import { chairIn } from '../../core/domain/scenarios/casting.ts';
import type { Scenario } from '../../core/domain/scenarios/scenario.ts';
import { scriptOf, type Script } from '../../core/domain/scenarios/script.ts';
import { demoScenarios } from '../../prisma/seed/files.ts';
import { peopleOf, type DemoPerson } from '../../prisma/seed/people.ts';
import type { Device } from './devices.ts';

/** Somebody of the file at a browser of their own. */
export type Player = Device & { readonly person: DemoPerson };

/** A meeting of the file as it is held here: with its own agenda, in its own places. */
export type Stage = {
  readonly scenario: Scenario;
  readonly script: Script;
  /** Whoever plans it, and whoever holds the chair, by their ids in the file. */
  readonly convener: string;
  readonly chair: string;
  readonly people: ReadonlyMap<string, DemoPerson>;
  readonly players: Map<string, Player>;
  /** Who goes through all of it otherwise than most, from the sign-in to the record. */
  readonly otherwise: ReadonlyMap<string, 'keys' | 'large'>;
};

/** The meeting of a file before anybody has come. */
export function stageOf(id: string): Stage {
  const scenario = demoScenarios().find((one) => one.id.startsWith(id));
  const chair = scenario === undefined ? null : chairIn(scenario);
  if (scenario === undefined || chair === null) throw new Error(`nobody knows ${id}`);
  const script = scriptOf(scenario, 'browsers', chair);
  return {
    scenario,
    script,
    convener: scenario.studio.convener ?? chair,
    chair,
    people: new Map(peopleOf(scenario).map((person) => [person.fileId, person])),
    players: new Map(),
    otherwise: id === 's01' ? otherwiseIn(scenario, chair) : new Map(),
  };
}

/** Somebody who has come. */
export function playerOf({ players }: Stage, id: string): Player {
  const player = players.get(id);
  if (player === undefined) throw new Error(`${id} is not there`);
  return player;
}

/** The page of somebody who has come. */
export const pageOf = (stage: Stage, id: string): Page => playerOf(stage, id).page;

/** The first who came in a role. */
export function firstAs(stage: Stage, role: DemoPerson['role']): Player {
  for (const player of stage.players.values()) if (player.person.role === role) return player;
  throw new Error(`nobody is ${role}`);
}

/** Everybody does the same at their own screen, some at a time: two cores draw no thirteen pages at once. */
export async function everybody(
  players: Iterable<Player>,
  act: (player: Player) => Promise<void>,
  atOnce = 4,
): Promise<void> {
  const waiting = [...players];
  const hand = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
}

/** The chair and a member have no pointer, a resident has 长辈版. */
function otherwiseIn({ participants }: Scenario, chair: string): Stage['otherwise'] {
  const first = (role: string) => participants.find((person) => person.role === role)?.id ?? '';
  return new Map([
    [chair, 'keys'],
    [first('member'), 'keys'],
    [first('resident'), 'large'],
  ]);
}
