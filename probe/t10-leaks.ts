import { randomUUID } from 'node:crypto';
import { accountRoutes } from '../core/contract/accounts.ts';
import { chairIn } from '../core/domain/scenarios/casting.ts';
import { scriptOf } from '../core/domain/scenarios/script.ts';
import { demoScenarios } from '../prisma/seed/files.ts';
import { castPlayers } from '../rehearsal/cast.ts';
import { play } from '../rehearsal/play.ts';
import { judgeListener, readEverything } from './listener.ts';
import { createRecorder } from './recorder.ts';
import { secretMeeting } from './t10-secrets.ts';
import type { World } from './world.ts';

/** Everything that a guest and a member are sent while a whole meeting is played. */
export async function leaks(world: World): Promise<void> {
  await playedMeeting(world);
  await secretMeeting(world);
}

async function playedMeeting(world: World): Promise<void> {
  const [scenario] = demoScenarios();
  const chair = scenario === undefined ? null : chairIn(scenario);
  if (scenario === undefined || chair === null) throw new Error('the demo has no scenario to play');
  const scope = `probe/${randomUUID()}`;
  const script = scriptOf(scenario, scope, chair);
  const chosen = ['resident', 'member'].map((role) => {
    const person = scenario.participants.find((one) => one.role === role && one.id !== chair);
    return { role, id: person?.id ?? '', recorder: createRecorder() };
  });
  const taps = new Map(chosen.map(({ id, recorder }) => [id, recorder.tap]));
  const { urls, password } = world.options;
  const told = () => undefined;
  const { personId } = await world.admin.call(accountRoutes.me, {});
  const admin = { browser: world.admin, studioId: world.studioId, personId };
  const cast = await castPlayers(admin, {
    scenario,
    script,
    scope,
    chair,
    options: { urls, password },
    told,
    taps,
  });
  const playing = {
    scenario,
    script,
    scope,
    chair,
    cast,
    pace: 0,
    told,
    findings: [...cast.findings],
    acknowledged: [],
  };
  const ears = await play(playing);
  for (const ear of ears.values()) ear.close();
  world.book.same(
    'T10',
    `a meeting of ${cast.players.size} people, played to its end`,
    'nothing refused',
    playing.findings.map(({ what, happened }) => `${what}: ${happened}`).join('; ') || 'nothing refused',
  );
  const everybody = [...cast.players.values()].map((player) => player.browser);
  for (const { role, id, recorder } of chosen) {
    const browser = cast.players.get(id)?.browser;
    if (browser === undefined) throw new Error(`${id} did not get in`);
    await readEverything(browser, script.plan.id);
    await judgeListener(world, { who: role, browser, recorder }, { sessionId: script.plan.id, everybody });
  }
}
