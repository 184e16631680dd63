import { randomUUID } from 'node:crypto';
import { accountRoutes } from '../core/contract/accounts.ts';
import { chairIn } from '../core/domain/scenarios/casting.ts';
import { scriptOf } from '../core/domain/scenarios/script.ts';
import { demoScenarios } from '../prisma/seed/files.ts';
import type { Scenario } from '../core/domain/scenarios/scenario.ts';
import { castPlayers } from '../rehearsal/cast.ts';
import type { Tap } from '../rehearsal/doors.ts';
import { play } from '../rehearsal/play.ts';
import { judgeListener, readEverything } from './listener.ts';
import { createRecorder } from './recorder.ts';
import { secretMeeting } from './t10-secrets.ts';
import type { World } from './world.ts';

/** Everything that a guest and a member are sent while a whole meeting is played. */
export async function leaks(world: World): Promise<void> {
  await Promise.all([playedMeeting(world), secretMeeting(world)]);
}

const LISTENERS = ['resident', 'member'] as const;

async function playedMeeting(world: World): Promise<void> {
  const [scenario] = demoScenarios();
  if (scenario === undefined) throw new Error('the demo has no scenario to play');
  const chosen = LISTENERS.map((role) => {
    const person = scenario.participants.find((one) => one.role === role && one.id !== chairIn(scenario));
    return { role, id: person?.id ?? '', recorder: createRecorder() };
  });
  const taps = new Map(chosen.map(({ id, recorder }) => [id, recorder.tap]));
  const { cast, refused, sessionId } = await played(world, scenario, taps);
  const right = 'nothing refused';
  const sent = `a meeting of ${cast.players.size} people, played to its end`;
  world.book.same('T10', sent, right, refused.join('; ') || right);
  const everybody = [...cast.players.values()].map((player) => player.browser);
  for (const { role, id, recorder } of chosen) {
    const browser = cast.players.get(id)?.browser;
    if (browser === undefined) throw new Error(`${id} did not get in`);
    await readEverything(browser, sessionId);
    await judgeListener(world, { who: role, browser, recorder }, { sessionId, everybody });
  }
}

/** Plays a scenario as npm run rehearse does, with somebody listening in. */
async function played(world: World, scenario: Scenario, taps: ReadonlyMap<string, Tap>) {
  const chair = chairIn(scenario);
  if (chair === null) throw new Error('nobody holds the chair');
  const scope = `probe/${randomUUID()}`;
  const script = scriptOf(scenario, scope, chair);
  const { urls, password } = world.options;
  const told = () => undefined;
  const { personId } = await world.admin.call(accountRoutes.me, {});
  const admin = { browser: world.admin, studioId: world.studioId, personId };
  const setting = { scenario, script, scope, chair, options: { urls, password }, told, taps };
  const cast = await castPlayers(admin, setting);
  const playing = { ...setting, cast, pace: 0, findings: [...cast.findings], acknowledged: [] };
  const ears = await play(playing);
  for (const ear of ears.values()) ear.close();
  const refused = playing.findings.map(({ what, happened }) => `${what}: ${happened}`);
  return { cast, refused, sessionId: script.plan.id };
}
