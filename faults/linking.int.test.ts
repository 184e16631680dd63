import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEar, type Ear } from '../bench/ear.ts';
import type { PollDraft } from '../core/domain/polls/draft.ts';
import type { Paper } from '../core/domain/polls/paper.ts';
import type { BoxKey } from '../core/domain/polls/box.ts';
import { freshSeed } from '../core/testing/seed.ts';
import { chanceOf } from '../load/chance.ts';
import { blindFor } from '../server/testing/blind-voter.ts';
import { startProgram, type Program } from '../server/testing/program.ts';
import { pollDraft } from '../server/testing/room-fixtures.ts';
import { testDatabase, type TestDatabase } from '../server/testing/test-database.ts';
import { buildHouse, planOf, signInAs } from '../server/testing/test-house.ts';
import { browser, type Answer, type Browser } from '../server/testing/test-server.ts';
import { until } from '../server/testing/until.ts';
import { dumpOf, linked, type Suspect } from './linking.ts';

// npx vitest run --project int faults/linking

/** By chance one of them is named right, and twelve less often than once in a thousand million. */
const VOTERS = 200;
const ABOVE_CHANCE = 0.05;
/** So many people do something at once. */
const AT_ONCE = 12;
const EARS = 6;
/** Everybody takes a token within one of something, and votes within two of it behind that. */
const DECIDES = 2;
const seed = freshSeed();
const chance = chanceOf(seed);
const frames: string[] = [];
const ears: Ear[] = [];
let db: TestDatabase;
let program: Program;
let folder: string;

beforeAll(async () => {
  db = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'linking-'));
  program = await startProgram({ DATABASE_URL: db.url, DATA_DIR: folder, LOG_LEVEL: 'trace' });
});
afterAll(async () => {
  for (const ear of ears) ear.close();
  await program.kill();
  await db.drop();
  await rm(folder, { recursive: true });
});

/** As many papers as voters, no two alike: whoever names the paper has found the person. */
function papersOf(options: readonly string[]): Paper[] {
  const orders = (rest: readonly string[]): string[][] =>
    rest.length === 0
      ? [[]]
      : rest.flatMap((one) => orders(rest.filter((id) => id !== one)).map((more) => [one, ...more]));
  return orders(options).map((ranking) => ({ shape: 'ranking', ranking }));
}

function rankingOf(secrecy: 'secret' | 'verifiable'): PollDraft {
  const options = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id, text: `意见 ${id}` }));
  return { ...pollDraft(secrecy, ['resident']), ask: { kind: 'ranking', options, least: 6, by: 'points' } };
}

function shuffled<T>(all: readonly T[]): T[] {
  const rest = [...all];
  return all.flatMap(() => rest.splice(chance.below(rest.length), 1));
}

const must = async (answer: Promise<Answer>) => {
  const { status, body } = await answer;
  expect([status, body.reason]).toEqual([200, undefined]);
  return body;
};

type Hall = {
  readonly at: string;
  readonly sessionId: string;
  readonly convener: Browser;
  /** Their ids: first that of the participant. */
  readonly people: readonly { readonly one: Browser; readonly ids: readonly string[] }[];
};

/** A session of two hundred guests, some of whom, and the chair, hear everything that sockets are told. */
async function hall(): Promise<Hall> {
  const house = await buildHouse(db.prisma);
  const convener = await signInAs(browser(program.url), house, 'convener');
  const { sessionId, body } = planOf(house);
  const at = `/api/sessions/${sessionId}`;
  await must(convener.send('POST', '/api/sessions', body));
  const wish = { id: randomUUID(), role: 'resident', venueId: null, maxUses: VOTERS };
  const token = (await must(convener.send('POST', `${at}/links`, wish))).url.split('#')[1];
  await must(convener.send('POST', `${at}/enter`, {}));
  await must(convener.send('POST', `${at}/open`, { why: '测试' }));
  const guests = Array.from({ length: VOTERS }, () => browser(program.url));
  await inStep(guests, async (one) => {
    const asked = { token, key: randomUUID(), consent: true, name: '居民', venueId: null };
    await must(one.send('POST', '/api/join', asked));
    await must(one.send('POST', `${at}/enter`, {}));
  });
  const people = await Promise.all(guests.map(async (one) => ({ one, ids: await idsOf(one, sessionId) })));
  for (const one of [convener, ...guests.slice(0, EARS)]) {
    const headers = { origin: program.url, cookie: one.cookie() ?? '' };
    const ear = await openEar(program.url, headers, (event) => void frames.push(JSON.stringify(event)));
    expect(await ear.ask('room:hear', { sessionId, after: 0 })).toMatchObject({ ok: true });
    ears.push(ear);
  }
  return { at, sessionId, convener, people };
}

/** All that somebody is known by. */
async function idsOf(one: Browser, sessionId: string): Promise<string[]> {
  const { personId } = await must(one.get('/api/me'));
  const { rows } = await db.pool.query<{ seat: string; hash: string }>(
    `select p.id as seat, encode(s.token_hash, 'hex') as hash from participant p
     join sign_in s on s.person_id = p.person_id where p.session_id = $1 and p.person_id = $2`,
    [sessionId, personId],
  );
  return rows.flatMap(({ seat, hash }) => [
    seat,
    personId,
    `x${hash}`,
    hash,
    one.cookie()?.split('=')[1] ?? '',
  ]);
}

