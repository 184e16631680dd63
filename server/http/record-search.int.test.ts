import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RecordHit } from '../../core/contract/record-search.ts';
import { createRecordRows } from '../db/record-rows.ts';
import { recordRound } from '../jobs/recording.ts';
import {
  admin,
  convener,
  db,
  house,
  member,
  openOne,
  server,
  setPeopleStage,
  stranger,
  view,
  why,
} from '../testing/people-stage.ts';
import { silentLog } from '../testing/room-fixtures.ts';
import { signInAs } from '../testing/test-house.ts';
import { browser, type Answer, type Browser } from '../testing/test-server.ts';

setPeopleStage();

const seal = async (at: string) => {
  expect(why(await convener.send('POST', `${at}/close`, {}))).toBe('done');
  await recordRound({ records: createRecordRows(db.pool), log: silentLog });
};
const ask = (who: Browser, query: Record<string, string>): Promise<Answer> =>
  who.get(`/api/archives/search?${new URLSearchParams(query)}`);
const shown = ({ snippet }: RecordHit) => snippet.map(({ text }) => text).join('');
const hits = async (who: Browser, query: Record<string, string>): Promise<string[]> => {
  const { body } = await ask(who, query);
  expect(body.total).toBe(body.hits.length);
  return body.hits.map(shown);
};

/** A sealed session in which these were said by the member. */
async function sealedWith(...said: readonly string[]) {
  const session = await openOne();
  for (const text of said)
    expect(why(await member.send('POST', `${session.at}/views`, view(text)))).toBe('done');
  await seal(session.at);
  return session;
}

