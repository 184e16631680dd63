import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startLiar } from '../../faults/liar.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { runTool } from '../support/cli.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let folder: string;
test.beforeAll(async () => {
  stack = await startStack();
  folder = await mkdtemp(join(tmpdir(), 'load-'));
});
test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await stack.close();
});

const load = (...args: string[]) => runTool('load/main.ts', args);
const small = ['--people', '20', '--minutes', '0.1', '--views', '30'];

test('fills a test session, finds every promise kept, and seals the session', async () => {
  const file = join(folder, 'load.json');
  const { code, out, err } = await load('--url', stack.url, ...small, '--seed', '7', '--json', file);
  expect(code, out + err).toBe(0);
  expect(out).toContain('every promise was kept');
  const report: unknown = JSON.parse(await readFile(file, 'utf8'));
  expect(report).toMatchObject({ seed: 7, people: 20, broken: [], view: { ok: 60, info: 0 }, ceiling: null });
  expect(err).not.toContain('stays open');
});

test('looks for the ceiling and says what it found', async () => {
  const bounds = ['--find-ceiling', '--people', '5', '--ack-ms', '1'];
  const { code, out, err } = await load('--url', stack.url, ...bounds);
  expect(code, out + err).toBe(0);
  expect(out).toContain('CEILING: fewer than 5 people');
});

test('ends with 1 when the server loses what it acknowledged', async () => {
  const liar = await startLiar(stack.url, 'drops every 50th write');
  const { code, out, err } = await load('--url', liar.url, ...small);
  await liar.close();
  expect(code, out + err).toBe(1);
  expect(out).toContain('✗ nothing acknowledged is lost');
});

test('ends with 2 when it cannot be run, and says why', async () => {
  expect((await load('--people', 'many')).err).toContain('--people must be a number');
  const stranger = await load('--url', stack.url, '--password', 'a wrong password');
  expect([stranger.code, stranger.err]).toEqual([2, expect.stringContaining('could not sign in')]);
  const nowhere = await load('--url', `http://127.0.0.1:${await freePort()}`);
  expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('no server answers')]);
});