/** One thing after the other, so many at once. */
async function inStep<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const rest = [...all];
  const work = async () => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await act(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function prepared({ at, convener }: Hall, draft: PollDraft): Promise<BoxKey> {
  await must(convener.send('POST', `${at}/polls`, draft));
  return (await must(convener.send('POST', `${at}/polls/${draft.id}/open`))).events[0].event.key;
}

/** The best that anybody finds out, and the way; every ear has heard what there is. */
async function bestOf(what: string, table: string, suspects: readonly Suspect[]) {
  const log = program.output().split('\n');
  const ways = linked(await dumpOf(db.pool, { frames, log }), table, suspects);
  expect(ways.length).toBeGreaterThan(50);
  const [best] = ways;
  if (best === undefined) throw new Error('no way was tried');
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  process.stdout.write(
    `${what}: ${percent(best.share)} named by the best of ${ways.length} ways (${best.way}), ${percent(best.chance)} by chance\n`,
  );
  return { ...best, isChance: best.share <= best.chance + ABOVE_CHANCE };
}

describe('linked', () => {
  it(
    `joins no ballot with its voter over real doors and sockets, and is not blind (seed ${seed}) [B5] [B31]`,
    { timeout: 120_000 },
    async () => {
      const scene = await hall();
      const { at, sessionId, convener, people } = scene;
      const drawn = shuffled(papersOf(['a', 'b', 'c', 'd', 'e', 'f']));
      const suspects = people.map(({ ids }, n): Suspect => ({ ids, paper: drawn[n] }));
      const paperOf = (n: number) => drawn[n] as Paper;
      const numbers = [...people.keys()];

      // Two tables as somebody would write them who thinks no further: the linker must find nearly everybody.
      await db.pool.query('create table naive_voted (voter uuid, at timestamptz default clock_timestamp())');
      await db.pool.query('create table naive_ballot (id uuid default gen_random_uuid(), paper jsonb)');
      for (const n of shuffled(numbers))
        await db.pool.query(
          `with voted as (insert into naive_voted (voter) values ($1)) insert into naive_ballot (paper) values ($2)`,
          [suspects[n]?.ids[0], JSON.stringify(paperOf(n))],
        );
      expect((await bestOf('two naive tables', 'naive_ballot', suspects)).share).toBeGreaterThan(0.9);
      await db.pool.query('drop table naive_voted, naive_ballot');

      const secret = rankingOf('secret');
      await prepared(scene, secret);
      // One behind the other: in a batch of many they hide each other.
      for (const n of shuffled(numbers))
        await must(people[n]!.one.send('PUT', `${at}/polls/${secret.id}/ballot`, paperOf(n)));
      expect(await bestOf('无记名, open', 'poll_paper', suspects)).toMatchObject({ isChance: true });
      await must(convener.send('POST', `${at}/polls/${secret.id}/close`));
      expect(await bestOf('无记名, closed', 'poll_paper', suspects)).toMatchObject({ isChance: true });

      const boxed = async (isAtOnce: boolean) => {
        const draft = rankingOf('verifiable');
        const key = await prepared(scene, draft);
        const tokens = numbers.map(() => blindFor(key));
        const signatures = new Map<number, Promise<string>>();
        const take = (n: number) => {
          const body = { blinded: tokens[n]!.blinded, voter: people[n]!.ids[0] };
          const signed = must(people[n]!.one.send('POST', `${at}/polls/${draft.id}/token`, body));
          signatures.set(
            n,
            signed.then(({ signature }) => signature),
          );
          return signed;
        };
        const cast = async (n: number) => {
          const ballot = tokens[n]!.ballot((await signatures.get(n)) ?? '', paperOf(n));
          const headers = { 'content-type': 'application/json' };
          const asked = { method: 'POST', headers, body: JSON.stringify(ballot) };
          expect((await fetch(`${program.url}/box/${sessionId}/${draft.id}`, asked)).status).toBe(200);
        };
        if (isAtOnce) {
          for (const n of shuffled(numbers)) {
            await take(n);
            await cast(n);
          }
        } else {
          // Some vote while others have no token yet.
          const moments = numbers.flatMap((n) => {
            const taken = chance.next();
            return [
              { at: taken, act: () => take(n) },
              { at: taken + DECIDES * chance.next(), act: () => cast(n) },
            ];
          });
          await inStep(
            moments.sort((a, b) => a.at - b.at),
            async ({ act }) => void (await act()),
          );
        }
        await fetch(`${program.url}/box/${sessionId}/${draft.id}`);
        const name = isAtOnce ? 'token and ballot at once' : 'tokens and ballots interleaved';
        const open = await bestOf(`无记名可核验, ${name}, open`, 'poll_ballot', suspects);
        await must(convener.send('POST', `${at}/polls/${draft.id}/close`));
        await until('ears heard the close', () =>
          frames.some((frame) => frame.includes('poll:closed') && frame.includes(draft.id)),
        );
        const closed = await bestOf(`无记名可核验, ${name}, closed`, 'poll_ballot', suspects);
        const { box } = await must(convener.get(`${at}/polls/${draft.id}`));
        expect(box).toMatchObject({ issued: VOTERS, cast: VOTERS });
        await db.pool.query('delete from poll_ballot where poll_id = $1', [draft.id]);
        return { open, closed };
      };
      for (const isAtOnce of [false, true])
        expect(await boxed(isAtOnce)).toMatchObject({ open: { isChance: true }, closed: { isChance: true } });
    },
  );
});
