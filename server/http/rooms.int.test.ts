import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Archive } from '../../core/contract/archives.ts';
import { verifyChain, type LogRow } from '../../core/domain/chain.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { buildHouse, planOf, signInAs, type House } from '../testing/test-house.ts';
import { browser, testServer, type Answer, type Browser, type TestServer } from '../testing/test-server.ts';

let db: TestDatabase;
let server: TestServer;
let house: House;
let admin: Browser;
let convener: Browser;
let member: Browser;
let stranger: Browser;

beforeAll(async () => {
  db = await testDatabase();
  server = await testServer(db);
});
afterAll(async () => {
  await server.close();
  await db.drop();
});
// A house of its own for every test, so that nobody's rates run out.
beforeEach(async () => {
  house = await buildHouse(db.prisma);
  const names = ['admin', 'convener', 'member', 'stranger'] as const;
  const people = names.map((name) => signInAs(browser(server.url), house, name));
  [admin, convener, member, stranger] = (await Promise.all(people)) as [Browser, Browser, Browser, Browser];
});

const why = ({ body }: Answer) => body.reason ?? 'done';
const view = (text: string) => ({ id: randomUUID(), stance: 'suggestion', text, replyTo: null });
const poll = (eligibleRoles: string[], secrecy = 'named') => ({
  id: randomUUID(),
  question: '是否错时上下学？',
  kind: 'single',
  secrecy,
  options: [
    { id: 'y', text: '是' },
    { id: 'n', text: '否' },
  ],
  maxChoices: 1,
  scale: null,
  eligibleRoles,
});

/** A session in progress: planned by the convener, who is in the chair and has opened it. */
async function openOne() {
  const planned = planOf(house);
  const at = `/api/sessions/${planned.sessionId}`;
  expect(why(await convener.send('POST', '/api/sessions', planned.body))).toBe('done');
  for (const step of ['enter', 'open'])
    expect(why(await convener.send('POST', `${at}/${step}`, {}))).toBe('done');
  await member.send('POST', `${at}/enter`, {});
  return { ...planned, at };
}

