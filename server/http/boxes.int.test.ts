import { randomUUID, webcrypto } from 'node:crypto';
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { pino } from 'pino';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonical } from '../../core/domain/canonical.ts';
import { digest } from '../../core/domain/digest.ts';
import type { BoxBallot, BoxContent, BoxKey } from '../../core/domain/polls/box.ts';
import { bytesOf, nullifierOf, textOf, trackerOf } from '../../core/domain/polls/box.ts';
import type { PollDraft } from '../../core/domain/polls/draft.ts';
import { fileOf, PollFile } from '../../core/domain/polls/exporting.ts';
import type { Paper } from '../../core/domain/polls/paper.ts';
import type { ClosedPoll } from '../../core/domain/polls/poll.ts';
import { verifyReceipt, type ReceiptFile } from '../../core/domain/polls/receipts.ts';
import { verifyPoll } from '../../core/domain/polls/verifying.ts';
import { verifyBox } from '../../core/domain/polls/verifying-box.ts';
import { AppError } from '../app-error.ts';
import { createDeadlines } from '../db/deadlines.ts';
import { createRoomLog } from '../db/room-log.ts';
import { startEndingPolls } from '../jobs/ending-polls.ts';
import { createRooms } from '../rooms/actor.ts';
import { isOwnToken, readSpki } from '../box/keys.ts';
import { blindFor, type Blinded } from '../testing/blind-voter.ts';
import {
  convener,
  db,
  at,
  join,
  makeLink,
  newGuest,
  sessionId,
  server,
  SECRET,
  setJoinStage,
  why,
} from '../testing/join-stage.ts';
import { fakeTexts, pollDraft, realClock, realIds, silentLog, testMarkOf } from '../testing/room-fixtures.ts';
import { createRates, type Rates } from './rates.ts';
import { testServer, type Browser, type TestServer } from '../testing/test-server.ts';
import { until } from '../testing/until.ts';

setJoinStage();
/** Another process, whose log is read. */
let other: TestServer;
const lines: string[] = [];
/** One that waits for ballots on their way, for longer than a test takes. */
let patient: TestServer;
const ENDING_MS = 600_000;
/** Whether somebody has asked it for boxes that there are not, until nobody can any more. */
let isSpentByForeigners = false;
beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const rates = createRates(null);
  const spend: Rates['spend'] = async (rate, key) => {
    if (rate === 'foreignBallot' && isSpentByForeigners) throw new AppError('TOO_OFTEN');
    await rates.spend(rate, key);
  };
  other = await testServer(db, {
    secret: SECRET,
    log,
    boxOrigin: 'https://box.example.org',
    rates: { ...rates, spend },
  });
  patient = await testServer(db, { secret: SECRET, endingMs: ENDING_MS });
  return () => Promise.all([other.close(), patient.close()]);
});

const choose = (choice: string): Paper => ({ shape: 'choices', choices: [choice] });

/** Who each browser joined as. */
const seats = new WeakMap<Browser, string>();

type Stand = { readonly poll: PollDraft; readonly key: BoxKey; readonly voters: readonly Browser[] };

/** An open poll with a box, and so many residents who may vote in it. */
async function openBox(voters: number): Promise<Stand> {
  await convener.send('POST', `${at}/enter`);
  await convener.send('POST', `${at}/open`, { why: '测试' });
  const { token } = await makeLink();
  const people = Array.from({ length: voters }, newGuest);
  for (const one of people) {
    const joined = await join(one, token);
    expect(why(joined)).toBe('done');
    seats.set(one, joined.body.participantId);
  }
  return { ...(await openPoll()), voters: people };
}

async function openPoll(rules: Partial<PollDraft['rules']> = {}): Promise<Omit<Stand, 'voters'>> {
  const usual = pollDraft('verifiable', ['resident']);
  const poll = { ...usual, rules: { ...usual.rules, ...rules } };
  expect(why(await convener.send('POST', `${at}/polls`, poll))).toBe('done');
  const opened = await convener.send('POST', `${at}/polls/${poll.id}/open`);
  expect(why(opened)).toBe('done');
  return { poll, key: opened.body.events[0].event.key };
}

const answerOf = async (response: Response) => {
  return { status: response.status, headers: response.headers, body: await response.json() };
};

