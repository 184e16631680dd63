import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { projectRoot } from '../../server/paths.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { rehearseFile } from '../support/rehearse-cli.ts';
import { startStack, type Stack } from '../support/stack.ts';

const folder = join(projectRoot, 'prisma/seed/scenarios');
const scenarios = readdirSync(folder).map((name): unknown =>
  JSON.parse(readFileSync(join(folder, name), 'utf8')),
);

/** A meeting that nobody planned for: other roles and names, a secret poll, two options to rate, no residents. */
const village = {
  id: 'village well, 1',
  title: '村口老井怎么修',
  mode: 'offline',
  participants: [
    { id: '甲', role: 'staff', displayName: '工作人员甲' },
    { id: '乙', role: 'expert', displayName: '水利专家' },
    { id: '丙', role: 'observer', displayName: '旁听丙' },
    { id: '丁', role: 'member', displayName: '委员丁' },
  ],
  venues: [{ id: '老 祠堂', name: '老祠堂', kind: 'branch' }],
  agenda: [{ title: '谈', kind: 'exchange', minutes: 5 }],
  views: [
    { id: 'v1', by: '丁', stance: 'support', text: '修。' },
    { id: 'v2', by: '乙', stance: 'conditional', text: '先验水。', replyTo: 'v1' },
  ],
  votes: [
    {
      id: '秘',
      question: '修不修？',
      kind: 'approval',
      anonymous: true,
      eligibleRoles: ['member', 'expert'],
      options: [
        { id: '修', text: '修' },
        { id: '不修', text: '不修' },
      ],
      ballots: [
        { by: '丁', choices: ['修'] },
        { by: '乙', choices: ['不修'] },
      ],
      expected: { eligible: 2, cast: 2, counts: { 修: 1, 不修: 1 } },
    },
    {
      id: '评',
      question: '两个方案各打几分？',
      kind: 'rating',
      eligible: ['丁', '乙'],
      options: [
        { id: 'a', text: '甲案' },
        { id: 'b', text: '乙案' },
      ],
      ballots: [
        { by: '丁', choices: ['a', 'b'], scores: { a: 5, b: 2 } },
        { by: '乙', scores: { a: 4 } },
      ],
      expected: { cast: 2, mean: { a: 4.5, b: 2 } },
    },
  ],
  outcome: { markdown: '# 纪要\n\n> 引一句\n\n- 甲 **重** 乙\n- *斜* ~~删~~\n\n1. 一\n2. 二\n\n---\n完' },
  checks: { participants: 4, speakers: 2, views: 2, threadReplies: 1, votes: 2, ballots: 4 },
};

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.close());

const at = () => ['--url', stack.url];

test('plays all seven meetings of the demo and finds what they expect', async () => {
  test.setTimeout(300_000);
  const { code, out, err } = await rehearseFile({ scenarios }, [...at(), '--json']);
  const reports = JSON.parse(out) as { scenario: string; findings: { agrees: boolean }[] }[];
  expect(reports.map((report) => [report.scenario, report.findings.filter((one) => !one.agrees)])).toEqual(
    scenarios.map((scenario) => [(scenario as { id: string }).id, []]),
  );
  for (const report of reports) expect(report.findings.length).toBeGreaterThan(20);
  expect(code, err).toBe(0);
});

test('plays a meeting that nobody planned for, twice', async () => {
  for (const time of ['first', 'second']) {
    const { code, out, err } = await rehearseFile(village, at());
    expect(code, `${time}: ${out}${err}`).toBe(0);
    expect(out).toContain('everything agrees');
  }
});

test('plays a hall of forty at a chosen pace', async () => {
  const people = Array.from({ length: 38 }, (_, i) => ({
    id: `p${i}`,
    role: 'resident',
    displayName: `居民${i}`,
  }));
  const hall = {
    ...village,
    id: 'hall',
    participants: [...village.participants.slice(0, 1), village.participants[3], ...people],
    agenda: [{ title: '谈', kind: 'exchange', minutes: 0.02 }],
    views: people.map(({ id }, i) => ({ id: `v${i}`, by: id, stance: 'suggestion', text: `第${i}条` })),
    votes: [],
    checks: { participants: 40, views: 38 },
  };
  const { code, out, err } = await rehearseFile(
    { ...hall, agenda: [{ title: '谈', kind: 'exchange', minutes: 1 }] },
    [...at(), '--pace', '×60'],
  );
  expect(code, out + err).toBe(0);
  expect(out).toMatch(/rooms equal to the archive\s+40 of 40\s+40 of 40/);
});

test('ends with 1 when something else came out than the file expects', async () => {
  const votes = village.votes.map((vote) => ({
    ...vote,
    expected: { eligible: 2, cast: 2, counts: { 修: 2 } },
  }));
  const { code, out } = await rehearseFile(
    { ...village, votes: votes.slice(0, 1), checks: { views: 3 } },
    at(),
  );
  expect(code).toBe(1);
  expect(out).toMatch(/✗\s+views\s+3\s+2/);
  expect(out).toMatch(/✗\s+秘 counts\s+修 2\s+不修 1, 修 1/);
});

test('shows what the room refused instead of hiding it [V4] [B1]', async () => {
  const views = [{ id: 'v1', by: '丁', stance: 'support', text: '主持人表态。' }];
  const [secret] = village.votes;
  const ballots = [{ by: '丙', choices: ['修'] }];
  const votes = [{ ...secret, ballots, expected: undefined }];
  const { code, out } = await rehearseFile(
    { ...village, studio: { host: '丁' }, views, votes, checks: {} },
    at(),
  );
  expect(code).toBe(1);
  expect(out).toMatch(/✗\s+丁 postView v1\s+accepted\s+FORBIDDEN CHAIR_STAYS_NEUTRAL/);
  expect(out).toMatch(/✗\s+丙 castBallot 秘, 丙\s+accepted\s+FORBIDDEN/);
});

test('ends with 2 and a table when the file is no scenario', async () => {
  const people = [{ id: 'a', role: 'mayor', displayName: '甲' }];
  const { code, err } = await rehearseFile({ ...village, participants: people }, at());
  expect(code).toBe(2);
  expect(err).toMatch(/participants\.0\.role/);
  expect((await rehearseFile('not json', at())).code).toBe(2);
  expect((await rehearseFile(village, [...at(), '--pace', 'slowly'])).code).toBe(2);
});

test('ends with 2 and says so when no server is there, or the administrator is not known', async () => {
  const nowhere = await rehearseFile(village, ['--url', `http://127.0.0.1:${await freePort()}`]);
  expect(nowhere.code).toBe(2);
  expect(nowhere.err).toContain('No server answers');
  const stranger = await rehearseFile(village, [...at(), '--password', 'a wrong password']);
  expect(stranger.code).toBe(2);
  expect(stranger.err).toContain('could not sign in');
});