describe('planSession', () => {
  it('plans whole, once, however often it is asked [L7]', async () => {
    const { sessionId, body } = planOf(house);
    const answers = await Promise.all([1, 2, 3].map(() => convener.send('POST', '/api/sessions', body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[0]?.body).toMatchObject({ id: sessionId, state: 'scheduled', seat: { role: 'convener' } });
    const { rows } = await db.pool.query('select type from room_event where session_id = $1 order by seq', [
      sessionId,
    ]);
    const added = Array.from({ length: 3 }, () => ({ type: 'participant:added' }));
    expect(rows).toEqual([{ type: 'session:planned' }, ...added]);
    const other = { ...body, roll: body.roll.slice(1) };
    expect(why(await convener.send('POST', '/api/sessions', other))).toBe('ID_TAKEN');
  });

  it('seats nobody of another house, and keeps list and log the same [P7] [S2]', async () => {
    const { sessionId, body } = planOf(house);
    const foreign = await buildHouse(db.prisma);
    const roll = body.roll.map((entry, n) =>
      n === 1 ? { ...entry, personId: foreign.personIds['member'] } : entry,
    );
    expect(why(await convener.send('POST', '/api/sessions', { ...body, roll }))).toBe('PARTICIPANT_UNKNOWN');
    const startsAt = '2026-02-30T08:00:00.000Z';
    expect(why(await convener.send('POST', '/api/sessions', { ...body, startsAt }))).toBe('FIELD_INVALID');
    await convener.send('POST', '/api/sessions', body);
    // As it was after the rows of the session, before its log: only the same request may finish it.
    for (const table of ['room_event', 'room_command', 'participant'])
      await db.pool.query(`delete from ${table} where session_id = $1`, [sessionId]);
    await db.pool.query('update session set seq = 0 where id = $1', [sessionId]);
    const other = { ...body, plan: { ...body.plan, title: '另一个题目' } };
    expect(why(await convener.send('POST', '/api/sessions', other))).toBe('ID_TAKEN');
  });

  it('finishes what a crash left half-way', async () => {
    const { sessionId, body } = planOf(house);
    await convener.send('POST', '/api/sessions', { ...body });
    // As it was after the rows of the session, before its log.
    await db.pool.query('delete from room_event where session_id = $1', [sessionId]);
    await db.pool.query('delete from room_command where session_id = $1', [sessionId]);
    await db.pool.query('delete from participant where session_id = $1', [sessionId]);
    await db.pool.query(`update session set seq = 0, head_hash = '' where id = $1`, [sessionId]);
    const fresh = await testServer(db);
    try {
      const again = await signInAs(browser(fresh.url), house, 'convener');
      expect((await again.send('POST', '/api/sessions', body)).body.seat.role).toBe('convener');
    } finally {
      await fresh.close();
    }
  });

  it('writes nothing of a plan that breaks a rule', async () => {
    const { sessionId, body } = planOf(house);
    const [first, second] = body.roll;
    const broken = [
      [{ ...body, roll: [first, { ...second, venueId: 'nowhere' }] }, 'VENUE_UNKNOWN'],
      [{ ...body, roll: [first, { ...first, id: randomUUID() }] }, 'ALREADY_THERE'],
      [{ ...body, roll: [first, { ...second, id: first?.id }] }, 'ID_TAKEN'],
      [{ ...body, roll: [{ ...first, personId: randomUUID() }] }, 'PARTICIPANT_UNKNOWN'],
      [{ ...body, hostId: randomUUID() }, 'PARTICIPANT_UNKNOWN'],
      [
        { ...body, plan: { ...body.plan, venues: [...body.plan.venues, ...body.plan.venues] } },
        'DUPLICATE_LOCAL_ID',
      ],
    ] as const;
    for (const [request, reason] of broken)
      expect(why(await convener.send('POST', '/api/sessions', request))).toBe(reason);
    expect(await db.prisma.session.count({ where: { id: sessionId } })).toBe(0);
  });

  it('is for the office and the conveners of the studio; another house has no such studio [S2]', async () => {
    expect(why(await admin.send('POST', '/api/sessions', planOf(house).body))).toBe('done');
    expect(why(await member.send('POST', '/api/sessions', planOf(house).body))).toBe('ROLE_MAY_NOT');
    const other = await buildHouse(db.prisma);
    for (const name of ['admin', 'convener'] as const) {
      const outsider = await signInAs(browser(server.url), other, name);
      expect(why(await outsider.send('POST', '/api/sessions', planOf(house).body))).toBe('STUDIO_UNKNOWN');
    }
  });
});

describe('standingOf', () => {
  it('shows a session to its people and its office, and to nobody else that it exists', async () => {
    const { at, sessionId } = await openOne();
    const other = await buildHouse(db.prisma);
    const foreignAdmin = await signInAs(browser(server.url), other, 'admin');
    const doors = ['', '/snapshot', '/events?after=0', '/links', '/archive', '/log?after=0'];
    for (const outsider of [stranger, foreignAdmin]) {
      for (const door of doors) {
        const hidden = await outsider.get(at + door);
        const absent = await outsider.get(`/api/sessions/${randomUUID()}${door}`);
        expect([hidden.status, why(hidden)]).toEqual([404, 'SESSION_UNKNOWN']);
        expect({ ...hidden.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' });
      }
      expect(why(await outsider.send('POST', `${at}/views`, view('我也说')))).toBe('SESSION_UNKNOWN');
      expect((await outsider.get('/api/sessions')).body.sessions).toEqual([]);
    }
    for (const one of [admin, convener, member]) {
      expect((await one.get(at)).body.id).toBe(sessionId);
      expect((await one.get('/api/sessions')).body.sessions).toHaveLength(1);
    }
    expect((await admin.get(at)).body.seat).toBeNull();
  });

  it('asks for authority at every use: whoever is removed reads and writes no more, and is cut', async () => {
    const { at, sessionId, seatIds } = await openOne();
    expect((await member.get(`${at}/snapshot`)).status).toBe(200);
    const removed = await convener.send('DELETE', `${at}/participants/${seatIds[1]}`, { why: '身份有误' });
    expect(removed.body.events[0].event).toMatchObject({ type: 'participant:removed', why: '身份有误' });
    for (const answer of [
      await member.get(`${at}/snapshot`),
      await member.send('POST', `${at}/views`, view('再说')),
    ])
      expect([answer.status, why(answer)]).toEqual([403, 'REMOVED_FROM_SESSION']);
    expect(server.cuts).toContainEqual({ kind: 'person', personId: house.personIds['member'], sessionId });
    expect((await member.get('/api/sessions')).body.sessions).toEqual([]);
    const department = await signInAs(browser(server.url), house, 'department');
    const { body } = await department.get(`${at}/events?after=0`);
    expect(JSON.stringify(body)).not.toContain('身份有误');
    expect(body.events.at(-1).event.type).toBe('participant:removed');
  });
});

describe('a large answer', () => {
  it('goes compressed to whoever takes that, and reads the same to everybody', async () => {
    const { at } = await openOne();
    for (let n = 0; n < 12; n += 1)
      await member.send('POST', `${at}/views`, view(`停车位不够，第 ${n} 条：`.repeat(20)));
    for (const path of [`${at}/snapshot`, `${at}/events?after=0`]) {
      const plain = await member.get(path, { 'accept-encoding': 'identity' });
      const small = await member.get(path, { 'accept-encoding': 'gzip, br' });
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(small.headers.get('content-encoding')).toBe('gzip');
      expect(small.headers.get('vary')).toContain('Accept-Encoding');
      const length = (answer: Answer) => Number(answer.headers.get('content-length'));
      expect(length(small)).toBeLessThan(length(plain) / 2);
      expect({ ...small.body, now: '' }).toEqual({ ...plain.body, now: '' });
      expect((await member.get(path, { 'accept-encoding': 'gzip;q=0' })).status).toBe(200);
    }
  });
});

describe('submit', () => {
  it('answers with the committed events, and the same to the same key [L7]', async () => {
    const { at } = await openOne();
    const key = { 'idempotency-key': randomUUID() };
    const said = view('校门口应设临时停车区');
    const first = await member.send('POST', `${at}/views`, said, key);
    expect(first.body.events[0].event.view).toEqual(said);
    expect((await member.send('POST', `${at}/views`, said, key)).body).toEqual(first.body);
    expect(why(await member.send('POST', `${at}/views`, { ...said, text: '另一句' }, key))).toBe(
      'KEY_REUSED',
    );
    expect(why(await convener.send('POST', `${at}/views`, said, key))).toBe('KEY_REUSED');
    expect(why(await member.send('POST', `${at}/views`, said))).toBe('ID_TAKEN');
    const { body } = await member.get(`${at}/snapshot`);
    expect(body.room.views).toHaveLength(1);
  });

  it('refuses words that are too long, empty, or made to deceive, and keeps nothing of them [V1]', async () => {
    const { at } = await openOne();
    const before = (await member.get(`${at}/snapshot`)).body.room.seq;
    for (const text of [
      '长'.repeat(10_000),
      '',
      '   ',
      'a\u202eb',
      'a\u0000b',
      `e${'\u0301'.repeat(50)}`,
      '\ud800',
    ])
      expect(why(await member.send('POST', `${at}/views`, view(text)))).toBe('FIELD_INVALID');
    const { body } = await member.get(`${at}/snapshot`);
    expect(body.room.seq).toBe(before);
  });

  it('keeps what looks like markup as the words that it is', async () => {
    const { at } = await openOne();
    const text = "<img src=x onerror=alert(1)> {{7*7}} '; drop table person; --";
    const { body } = await member.send('POST', `${at}/views`, view(text));
    expect(body.events[0].event.view.text).toBe(text);
  });

  it('lets nobody do what their role may not, and nothing happens [P1]', async () => {
    const { at, itemId, seatIds } = await openOne();
    const before = (await member.get(`${at}/snapshot`)).body.room;
    const tries: [string, string, unknown][] = [
      ['POST', '/pause', {}],
      ['POST', '/close', {}],
      ['PUT', '/agenda/current', { itemId }],
      ['POST', '/polls', poll(['member'])],
      ['PUT', '/host', { participantId: seatIds[1] }],
      ['PATCH', `/participants/${seatIds[1]}`, { role: 'host', venueId: 'main' }],
      ['DELETE', `/participants/${seatIds[2]}`, { why: '不想见' }],
      ['POST', '/links', { id: randomUUID(), role: 'resident', venueId: null, maxUses: 5 }],
    ];
    for (const [method, path, body] of tries) {
      const answer = await member.send(method, at + path, body);
      expect([path, answer.status, why(answer)]).toEqual([path, 403, 'ROLE_MAY_NOT']);
    }
    expect(why(await admin.send('POST', `${at}/views`, view('我是管理员')))).not.toBe('done');
    expect((await member.get(`${at}/snapshot`)).body.room).toEqual(before);
  });

  it('judges a ballot by its own poll: empty, foreign option, foreign poll, somebody else [B2]', async () => {
    const { at } = await openOne();
    const other = await openOne();
    const [here, there] = [poll(['member']), poll(['member'])];
    for (const [where, draft] of [[at, here] as const, [other.at, there] as const]) {
      expect(why(await convener.send('POST', `${where}/polls`, draft))).toBe('done');
      expect(why(await convener.send('POST', `${where}/polls/${draft.id}/open`, {}))).toBe('done');
    }
    const cast = (pollId: string, paper: unknown) =>
      member.send('PUT', `${at}/polls/${pollId}/ballot`, paper);
    expect(why(await cast(here.id, { choices: [], scores: null }))).toBe('BALLOT_EMPTY');
    expect(why(await cast(here.id, { choices: ['z'], scores: null }))).toBe('OPTION_UNKNOWN');
    expect(why(await cast(here.id, { choices: ['y', 'n'], scores: null }))).toBe('BALLOT_TOO_MANY');
    expect(why(await cast(here.id, { choices: ['y', 'y'], scores: null }))).toBe('BALLOT_TOO_MANY');
    expect(why(await cast(there.id, { choices: ['y'], scores: null }))).toBe('POLL_UNKNOWN');
    for (const bad of [
      { choices: 'y', scores: null },
      { choices: ['y'], scores: null, weight: 100 },
      [],
      { choices: Array(10_000).fill('y'), scores: null },
    ])
      expect(why(await cast(here.id, bad))).toBe('FIELD_INVALID');
    expect(
      why(await convener.send('PUT', `${at}/polls/${here.id}/ballot`, { choices: ['y'], scores: null })),
    ).toBe('NOT_ELIGIBLE');

    const own = await cast(here.id, { choices: ['y'], scores: null });
    expect(own.body.events[0].event).toEqual({ type: 'ballot:cast', pollId: here.id, paper: null });
    const papers = async (one: Browser) => (await one.get(`${at}/snapshot`)).body.mine.papers;
    expect(await papers(member)).toEqual({ [here.id]: { choices: ['y'], scores: null } });
    expect(await papers(convener)).toEqual({});
    const seen = await convener.get(`${at}/snapshot`);
    expect(Object.values(seen.body.room.polls[0].ballots)).toEqual([null]);
  });
});

describe('archives', () => {
  it('takes nothing more once it is closed, and gives out a record that verifies [S5] [L2]', async () => {
    const { at, sessionId } = await openOne();
    await member.send('POST', `${at}/views`, view('写进档案的话'));
    expect(why(await member.get(`${at}/archive`))).toBe('ARCHIVE_UNKNOWN');
    expect(why(await member.get(`${at}/log?after=0`))).toBe('ARCHIVE_UNKNOWN');
    expect(why(await convener.send('POST', `${at}/close`, {}))).toBe('done');
    for (const [path, body] of [
      ['/views', view('迟了')],
      ['/open', {}],
      ['/polls', poll(['member'])],
    ] as const) {
      const answer = await convener.send('POST', at + path, body);
      expect([answer.status, why(answer)]).toEqual([410, 'SESSION_CLOSED']);
    }
    const archive = Archive.parse((await member.get(`${at}/archive`)).body);
    const { body } = await admin.get(`${at}/log?after=0`);
    const rows: LogRow[] = body.rows;
    expect(verifyChain(sessionId, rows, body.headHash)).toMatchObject({ valid: true, rows: archive.seq });
    expect(body.headHash).toBe(archive.headHash);
    expect(rows.some(({ personal }) => personal?.['text'] === '写进档案的话')).toBe(true);
    expect((await member.get(`${at}/archive`)).body).toEqual(archive);
  });
});

describe('the log of an archive', () => {
  it('tells each reader what their audience may see: no paper but the published, no reason [B4] [L4] [L6]', async () => {
    const { at, sessionId, seatIds } = await openOne();
    const drafted = poll(['member']);
    await convener.send('POST', `${at}/polls`, drafted);
    await convener.send('POST', `${at}/polls/${drafted.id}/open`, {});
    for (const choice of ['n', 'y'])
      expect(
        why(
          await member.send('PUT', `${at}/polls/${drafted.id}/ballot`, { choices: [choice], scores: null }),
        ),
      ).toBe('done');
    await convener.send('POST', `${at}/polls/${drafted.id}/close`, {});
    const out = { why: '私下的理由' };
    expect(why(await convener.send('DELETE', `${at}/participants/${seatIds[2]}`, out))).toBe('done');
    expect(why(await convener.send('POST', `${at}/close`, {}))).toBe('done');
    const archive = Archive.parse((await member.get(`${at}/archive`)).body);
    for (const [reader, reasons, erased] of [
      [member, 0, 3],
      [convener, 1, 2],
      [admin, 1, 2],
    ] as const) {
      const { body } = await reader.get(`${at}/log?after=0`);
      const rows: LogRow[] = body.rows;
      expect(verifyChain(sessionId, rows, archive.headHash)).toMatchObject({ valid: true, erased });
      expect(JSON.stringify(body).match(/私下的理由/g)?.length ?? 0).toBe(reasons);
      const cast = rows.filter(({ payload }) => payload.type === 'ballot:cast');
      expect(cast).toHaveLength(2);
      for (const row of cast) {
        expect(row).toMatchObject({ payload: { paper: null }, personal: null, salt: null });
        expect(row.commitment).toMatch(/^[0-9a-f]{64}$/);
      }
    }
  });
});

describe('readEvents', () => {
  it('gives what follows a seq, in order, without a gap [L1]', async () => {
    const { at } = await openOne();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => member.send('POST', `${at}/views`, view(`第${n}句`))),
    );
    const { body } = await member.get(`${at}/events?after=3`);
    const seqs: number[] = body.events.map((envelope: { seq: number }) => envelope.seq);
    expect(seqs).toEqual(seqs.map((_, n) => n + 4));
    expect(body.more).toBe(false);
    expect((await member.get(`${at}/events?after=1000000`)).body).toEqual({ events: [], more: false });
  });
});