describe('searching sealed records', () => {
  it('finds words however they are cut, letters, Latin words and numbers; width and case make no difference [AR4]', async () => {
    await sealedWith('电动车乱停，建议加装充电桩', 'Wi-Fi覆盖校门，２０２６年办好', '垃圾分类');
    const found = (q: string) => hits(member, { q });
    for (const q of ['电动车', '电动', '动车', '车', '加装', '装充电', '乱停 充电桩'])
      expect(await found(q), q).toEqual(['电动车乱停，建议加装充电桩']);
    for (const q of ['wi-fi', 'ＷＩ', '2026', '校门 2026'])
      expect(await found(q), q).toEqual(['Wi-Fi覆盖校门，２０２６年办好']);
    // Letters that do not follow each other are no word.
    for (const q of ['车电', '停建', '电动车 垃圾', '202', '没有人说过'])
      expect(await found(q), q).toEqual([]);
  });

  it('takes stop signs and operators for what they are, and refuses what is too long [AR4]', async () => {
    await sealedWith('停车');
    for (const q of ['。，！？', '& | ! <->', ':*\'"\\', '%_%', '\u200b停车'])
      expect((await ask(member, { q })).status, q).toBe(200);
    expect((await ask(member, { q: '停'.repeat(10_000) })).status).toBe(431);
    expect((await ask(member, { q: '。，！？' })).body).toMatchObject({ hits: [], total: 0, words: [] });
    expect(await hits(member, { q: "停车') | ('x" })).toEqual([]);
    for (const query of [
      { q: 'a'.repeat(10_000) },
      { q: '' },
      { q: '停\u0000车' },
      { q: '停车', after: 'x' },
      { q: '停车', role: 'king' },
      { q: '停车', studioId: '%' },
      { q: '停车', house: 'x' },
    ])
      expect((await ask(member, query)).body, JSON.stringify(query).slice(0, 60)).toMatchObject({
        code: 'INVALID',
      });
  });

  it('shows and counts nothing of somebody else’s sessions, of private ones to the office, of whoever was removed [AR3]', async () => {
    const word = `机密${randomUUID().slice(0, 6)}`;
    const { at, seatIds } = await openOne();
    await member.send('POST', `${at}/views`, view(word));
    expect(await hits(member, { q: word })).toEqual([]);
    await seal(at);
    for (const who of [member, convener, admin]) expect(await hits(who, { q: word })).toEqual([word]);
    const staff = await signInAs(browser(server.url), house, 'staff');
    expect(await hits(staff, { q: word })).toEqual([word]);
    const { body } = await ask(stranger, { q: word });
    expect(body).toMatchObject({ total: 0, scope: { records: 0, since: null, studios: [], templates: [] } });
    expect((await ask(browser(server.url), { q: word })).status).toBe(401);

    await db.pool.query('update session set is_private = true where id = $1', [at.split('/')[3]]);
    expect(await hits(staff, { q: word })).toEqual([]);
    for (const who of [member, admin]) expect(await hits(who, { q: word })).toEqual([word]);
    await db.pool.query('update participant set is_removed = true where id = $1', [seatIds[1]]);
    expect(await hits(member, { q: word })).toEqual([]);
  });

  it('finds nothing that was withdrawn or hidden, and names nobody by a search [AR1] [AR3]', async () => {
    const { at } = await openOne();
    const [gone, hidden, stays] = [view('收回的停车'), view('隐藏的停车'), view('留下的停车')];
    for (const one of [gone, hidden, stays]) await member.send('POST', `${at}/views`, one);
    expect(why(await member.send('DELETE', `${at}/views/${gone.id}`, {}))).toBe('done');
    const refusal = { reason: 'off_topic', why: '与议题无关' };
    expect(why(await convener.send('POST', `${at}/views/${hidden.id}/hide`, refusal))).toBe('done');
    await seal(at);
    expect(await hits(admin, { q: '停车' })).toEqual(['留下的停车']);
    expect(await hits(admin, { q: '与会' })).toEqual([]);
  });

  it('tells where a hit stands, whose it is, and narrows by kind, role, studio, time and topic [AR5]', async () => {
    const { at, sessionId } = await openOne();
    const said = view('放学时停车难');
    await member.send('POST', `${at}/views`, said);
    const department = await signInAs(browser(server.url), house, 'department');
    const reply = { id: randomUUID(), toViews: [said.id], commitment: 'can_do', text: '增加停车位' };
    expect(why(await department.send('POST', `${at}/replies`, reply))).toBe('done');
    const task = { id: randomUUID(), department: '交警大队', cooperating: [], dueDays: 30 };
    const words = { task: '划定停车线', acceptance: '现场验收' };
    expect(why(await convener.send('POST', `${at}/tasks`, { ...task, ...words }))).toBe('done');
    await seal(at);
    const q = '停车';
    const { body } = await ask(member, { q });
    expect(body).toMatchObject({ total: 3, next: null, words: ['停车'] });
    expect(body.hits[0]).toMatchObject({
      sessionId,
      title: '小学门口的交通',
      studioName: '测试工作室',
      item: null,
      kind: 'view',
      ref: said.id,
      speaker: { role: 'member', name: '与会 member' },
      snippet: [
        { text: '放学时', isMark: false },
        { text: '停车', isMark: true },
        { text: '难', isMark: false },
      ],
    });
    expect(body.scope).toMatchObject({ records: 1, studios: [{ id: house.studioId, name: '测试工作室' }] });
    const kinds = async (query: Record<string, string>) =>
      (await ask(member, { q, ...query })).body.hits.map(({ kind }: RecordHit) => kind);
    expect(await kinds({ kind: 'reply' })).toEqual(['reply']);
    expect(await kinds({ role: 'department' })).toEqual(['reply']);
    expect(await kinds({ kind: 'text' })).toEqual([]);
    expect(await kinds({ studioId: house.studioId })).toEqual(['view', 'reply', 'task']);
    expect(await kinds({ studioId: randomUUID() })).toEqual([]);
    expect(await kinds({ from: '2020-01-01T00:00:00.000Z' })).toEqual(['view', 'reply', 'task']);
    expect(await kinds({ to: '2020-01-01T00:00:00.000Z' })).toEqual([]);
    expect(await kinds({ topic: '小学门口' })).toEqual(['view', 'reply', 'task']);
    expect(await kinds({ topic: '电梯' })).toEqual([]);
    expect(await kinds({ topic: '，。' })).toEqual([]);
    expect(await kinds({ template: 'petition' })).toEqual([]);
  });

  it('gives pages that stay as they are while others are sealed, each hit once [AR5]', async () => {
    const texts = Array.from({ length: 45 }, (_, n) => `第${n}条谈停车`);
    await sealedWith(...texts);
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 4; page += 1) {
      const { body }: Answer = await ask(member, { q: '停车', ...(after === null ? {} : { after }) });
      seen.push(...body.hits.map(shown));
      // Newer records stand before everything, and move no page.
      if (page === 0) await sealedWith('又谈停车');
      else expect(body.total).toBe(46);
      after = body.next;
      if (after === null) break;
    }
    expect(seen).toEqual(texts);
  });

  it('finds what a session that was broken off left behind [AR5]', async () => {
    const other = await openOne();
    await member.send('POST', `${other.at}/views`, view('中止前说的停车'));
    expect(why(await convener.send('POST', `${other.at}/abort`, { why: '停电' }))).toBe('done');
    await recordRound({ records: createRecordRows(db.pool), log: silentLog });
    expect(await hits(member, { q: '停车' })).toEqual(['中止前说的停车']);
  });
});
