import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../core/domain/polls/paper.ts';
import type { PollDraft } from '../core/domain/polls/draft.ts';
import { AUDIENCES } from '../core/domain/room/audiences.ts';
import { seenBy } from '../core/domain/room/seen-by.ts';
import { freshSeed } from '../core/testing/seed.ts';
import { chanceOf } from '../load/chance.ts';
import { createBoxKeys } from '../server/box/keys.ts';
import { createSigner } from '../server/box/signer.ts';
import { createStores } from '../server/db/stores.ts';
import { createBoxes } from '../server/services/boxes.ts';
import { blindFor } from '../server/testing/blind-voter.ts';
import { db, engine, setEngineStage } from '../server/testing/engine-stage.ts';
import { ask, openSession, pollDraft, realClock, type TestSession } from '../server/testing/room-fixtures.ts';
import { dumpOf, linked, type Suspect } from './linking.ts';

// npx vitest run --project int faults/linking

setEngineStage({ poolSize: 12 });

/** By chance one of them is named right, and twelve less often than once in a thousand million. */
const VOTERS = 200;
const ABOVE_CHANCE = 0.05;
const seed = freshSeed();
const lines: string[] = [];
const frames: string[] = [];
const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });

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

function shuffled<T>(all: readonly T[], chance: ReturnType<typeof chanceOf>): T[] {
  const rest = [...all];
  return all.flatMap(() => rest.splice(chance.below(rest.length), 1));
}

/** Everybody signed in, as rows. */
async function signIn({ people }: TestSession): Promise<Map<string, string>> {
  const tokens = new Map(people.map(({ personId }) => [personId as string, randomBytes(32).toString('hex')]));
  await db.pool.query(
    `insert into sign_in (token_hash, person_id, expires_at)
     select decode(t.hash, 'hex'), t.person, now() + interval '1 day' from unnest($1::text[], $2::uuid[]) as t(hash, person)`,
    [[...tokens.values()], [...tokens.keys()]],
  );
  return tokens;
}

async function stage() {
  const rooms = engine({
    log,
    // What every socket is sent, whoever hears it.
    feed: {
      committed: (_session, envelopes) => {
        for (const envelope of envelopes)
          for (const audience of AUDIENCES) frames.push(JSON.stringify(seenBy(envelope, audience)));
      },
    },
  });
  const session = await openSession(
    { pool: db.pool, rooms },
    Array.from({ length: VOTERS }, () => 'resident' as const),
  );
  const signIns = await signIn(session);
  const signer = createSigner();
  const {
    seats,
    sessions,
    boxes: store,
  } = createStores(db, { clock: realClock, secureOnly: false, isOurs: () => true });
  const keys = createBoxKeys('a secret that only tests know about');
  const spend = () => Promise.resolve();
  const settings = { origin: null, jitterMs: 0 };
  const boxes = createBoxes({
    rooms,
    seats,
    sessions,
    boxes: store,
    keys,
    signer,
    spend,
    settings,
    clock: realClock,
    nowMs: () => performance.now(),
    log,
  });
  return { rooms, session, signIns, boxes, close: signer.close };
}

/** The best that anybody finds out, and the way. */
async function bestOf(table: string, suspects: readonly Suspect[]) {
  const ways = linked(await dumpOf(db.pool, { frames, log: lines }), table, suspects);
  expect(ways.length).toBeGreaterThan(50);
  const [best] = ways;
  if (best === undefined) throw new Error('no way was tried');
  return { ...best, isChance: best.share <= best.chance + ABOVE_CHANCE };
}

describe('linked', () => {
  it(`joins no ballot with its voter, and is not blind (seed ${seed}) [B5] [B31]`, async () => {
    const chance = chanceOf(seed);
    const { rooms, session, signIns, boxes, close } = await stage();
    const { sessionId, convener, people } = session;
    const drawn = shuffled(papersOf(['a', 'b', 'c', 'd', 'e', 'f']), chance);
    const suspects = people.map((person, n): Suspect => {
      const { id, personId } = person;
      return { ids: [id, personId, `x${signIns.get(personId) ?? ''}`], paper: drawn[n] };
    });
    const paperOf = (n: number) => drawn[n] as Paper;

    // Two tables as somebody would write them who thinks no further: the linker must find nearly everybody.
    await db.pool.query('create table naive_voted (voter uuid, at timestamptz default clock_timestamp())');
    await db.pool.query('create table naive_ballot (id uuid default gen_random_uuid(), paper jsonb)');
    for (const n of shuffled([...people.keys()], chance))
      await db.pool.query(
        `with voted as (insert into naive_voted (voter) values ($1)) insert into naive_ballot (paper) values ($2)`,
        [people[n]?.id, JSON.stringify(paperOf(n))],
      );
    expect((await bestOf('naive_ballot', suspects)).share).toBeGreaterThan(0.9);
    await db.pool.query('drop table naive_voted, naive_ballot');

    const secret = rankingOf('secret');
    await ask(rooms, session, convener, { type: 'preparePoll', poll: secret });
    await ask(rooms, session, convener, { type: 'openPoll', pollId: secret.id });
    for (const n of shuffled([...people.keys()], chance)) {
      const person = people[n];
      if (person !== undefined)
        await ask(rooms, session, person, { type: 'castBallot', pollId: secret.id, paper: paperOf(n) });
    }
    // 无记名 is not safe from whoever holds the database while it is open, and says so: here the linker shows that it sees.
    expect((await bestOf('poll_paper', suspects)).isChance).toBe(false);
    await ask(rooms, session, convener, { type: 'closePoll', pollId: secret.id });
    expect(await bestOf('poll_paper', suspects)).toMatchObject({ isChance: true });

    const box = rankingOf('verifiable');
    await ask(rooms, session, convener, { type: 'preparePoll', poll: box });
    const of = { sessionId, pollId: box.id };
    await boxes.ready(convener.who, of);
    await ask(rooms, session, convener, { type: 'openPoll', pollId: box.id });
    const opened = (await rooms.current(sessionId)).polls.find(({ draft }) => draft.id === box.id);
    if (opened?.phase !== 'open' || opened.key === undefined) throw new Error('the box did not open');
    const { key } = opened;
    // Each takes a token as the poll opens, and votes once they have made up their mind.
    const tokens = await Promise.all(
      shuffled([...people.keys()], chance).map(async (n) => {
        const { id, personId } = people[n]!;
        const mine = blindFor(key);
        const who = {
          personId,
          name: '',
          office: null,
          orgId: null,
          isGuest: false,
          signInId: signIns.get(personId) ?? '',
        };
        const wish = { blinded: mine.blinded, voter: id };
        const { signature } = await boxes.token({ ...who, seat: { sessionId, id } }, of, wish);
        return { n, cast: () => boxes.cast(of, mine.ballot(signature, paperOf(n))) };
      }),
    );
    for (const { cast } of shuffled(tokens, chance)) await cast();
    frames.push(JSON.stringify(await boxes.turnout(of)));
    expect(await bestOf('poll_ballot', suspects)).toMatchObject({ isChance: true });
    await ask(rooms, session, convener, { type: 'closePoll', pollId: box.id });
    expect(await bestOf('poll_ballot', suspects)).toMatchObject({ isChance: true });
    expect((await rooms.current(sessionId)).polls.at(-1)).toMatchObject({
      box: { issued: VOTERS, cast: VOTERS },
    });
    await close();
  });
});