const posted = (to: TestServer, path: string, body: unknown, cookie?: string) =>
  fetch(to.url + path, {
    method: 'POST',
    headers: {
      origin: to.url,
      'idempotency-key': randomUUID(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie === undefined ? {} : { cookie }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).then(answerOf);

/** As a browser asks that has been theirs all the time. */
const takeToken = (stand: Stand, voter: Browser, blinded: string, to = server) =>
  takeFor(stand, voter, { blinded, voter: seats.get(voter) ?? randomUUID() }, to);

const takeFor = ({ poll }: Stand, signedIn: Browser, wish: object, to = server) =>
  posted(to, `${at}/polls/${poll.id}/token`, wish, signedIn.cookie());

/** As a browser sends it: no cookie, no key. */
const cast = ({ poll }: Stand, ballot: unknown, to: TestServer = other) =>
  posted(to, `/box/${sessionId}/${poll.id}`, ballot);

async function tokenFor(stand: Stand, voter: Browser): Promise<(paper: Paper) => BoxBallot> {
  const mine: Blinded = blindFor(stand.key);
  const answer = await takeToken(stand, voter, mine.blinded);
  expect(why(answer)).toBe('done');
  return (paper) => mine.ballot(answer.body.signature, paper);
}

const close = ({ poll }: Stand) => convener.send('POST', `${at}/polls/${poll.id}/close`);
const turnout = async ({ poll }: Stand) =>
  (await (await fetch(`${server.url}/box/${sessionId}/${poll.id}`)).json()) as object;
const pollNow = async ({ poll }: Stand): Promise<ClosedPoll> =>
  (await convener.get(`${at}/polls/${poll.id}`)).body;

describe('ballot boxes', () => {
  it('take each ballot once, tell nobody whose it is, and can be counted by anybody [B30] [B31] [B32] [B34] [B37]', async () => {
    const stand = await openBox(7);
    const [first, second, ...others] = stand.voters as [Browser, Browser, ...Browser[]];

    // As the browser does it.
    const suite = RSABSSA.SHA384.PSS.Randomized();
    const prepared = suite.prepare(webcrypto.getRandomValues(new Uint8Array(32)));
    const imported = await webcrypto.subtle.importKey(
      'spki',
      bytesOf(stand.key.spki),
      { name: 'RSA-PSS', hash: 'SHA-384' },
      true,
      ['verify'],
    );
    const { blindedMsg, inv } = await suite.blind(imported, prepared);
    const asked = textOf(blindedMsg);
    const issued = await takeToken(stand, first, asked);
    expect(issued.body.box).toEqual({ url: `/box/${sessionId}/${stand.poll.id}`, jitterMs: 0 });
    // A lost answer, also to another process, and a second token.
    expect((await takeToken(stand, first, asked)).body).toEqual(issued.body);
    expect(why(await takeToken(stand, first, blindFor(stand.key).blinded))).toBe('TOKEN_TAKEN');
    const signature = textOf(await suite.finalize(imported, prepared, bytesOf(issued.body.signature), inv));
    const mine = { msg: textOf(prepared), signature, paper: choose('yes') };
    const taken = await cast(stand, mine);
    const nullifier = nullifierOf(mine.msg);
    expect(taken.body.tracker).toBe(trackerOf(nullifier, stand.poll.id));
    expect(taken.headers.get('x-request-id')).toBeNull();
    // Only pages of ours are answered from another host, and never with credentials.
    expect(taken.headers.get('access-control-allow-origin')).toBe(other.url);
    expect(taken.headers.get('access-control-allow-credentials')).toBeNull();
    const box = `${other.url}/box/${sessionId}/${stand.poll.id}`;
    const asks = (origin: string) => fetch(box, { method: 'OPTIONS', headers: { origin } });
    expect((await asks(other.url)).status).toBe(204);
    expect((await asks('https://elsewhere.example.org')).status).toBe(403);
    expect((await takeToken(stand, first, asked, other)).body.box.url).toBe(
      `https://box.example.org/box/${sessionId}/${stand.poll.id}`,
    );
    expect((await cast(stand, mine, server)).body).toEqual(taken.body);
    expect(why(await cast(stand, { ...mine, paper: choose('no') }))).toBe('TOKEN_SPENT');

    const ballot = await tokenFor(stand, second);
    const good = ballot(choose('no'));
    for (const [bad, reason] of [
      [{ ...good, signature: mine.signature }, 'TOKEN_FOREIGN'],
      [{ ...good, signature: textOf(new Uint8Array(384).fill(255)) }, 'TOKEN_FOREIGN'],
      [{ ...good, msg: textOf(new Uint8Array(64)) }, 'TOKEN_FOREIGN'],
      [{ ...good, paper: choose('maybe') }, 'OPTION_UNKNOWN'],
      [{ ...good, paper: { shape: 'choices', choices: [] } }, 'BALLOT_EMPTY'],
      [{ ...good, msg: 'x' }, 'FIELD_INVALID'],
      [{ ...good, userId: randomUUID() }, 'FIELD_INVALID'],
      [null, 'MALFORMED'],
    ] as const)
      expect(why(await cast(stand, bad))).toBe(reason);
    expect(why(await cast(stand, good))).toBe('done');

    // Whoever is not on the roll, and the usual door of ballots.
    expect(why(await takeToken(stand, convener, blindFor(stand.key).blinded))).toBe('NOT_ELIGIBLE');
    expect(why(await takeToken(stand, first, textOf(new Uint8Array(384).fill(255))))).toBe('FIELD_INVALID');
    const usual = await first.send('PUT', `${at}/polls/${stand.poll.id}/ballot`, choose('yes'));
    expect(why(usual)).toBe('BALLOT_BY_BOX');
    expect(why(await convener.get(`${at}/polls/${stand.poll.id}/box`))).toBe('POLL_STILL_OPEN');

    for (const voter of others.slice(1)) {
      const theirs = await tokenFor(stand, voter);
      expect(why(await cast(stand, theirs(choose('yes'))))).toBe('done');
    }
    expect(await turnout(stand)).toEqual({ issued: 5, cast: 5, isClosed: false });
    const last = others[0] as Browser;
    const late = await tokenFor(stand, last);
    expect(await turnout(stand)).toEqual({ issued: 5, cast: 5, isClosed: false });
    expect(why(await close(stand))).toBe('done');

    expect(why(await cast(stand, late(choose('yes'))))).toBe('POLL_CLOSED');
    expect((await cast(stand, mine)).body).toEqual(taken.body);
    expect(why(await takeToken(stand, last, blindFor(stand.key).blinded))).toBe('POLL_CLOSED');
    expect(await turnout(stand)).toEqual({ issued: 7, cast: 6, isClosed: true });
    const closed = await pollNow(stand);
    expect(closed.box).toMatchObject({ issued: 7, cast: 6 });
    expect(closed.result).toMatchObject({
      chambers: [
        { turnout: { entitled: 7, issued: 7, cast: 6, silent: 1 }, count: { choices: { yes: 5, no: 1 } } },
      ],
      groups: [],
    });
    for (const table of ['poll_key', 'poll_issue'])
      expect((await db.pool.query(`select from ${table} where poll_id = $1`, [stand.poll.id])).rowCount).toBe(
        0,
      );

    const content: BoxContent = (await first.get(`${at}/polls/${stand.poll.id}/box`)).body;
    expect(content.ballots).toHaveLength(6);
    const file = PollFile.parse(JSON.parse(JSON.stringify(fileOf(closed, content))));
    expect(verifyPoll(file).holds).toBe(true);
    const kept: ReceiptFile = {
      format: 'shangliang/receipt/1',
      pollId: stand.poll.id,
      seal: closed.seal,
      nullifier,
      paperHash: digest(canonical(mine.paper)),
      fingerprint: stand.key.fingerprint,
      receipts: stand.key.receipts,
      ...taken.body,
    };
    expect(verifyReceipt(file, kept).filter(({ holds }) => !holds)).toEqual([]);
    const unsigned = { ...kept, receipt: 'r'.repeat(86) };
    expect(verifyReceipt(file, unsigned)).toContainEqual({ check: 'signature', holds: false });
    const wrongIn = async (tampered: BoxContent) => {
      const verifies = (key: BoxKey, one: BoxBallot) => isOwnToken(readSpki(key.spki), one);
      const found = await verifyBox({ ...file, box: tampered }, verifies, { root: closed.box?.root ?? '' });
      return found.filter(({ holds }) => !holds).map(({ check }) => check);
    };
    expect(await wrongIn(content)).toEqual([]);
    const [one, two, ...rest] = content.ballots as [BoxBallot, BoxBallot, ...BoxBallot[]];
    const flipped = {
      ...one,
      paper: choose(one.paper.shape === 'choices' && one.paper.choices[0] === 'yes' ? 'no' : 'yes'),
    };
    expect(await wrongIn({ ...content, ballots: [flipped, two, ...rest] })).toEqual(['root', 'ballots']);
    expect(await wrongIn({ ...content, ballots: [one, one, ...rest] })).toContain('tokens');
    expect(await wrongIn({ ...content, roster: content.roster.slice(1) })).toEqual(['roster']);
    const forged = { ...two, msg: textOf(new Uint8Array(64)) };
    expect(await wrongIn({ ...content, ballots: [one, forged, ...rest] })).toContain('signatures');

    // Whatever was refused, nothing of a ballot or of whoever sent it stands in the log of the process that took it.
    const logged = lines.join('\n');
    for (const word of [
      mine.msg,
      mine.signature,
      nullifier,
      taken.body.tracker,
      '127.0.0.1',
      'cookie',
      '/box/',
    ])
      expect(logged).not.toContain(word);
  });

  it('give a token to whoever it was asked for, also on a device that changed hands [B30]', async () => {
    const stand = await openBox(2);
    const [first, second] = stand.voters as [Browser, Browser];
    const mine = blindFor(stand.key);
    // Begun as the first, and asked after the second signed in beside it.
    const wish = { blinded: mine.blinded, voter: seats.get(first) };
    expect(why(await takeFor(stand, second, wish))).toBe('NOT_ELIGIBLE');
    // Nothing was taken with it: both still get theirs.
    expect(why(await takeFor(stand, first, wish))).toBe('done');
    expect(why(await takeToken(stand, second, blindFor(stand.key).blinded))).toBe('done');
    expect(why(await takeFor(stand, first, { blinded: mine.blinded }))).toBe('FIELD_INVALID');
  });

  it('take ballots of whoever took a token here, however many ask for boxes that there are not [B32]', async () => {
    const stand = await openBox(2);
    const [first, second] = stand.voters as [Browser, Browser];
    const early = await tokenFor(stand, first);
    isSpentByForeigners = true;
    try {
      expect(why(await cast(stand, early(choose('yes'))))).toBe('TOO_OFTEN');
      const mine = blindFor(stand.key);
      const { body } = await takeToken(stand, second, mine.blinded, other);
      expect(why(await cast(stand, mine.ballot(body.signature, choose('yes'))))).toBe('done');
      expect(why(await cast(stand, early(choose('no'))))).toBe('done');
    } finally {
      isSpentByForeigners = false;
    }
  });

  it('take what is on its way once the host has ended the poll, sign no more, and are closed by the clock [B35] [B28]', async () => {
    const stand = await openBox(4);
    const [first, second, third, fourth] = stand.voters as [Browser, Browser, Browser, Browser];
    const [early, late] = [await tokenFor(stand, first), await tokenFor(stand, second)];
    const mine = blindFor(stand.key);
    expect(why(await takeToken(stand, third, mine.blinded))).toBe('done');
    expect(why(await cast(stand, early(choose('yes'))))).toBe('done');
    const polls = `${at}/polls/${stand.poll.id}`;
    const ended = await posted(patient, `${polls}/close`, undefined, convener.cookie());
    expect(why(ended)).toBe('done');
    expect(ended.body.events).toMatchObject([{ event: { type: 'poll:ending' } }]);
    const now = await pollNow(stand);
    expect(now).toMatchObject({ phase: 'open', isEnding: true, endsAt: ended.body.events[0].event.endsAt });
    expect(why(await close(stand))).toBe('POLL_ENDING');
    // The key went with the host's word, also for a process that has not heard of it.
    const { rows } = await db.pool.query('select sealed from poll_key where poll_id = $1', [stand.poll.id]);
    expect(rows).toEqual([{ sealed: '' }]);
    expect(why(await takeToken(stand, fourth, blindFor(stand.key).blinded, other))).toBe('POLL_ENDING');
    const again = await takeToken(stand, third, mine.blinded, other);
    expect(why(again)).toBe('done');
    expect(why(await cast(stand, late(choose('no'))))).toBe('done');

    // Nobody holds it, and its time is over.
    const clock = { now: () => new Date(Date.parse(realClock.now()) + ENDING_MS).toISOString() };
    const rooms = createRooms({
      roomLog: createRoomLog({ pool: db.pool, texts: fakeTexts, ids: realIds }),
      feed: { committed: () => undefined },
      markOf: testMarkOf,
      clock,
      log: silentLog,
    });
    const sweep = startEndingPolls({ rooms, clock, log: silentLog, deadlines: createDeadlines(db.pool) }, 10);
    await until('the box has closed', async () => (await pollNow(stand)).phase === 'closed');
    await sweep.close();
    expect((await pollNow(stand)).box).toMatchObject({ issued: 3, cast: 2 });
    const unsent = mine.ballot(again.body.signature, choose('yes'));
    expect(why(await cast(stand, unsent))).toBe('POLL_CLOSED');
  });

  it('count every ballot that was acknowledged before the close, and none after, and close when all are in [B16] [B33]', async () => {
    const stand = await openBox(12);
    const ballots = await Promise.all(stand.voters.map((voter) => tokenFor(stand, voter)));
    const paperOf = (n: number) => choose(n % 3 === 0 ? 'no' : 'yes');
    const send = (n: number) => {
      const [ballot, to] = [ballots[n], n % 2 ? other : server];
      if (ballot === undefined) throw new Error('no ballot');
      return cast(stand, ballot(paperOf(n)), to);
    };
    // Some before, most in the same moment as the close, and two behind it: somebody is always answered, and somebody refused.
    const early = [await send(0), await send(1)];
    const casts = Array.from({ length: 8 }, (_, n) => send(n + 2));
    const again = Array.from({ length: 8 }, (_, n) => send(n));
    const [between, closing, repeated] = await Promise.all([
      Promise.all(casts),
      close(stand),
      Promise.all(again),
    ]);
    const late = [await send(10), await send(11)];
    const answers = [...early, ...between, ...late];
    expect(early.map(why)).toEqual(['done', 'done']);
    expect(late.map(why)).toEqual(['POLL_CLOSED', 'POLL_CLOSED']);
    expect(why(closing)).toBe('done');
    const isDone = (answer: { status: number }) => answer.status === 200;
    const acknowledged = answers.filter(
      (answer, n) => isDone(answer) || (repeated[n] !== undefined && isDone(repeated[n])),
    );
    expect(acknowledged.length).toBeGreaterThan(1);
    expect(acknowledged.length).toBeLessThan(11);
    const closed = await pollNow(stand);
    expect(closed.box?.cast).toBe(acknowledged.length);
    expect(answers.every((answer) => ['done', 'POLL_CLOSED'].includes(why(answer)))).toBe(true);
    // Whoever was answered is in the box under their tracker; whoever was not is answered the same for ever.
    const content: BoxContent = (await convener.get(`${at}/polls/${stand.poll.id}/box`)).body;
    const trackers = new Set(content.ballots.map(({ msg }) => trackerOf(nullifierOf(msg), stand.poll.id)));
    for (const answer of acknowledged) if (isDone(answer)) expect(trackers).toContain(answer.body.tracker);
    const counts = await Promise.all(ballots.map((ballot, n) => cast(stand, ballot(paperOf(n)))));
    expect(counts.filter(isDone)).toHaveLength(acknowledged.length);

    // Another among three of them, which closes by itself.
    const people = closed.electorate.slice(0, 3).map(({ id }) => id);
    const { time, eligible } = stand.poll.rules;
    const rules = { eligible: { ...eligible, people }, time: { ...time, closesWhenAllVoted: true } };
    const small = { ...(await openPoll(rules)), voters: stand.voters };
    let issued = 0;
    for (const voter of small.voters) {
      const mine = blindFor(small.key);
      const answer = await takeToken(small, voter, mine.blinded);
      if (why(answer) === 'NOT_ELIGIBLE') continue;
      expect((await pollNow(small)).phase).toBe('open');
      expect(why(await cast(small, mine.ballot(answer.body.signature, choose('yes'))))).toBe('done');
      issued += 1;
      if (issued === people.length) break;
    }
    await until('the box has closed', async () => (await pollNow(small)).phase === 'closed');
    expect((await pollNow(small)).box).toMatchObject({ issued: 3, cast: 3 });
  });
});
