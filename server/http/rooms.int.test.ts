import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PollId } from '../../core/domain/ids.ts';
import type { Role } from '../../core/domain/people.ts';
import { usualPoll } from '../../core/domain/polls/usual-rules.ts';
import { Archive } from '../../core/contract/archives.ts';
import { verifyChain, type LogRow } from '../../core/domain/chain.ts';
import { type Answer, type Browser } from '../testing/test-server.ts';
import { admin, convener, member, openOne, setPeopleStage, view, why } from '../testing/people-stage.ts';

setPeopleStage();

const poll = (roles: Role[]) =>
  usualPoll({
    id: PollId.parse(randomUUID()),
    question: '是否同意？',
    options: ['y', 'n'].map((id) => ({ id, text: id })),
    roles,
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
    expect(why(await cast(here.id, { shape: 'choices', choices: [] }))).toBe('BALLOT_EMPTY');
    expect(why(await cast(here.id, { shape: 'choices', choices: ['z'] }))).toBe('OPTION_UNKNOWN');
    expect(why(await cast(here.id, { shape: 'choices', choices: ['y', 'n'] }))).toBe('BALLOT_TOO_MANY');
    expect(why(await cast(here.id, { shape: 'choices', choices: ['y', 'y'] }))).toBe('BALLOT_TWICE');
    expect(why(await cast(there.id, { shape: 'choices', choices: ['y'] }))).toBe('POLL_UNKNOWN');
    const before = (await member.get(`${at}/snapshot`)).body.room.seq;
    for (const bad of MALFORMED) {
      const answer = await cast(here.id, bad);
      expect([JSON.stringify(bad)?.slice(0, 60), answer.status, answer.body.code]).toEqual([
        JSON.stringify(bad)?.slice(0, 60),
        400,
        'INVALID',
      ]);
    }
    // Neither an event nor a paper of one's own came of any of them.
    const after = (await member.get(`${at}/snapshot`)).body;
    expect([after.room.seq, after.room.polls[0].ballots, after.mine.papers]).toEqual([before, {}, {}]);
    expect(
      why(await convener.send('PUT', `${at}/polls/${here.id}/ballot`, { shape: 'choices', choices: ['y'] })),
    ).toBe('NOT_ELIGIBLE');

    const own = await cast(here.id, { shape: 'choices', choices: ['y'] });
    expect(own.body.events[0].event).toEqual({ type: 'ballot:cast', pollId: here.id, paper: null });
    const papers = async (one: Browser) => (await one.get(`${at}/snapshot`)).body.mine.papers;
    expect(await papers(member)).toEqual({ [here.id]: { shape: 'choices', choices: ['y'] } });
    expect(await papers(convener)).toEqual({});
    const seen = await convener.get(`${at}/snapshot`);
    expect(Object.values(seen.body.room.polls[0].ballots)).toEqual([null]);
  });
});

/** T13: papers of another kind, numbers out of any scale, what is no paper, and more of everything. */
const MALFORMED: readonly unknown[] = [
  { shape: 'choices', choices: [] },
  { shape: 'choices', choices: 'y' },
  { shape: 'choices', choices: ['y', 'n'] },
  { shape: 'choices', choices: ['y', 'y'] },
  { shape: 'choices', choices: ['ghost'] },
  { shape: 'choices', choices: ['__proto__'] },
  { shape: 'choices', choices: [1] },
  { shape: 'choices', choices: [null] },
  { shape: 'choices', choices: Array(10_000).fill('y') },
  { shape: 'choices', choices: ['y'], weight: 100 },
  { shape: 'choices' },
  { shape: 'blank' },
  { shape: 'mark', mark: 'yes' },
  { shape: 'marks', marks: { y: 'yes' } },
  { shape: 'scores', scores: { y: -1 } },
  { shape: 'scores', scores: { y: 1e9 } },
  { shape: 'scores', scores: { y: '1' } },
  { shape: 'scores', scores: { y: 0.5 } },
  { shape: 'ranking', ranking: ['y'] },
  { shape: 'words', words: '同意' },
  { shape: 'unknown' },
  { choices: ['y'], scores: null },
  [],
  {},
];

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
          await member.send('PUT', `${at}/polls/${drafted.id}/ballot`, {
            shape: 'choices',
            choices: [choice],
          }),
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

  it('gives no page that a slow line could not carry in time [G7]', async () => {
    const { at } = await openOne();
    for (let n = 0; n < 12; n += 1) await member.send('POST', `${at}/views`, view('长'.repeat(2_000)));
    const seqs: number[] = [];
    for (let more = true; more;) {
      const { body } = await member.get(`${at}/events?after=${seqs.length}`);
      expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(65 * 1024);
      seqs.push(...body.events.map(({ seq }: { seq: number }) => seq));
      more = body.more;
    }
    const { body } = await member.get(`${at}/snapshot`);
    expect(seqs).toEqual(Array.from({ length: body.room.seq }, (_, n) => n + 1));
  });
});
