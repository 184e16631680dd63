import { expect, test } from '@playwright/test';
import { runTool } from '../support/cli.ts';
import { METRICS_TOKEN } from '../support/server-process.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** What went wrong, and the last words: an empty list is what is wanted. */
function wrongIn(out: string): string[] {
  return out.split('\n').filter((line) => line.startsWith('✗'));
}

test.describe('one process', () => {
  let stack: Stack;
  test.beforeAll(async () => {
    stack = await startStack();
  });
  test.afterAll(() => stack.close());

  test('answers everything that is tried from outside as it should [P1] [P2] [B2] [B3] [B31] [G1] [G2] [G3] [G4]', async () => {
    test.setTimeout(360_000);
    const { code, out, err } = await runTool('probe/main.ts', [
      '--url',
      stack.url,
      '--metrics-token',
      METRICS_TOKEN,
    ]);
    expect(wrongIn(out), err + stack.processes[0]?.output()).toEqual([]);
    expect(code, err).toBe(0);
  });
});

test.describe('two processes', () => {
  let stack: Stack;
  test.beforeAll(async () => {
    stack = await startStack({ processes: 2 });
  });
  test.afterAll(() => stack.close());

  test('cut in both whoever was cut in one, and count together [G2] [G4]', async () => {
    test.setTimeout(300_000);
    const urls = stack.processes.flatMap(({ url }) => ['--url', url]);
    const { code, out, err } = await runTool('probe/main.ts', [...urls, '--only', 'T04,T28']);
    expect(wrongIn(out), err).toEqual([]);
    expect(code, err).toBe(0);
  });
});
