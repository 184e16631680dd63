import { test } from '@playwright/test';
import { demoScenarios } from '../../prisma/seed/files.ts';
import { LOOKS } from '../scenario/looks.ts';
import type { Moments } from '../scenario/moments.ts';
import { bringEverybody, open, type Office } from '../scenario/cast.ts';
import { compareRecords, readRecord, sameResults, sameStream } from '../scenario/checks.ts';
import { createDevices, type Devices } from '../scenario/devices.ts';
import { adoptLater, adoptNow, readTogether } from '../scenario/minutes.ts';
import { backToViews, play, speakInTurn } from '../scenario/play.ts';
import { REFUSED } from '../scenario/refused.ts';
import { playerOf, stageOf, type Stage } from '../scenario/stage.ts';
import { DESK, openBrowser, signInQuietly } from '../support/people.ts';
import { startStack, type Stack } from '../support/stack.ts';

// Meetings one after the other in the same rooms of two processes, each by all its people: whoever comes sits down at a
// browser of their own, in which nothing is left of anybody before. All seven take a quarter of an hour: npm run
// test:scenarios, or SCENARIOS=s03,s07. Beside the other journeys go
// three: one whose text is adopted on the spot, one with another chair than convener, one that is silenced.
const WANTED = process.env['SCENARIOS'] ?? 's01,s02,s06';
const held = demoScenarios().filter(({ id }) => WANTED === 'all' || WANTED.includes(id.slice(0, 3)));

let stack: Stack;
let devices: Devices;
let office: Office;

test.beforeAll(async ({ browser }) => {
  stack = await startStack({ processes: 2 });
  devices = createDevices(
    browser,
    stack.processes.map(({ url }) => url),
  );
  const visitor = await openBrowser(browser, DESK);
  await signInQuietly(visitor, stack.url, 'admin');
  office = { page: visitor.page, url: stack.url };
});
test.afterEach(async ({ browserName }, info) => {
  if (info.status === info.expectedStatus) return;
  const said = stack.processes.map((one) => one.output()).join('\n');
  await info.attach(`what the server said to ${browserName}`, { body: said });
});
test.afterAll(async ({ browser }) => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await stack.close();
});

for (const { id, title, participants } of held) {
  const short = id.slice(0, 3);
  test(`${short}: ${participants.length} people hold “${title}”, from the plan to the record`, async () => {
    test.setTimeout(600_000);
    const stage = stageOf(short);
    const isFirst = short === 's01';
    const moments: Moments = { ...REFUSED[short], ...(isFirst ? LOOKS : {}) };
    const path = await test.step('everybody comes in', () => bringEverybody(stage, devices, office));
    await moments.waiting?.(stage);
    await test.step('the meeting is opened', () => open(stage));
    await talk(stage, moments);
    await test.step('everybody sees the same', async () => {
      await sameResults(stage);
      await moments.counted?.(stage);
      await backToViews(stage);
      await sameStream(stage);
      await readTogether(stage);
      await moments.whole?.(stage);
    });
    await test.step('the text is adopted', () => (isFirst ? adoptNow(stage) : adoptLater(stage)));
    await moments.adopted?.(stage);
    await test.step('the record is the file', () => record(stage, path));
    await moments.recorded?.(stage);
    await devices.wipe();
  });
}

/** The whole agenda; at the first item at which people speak, two of them ask for the floor. */
async function talk(stage: Stage, moments: Moments): Promise<void> {
  const { scenes } = stage.script;
  const first = scenes.find(({ acts }) => acts.length > 0);
  for (const scene of scenes) {
    await test.step(scene.title, () => play(stage, scene, moments));
    if (scene !== first) continue;
    await test.step('two speak in turn', () => speakInTurn(stage));
    await moments.speaking?.(stage);
  }
}

/** Read at both processes, by whoever holds the chair and by somebody at the other one. */
async function record(stage: Stage, path: string): Promise<void> {
  const chair = playerOf(stage, stage.chair);
  const other = [...stage.players.values()].find(({ url }) => url !== chair.url);
  if (other === undefined) throw new Error('nobody came to the other process');
  await compareRecords(stage, [chair, other], path);
  for (const { page } of [chair, other]) await readRecord(stage, page);
}
