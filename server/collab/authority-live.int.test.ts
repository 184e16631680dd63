import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verifyArchive } from '../../client/features/archives/verify.ts';
import { Archive } from '../../core/contract/archives.ts';
import { CLOSE } from '../../core/contract/errors.ts';
import { type Program, startProgram } from '../testing/program.ts';
import { rawClient, stopRaw, type RawClient } from '../testing/raw-text-client.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import {
  type AccountName,
  buildHouse,
  type House,
  planOf,
  signInAs,
  stepBody,
} from '../testing/test-house.ts';
import { testRedis, type TestRedis } from '../testing/test-redis.ts';
import { browser, type Answer, type Browser } from '../testing/test-server.ts';
import type { Person } from '../testing/text-stage.ts';
import { until } from '../testing/until.ts';
import { wordsOf } from '../testing/yjs-words.ts';

/** How late somebody may hear that they may no longer write, or read. */
const TOLD_MS = 2_000;

/** After a silence that was acknowledged nothing is taken by any process, at the latest. */
const STOPPED_MS = 1_000;

let db: TestDatabase;
let redis: TestRedis;
let folder: string;
let programs: readonly Program[] = [];
beforeAll(async () => {
  db = await testDatabase({ poolSize: 6 });
  redis = await testRedis();
  folder = await mkdtemp(join(tmpdir(), 'authority-'));
  const env = { DATABASE_URL: db.url, REDIS_URL: redis.url, DATA_DIR: folder };
  // The second finds the secret that the first has made.
  const first = await startProgram(env);
  programs = [first];
  programs = [first, await startProgram(env)];
}, 180_000);
afterEach(stopRaw);
afterAll(async () => {
  for (const program of programs) await program.kill();
  await redis.stop();
  await db.drop();
  await rm(folder, { recursive: true });
});

/** A session in progress where the member writes the text: at each process once typing, once silent. */
async function stage() {
  const [here] = programs;
  if (here === undefined) throw new Error('no program');
  const house = await buildHouse(db.prisma);
  const planned = planOf(house);
  const { documentId } = planned.body.plan;
  const at = `/api/sessions/${planned.sessionId}`;
  const [convener, member, admin] = await Promise.all(
    (['convener', 'member', 'admin'] as const).map((name) => signInAs(browser(here.url), house, name)),
  );
  if (convener === undefined || member === undefined || admin === undefined) throw new Error('nobody');
  expect((await convener.send('POST', '/api/sessions', planned.body)).status).toBe(200);
  for (const step of ['enter', 'open'])
    expect((await convener.send('POST', `${at}/${step}`, stepBody(step))).status).toBe(200);
  const seatId = planned.seatIds[1] ?? '';
  const clients = async (one: Browser, name: AccountName) =>
    await Promise.all(programs.map((program) => open(program, { one, house, name, documentId })));
  const stand = {
    at,
    convener,
    member,
    admin,
    house,
    seatId,
    typing: await clients(member, 'member'),
    silent: await clients(member, 'member'),
    others: await clients(convener, 'convener'),
    rowsOf: async (id: string) => {
      const { rows } = await db.pool.query<{ count: string }>(
        'select count(*) from document_update where document_id = $1 and author_id = $2',
        [documentId, id],
      );
      return Number(rows[0]?.count);
    },
  };
  for (const client of [...stand.typing, ...stand.silent, ...stand.others]) await save(client, 1);
  return stand;
}
type Stand = Awaited<ReturnType<typeof stage>>;

async function open(
  program: Program,
  { one, house, name, documentId }: { one: Browser; house: House; name: AccountName; documentId: string },
): Promise<RawClient> {
  const person = {
    personId: house.personIds[name],
    headers: { cookie: one.cookie() ?? '', origin: program.url },
  } as unknown as Person;
  return await rawClient({ url: `${program.url.replace('http', 'ws')}/collab` }, documentId, person);
}

async function save(client: RawClient, version: number): Promise<void> {
  client.type('话');
  client.barrier(version);
  await until('it is saved', () => client.echoes.includes(version));
}

