import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { projectRoot } from '../../server/paths.ts';
import { rehearseFile } from '../support/rehearse-cli.ts';
import { startStack, type Stack } from '../support/stack.ts';

const school: unknown = JSON.parse(
  readFileSync(join(projectRoot, 'prisma/seed/scenarios/s01-school-traffic.json'), 'utf8'),
);

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack({ processes: 2 });
});
test.afterAll(() => stack.close());

const split = () => stack.processes.flatMap(({ url }) => ['--url', url]);

/** Plays the school's meeting with people on both processes; does something when the play comes to a word. */
async function playUntil(word: string, trouble: () => Promise<void>): Promise<void> {
  const troubles: Promise<void>[] = [];
  const ended = await rehearseFile(school, split(), (said) => {
    if (said.includes(word) && troubles.length === 0) troubles.push(trouble());
  });
  expect(troubles, `the play never came to ${word}`).toHaveLength(1);
  await Promise.all(troubles);
  expect(ended.code, ended.out + ended.err).toBe(0);
  expect(ended.out).toMatch(/rooms equal to the archive\s+13 of 13\s+13 of 13/);
}

test('nothing is lost or doubled when a process is killed during the views and comes back', async () => {
  const second = stack.processes[1];
  await playUntil('“互动交流”', async () => {
    await second?.kill();
    await second?.start();
  });
});

test('nothing is lost when a process stops in order while people vote, and comes back', async () => {
  const second = stack.processes[1];
  await playUntil('“意向投票”', async () => {
    await second?.stop();
    await second?.start();
  });
});

test('nothing is lost when a process is killed while the text is written', async () => {
  const first = stack.processes[0];
  await playUntil('“形成协商意见”', async () => {
    await first?.kill();
    await first?.start();
  });
});

test('nothing is lost when Redis dies in the middle and comes back empty: it is only a hint', async () => {
  await playUntil('“委员发言”', async () => {
    await stack.redis?.kill();
  });
  await playUntil('“意向投票”', async () => {
    await stack.redis?.restart();
  });
});

test('nothing is lost when the database is away in the middle', async () => {
  await playUntil('“互动交流”', async () => {
    stack.database.away();
    const answers = async () => (await fetch(`${stack.url}/readyz`)).status;
    await expect.poll(answers, { timeout: 20_000 }).toBe(503);
    stack.database.back();
  });
});