/** What ends somebody's right, and what they see of it. */
type End = {
  readonly what: string;
  readonly does: (stand: Stand) => Promise<{ status: number }>;
  /** Told by a standing, or cut with a code. */
  readonly seen: string | number;
};
const ENDS: readonly End[] = [
  {
    what: 'who is made a reader',
    does: ({ convener, at, seatId }) =>
      convener.send('PATCH', `${at}/participants/${seatId}`, { role: 'observer', venueId: 'main' }),
    seen: 'ROLE_MAY_NOT',
  },
  {
    what: 'who is removed',
    does: ({ convener, at, seatId }) =>
      convener.send('DELETE', `${at}/participants/${seatId}`, { why: '试验' }),
    seen: CLOSE.forbidden,
  },
  {
    what: 'everybody when the session is closed',
    does: ({ convener, at }) => convener.send('POST', `${at}/close`, {}),
    seen: 'TEXT_LOCKED',
  },
  {
    what: 'who signs out',
    does: ({ member }) => member.send('POST', '/api/sign-out', { everywhere: false }),
    seen: CLOSE.revoked,
  },
  {
    what: 'whose account is disabled',
    does: ({ admin, house }) =>
      admin.send('PATCH', `/api/accounts/${house.personIds['member']}`, { isDisabled: true }),
    seen: CLOSE.revoked,
  },
];

function sees({ standings, closeCode }: RawClient, seen: string | number): boolean {
  return typeof seen === 'number' ? closeCode === seen : standings.at(-1) === seen;
}

/** The moment the answer is here nothing more is stored, and within two seconds everybody concerned knows. */
async function checkEnd({ does, seen }: End, before: () => Promise<void>): Promise<void> {
  const stand = await stage();
  await before();
  const { status } = await does(stand);
  expect(status).toBe(200);
  const endedAt = performance.now();
  const rows = await stand.rowsOf(stand.seatId);
  for (const client of stand.typing) {
    client.type('晚了');
    client.barrier(2);
  }
  for (const client of [...stand.typing, ...stand.silent]) {
    const leftMs = TOLD_MS - (performance.now() - endedAt);
    await until(`${seen} is seen`, () => sees(client, seen), leftMs);
  }
  if (seen !== 'TEXT_LOCKED') for (const client of stand.others) await save(client, 2);
  expect(await stand.rowsOf(stand.seatId)).toBe(rows);
  expect(stand.typing.map(({ echoes }) => echoes)).toEqual([[1], [1]]);
  for (const { doc } of stand.others) expect(wordsOf(doc)).not.toContain('晚了');
}

const REDIS = [
  { when: 'while Redis is up', before: () => Promise.resolve(), after: () => Promise.resolve() },
  { when: 'from the moment Redis is gone', before: () => redis.kill(), after: () => redis.restart() },
  {
    when: 'from the moment Redis hangs',
    before: () => Promise.resolve(redis.hang()),
    after: () => Promise.resolve(redis.wake()),
  },
];

describe.each(REDIS)('15: two real processes, $when,', ({ before, after }) => {
  it.each(ENDS)(
    'refuse $what at once, and tell it in both within two seconds [W9]',
    { timeout: 60_000 },
    async (end) => {
      try {
        await checkEnd(end, before);
      } finally {
        await after();
      }
    },
  );
});

describe('silence and mute, in two real processes', () => {
  it('stop views, signals and the text at once on both, also for whoever posts all the while, and are lifted on both [X6] [X7] [Q1] [W9]', async () => {
    const { at, convener, member, seatId, house, typing, silent, others, rowsOf } = await stage();
    const elsewhere = await signInAs(browser(programs[1]?.url ?? ''), house, 'member');
    const reasonOf = async (answer: Promise<Answer>) => (await answer).body.reason ?? 'done';
    const post = () => ({ id: randomUUID(), stance: 'info', text: '静默之中', replyTo: null });
    let version = 1;
    /** From the answer on nothing is taken by either process; how long until all their pages know is told. */
    const stops = async (seen: string, act: () => Promise<Answer>) => {
      expect(await reasonOf(act())).toBe('done');
      const sinceMs = performance.now();
      const rows = await rowsOf(seatId);
      for (const client of typing) client.type('晚了');
      for (const one of [member, elsewhere]) {
        expect(await reasonOf(one.send('POST', `${at}/views`, post()))).toBe(seen);
        expect(await reasonOf(one.send('POST', `${at}/signals`, { kind: 'applause' }))).toBe(seen);
      }
      await until(`${seen} is seen`, () => [...typing, ...silent].every((client) => sees(client, seen)));
      process.stdout.write(
        `${seen}: told on both processes after ${Math.round(performance.now() - sinceMs)} ms\n`,
      );
      expect(await rowsOf(seatId)).toBe(rows);
      // Whoever moderates goes on.
      version += 1;
      for (const client of others) await save(client, version);
    };
    const lifts = async (act: () => Promise<Answer>) => {
      expect(await reasonOf(act())).toBe('done');
      await until('everybody may write', () => silent.every((client) => sees(client, '')));
      version += 1;
      for (const client of silent) await save(client, version);
      expect(await reasonOf(elsewhere.send('POST', `${at}/views`, post()))).toBe('done');
    };
    // At the other process somebody posts all the while: what is sent behind the answer is refused, and not a second later.
    const sent: { readonly atMs: number; readonly reason: string }[] = [];
    const ends = { atMs: Infinity };
    const posting = (async () => {
      while (performance.now() < ends.atMs) {
        const atMs = performance.now();
        sent.push({ atMs, reason: await reasonOf(elsewhere.send('POST', `${at}/views`, post())) });
      }
    })();
    await until('views are taken', () => sent.some(({ reason }) => reason === 'done'));
    expect(await reasonOf(convener.send('PUT', `${at}/silence`, {}))).toBe('done');
    const silentMs = performance.now();
    ends.atMs = silentMs + 1.2 * STOPPED_MS;
    await posting;
    const late = sent.filter(({ atMs }) => atMs > silentMs);
    expect(late.filter(({ atMs }) => atMs > silentMs + STOPPED_MS).length).toBeGreaterThan(0);
    expect(new Set(late.map(({ reason }) => reason))).toEqual(new Set(['ALL_SILENT']));
    await lifts(() => convener.send('DELETE', `${at}/silence`, {}));
    await stops('ALL_SILENT', () => convener.send('PUT', `${at}/silence`, {}));
    await lifts(() => convener.send('DELETE', `${at}/silence`, {}));
    const mute = `${at}/participants/${seatId}/mute`;
    await stops('SPEAKER_MUTED', () => convener.send('PUT', mute, { why: '多次人身攻击' }));
    await lifts(() => convener.send('DELETE', mute, {}));
    // A silence is of the meeting: behind it people write, although nobody lifted it.
    await stops('ALL_SILENT', () => convener.send('PUT', `${at}/silence`, {}));
    expect(await reasonOf(convener.send('POST', `${at}/end`, {}))).toBe('done');
    await until('everybody may write', () => silent.every((client) => sees(client, '')));
    for (const client of silent) await save(client, version + 1);
  }, 60_000);
});

describe('a text behind the meeting, in two real processes', () => {
  it('is written on, read only while it is confirmed, and sealed as it was signed [N1] [N2] [N4] [N5] [N6]', async () => {
    const { at, convener, member, typing, silent, others, rowsOf, seatId } = await stage();
    const done = async (answer: Promise<Answer>) => expect((await answer).body.reason ?? 'done').toBe('done');
    const refused = async (answer: Promise<Answer>) => (await answer).body.reason;
    const tell = (standing: string) =>
      until(`everybody is told: ${standing || 'write'}`, () =>
        [...silent, ...others].every((client) => sees(client, standing)),
      );
    const textNow = async () => (await member.get(`${at}/snapshot`)).body.room.signing.text.sha256;

    await member.send('POST', `${at}/enter`, {});
    await done(convener.send('POST', `${at}/end`, {}));
    for (const client of silent) await save(client, 2);
    // It says nothing of what it should: what froze it is undone.
    expect(await refused(convener.send('POST', `${at}/text/settle`, {}))).toBe('TEXT_LACKS_PARTS');
    for (const client of silent) await save(client, 3);

    await done(convener.send('POST', `${at}/text/settle`, { why: '没有分歧' }));
    const rows = await rowsOf(seatId);
    for (const client of typing) client.type('晚了');
    await tell('TEXT_LOCKED');
    const first = { sha256: await textNow() };
    await done(member.send('PUT', `${at}/text/signature`, first));
    expect(await rowsOf(seatId)).toBe(rows);

    await done(convener.send('POST', `${at}/text/reopen`, { why: '漏了一项' }));
    await tell('');
    for (const client of silent) await save(client, 4);
    await done(convener.send('POST', `${at}/text/settle`, { why: '没有分歧' }));
    expect(await refused(member.send('PUT', `${at}/text/signature`, first))).toBe('TEXT_OTHER');
    const second = { sha256: await textNow(), reservation: '第二条须先试行' };
    await done(member.send('PUT', `${at}/text/signature`, second));
    expect(await refused(convener.send('POST', `${at}/adopt`, {}))).toBe('SIGNATURES_MISSING');
    expect((await member.get(`${at}/archive`)).body.reason).toBe('ARCHIVE_UNKNOWN');
    await done(convener.send('POST', `${at}/adopt`, { why: '本人主持，会上已确认' }));

    const archive = Archive.parse((await member.get(`${at}/archive`)).body);
    const { rows: log } = (await member.get(`${at}/log?after=0`)).body;
    expect(verifyArchive({ archive, rows: log })).toMatchObject({ holds: true });
    expect(archive.outcomeHash).toBe(second.sha256);
    expect(archive.room.signing?.signatures).toMatchObject([{ reservation: '第二条须先试行' }]);
    expect(archive.room.reopenings).toMatchObject([{ why: '漏了一项', signed: 1 }]);
  }, 60_000);
});
