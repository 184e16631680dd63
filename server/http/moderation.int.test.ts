import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { Archive } from '../../core/contract/archives.ts';
import { verifyChain, type LogRow } from '../../core/domain/chain.ts';
import { planOf, signInAs } from '../testing/test-house.ts';
import { browser, testServer, type Browser, type TestServer } from '../testing/test-server.ts';
import { until } from '../testing/until.ts';
import {
  admin,
  convener,
  db,
  house,
  member,
  openOne,
  server,
  stranger,
  setPeopleStage,
  view,
  why,
} from '../testing/people-stage.ts';

setPeopleStage();

let other: TestServer | null = null;
afterEach(async () => {
  await other?.close();
  other = null;
});

const SECRET = '只有审核员看得到的话';
const offTopic = { reason: 'off_topic', why: '请写到议题上来' };

/** Everything that a door of the session gives somebody, as one text. */
async function allOf(who: Browser, at: string): Promise<string> {
  const doors = ['snapshot', 'events?after=0', 'views?before=100000', `views?before=100000&q=${SECRET}`];
  const answers = await Promise.all(doors.map((door) => who.get(`${at}/${door}`)));
  return JSON.stringify(answers.map(({ body }) => body));
}

describe('moderation', () => {
  it('keeps held words from everybody but their author and whoever moderates, also in the record [X2] [X3] [X4]', async () => {
    const { at, sessionId } = await openOne();
    const department = await signInAs(browser(server.url), house, 'department');
    const rules = { hold: ['member', 'resident'], hideAt: 3 };
    expect(why(await convener.send('PUT', `${at}/moderation/rules`, rules))).toBe('done');
    const first = view(SECRET);
    const sent = await member.send('POST', `${at}/views`, first);
    expect(sent.body.events).toMatchObject([{ by: 'withheld', event: { type: 'view:held', held: null } }]);
    for (const who of [member, department, convener]) expect(await allOf(who, at)).not.toContain(SECRET);
    expect((await member.get(`${at}/moderation`)).body).toMatchObject({
      mine: [{ view: { text: SECRET }, state: { phase: 'waiting' } }],
      queue: null,
    });
    expect((await department.get(`${at}/moderation`)).body).toMatchObject({ mine: [], queue: null });
    expect((await convener.get(`${at}/moderation`)).body.queue).toMatchObject([{ view: { text: SECRET } }]);

    const held = `${at}/held/${first.id}`;
    expect(why(await department.send('POST', `${held}/pass`, {}))).toBe('ROLE_MAY_NOT');
    expect(why(await convener.send('POST', `${held}/refuse`, { ...offTopic, why: ' ' }))).toBe(
      'FIELD_INVALID',
    );
    expect(why(await convener.send('POST', `${held}/refuse`, offTopic))).toBe('done');
    expect((await member.get(`${at}/moderation`)).body.mine[0].state).toMatchObject(offTopic);
    expect(await allOf(department, at)).not.toContain(offTopic.why);
    expect(why(await member.send('POST', `${held}/appeal`, { why: '与议题有关' }))).toBe('done');
    expect(why(await convener.send('POST', `${held}/decide`, { upheld: null }))).toBe('APPEAL_BY_ANOTHER');
    expect(why(await admin.send('POST', `${held}/decide`, { upheld: '维持' }))).toBe('done');

    const second = view('写到议题上的话');
    expect(why(await member.send('POST', `${at}/views`, { ...second, insteadOf: first.id }))).toBe('done');
    expect(why(await convener.send('POST', `${at}/held/${second.id}/pass`, {}))).toBe('done');
    expect(await allOf(department, at)).toContain(second.text);

    expect(why(await convener.send('POST', `${at}/close`, {}))).toBe('done');
    const archive = Archive.parse((await department.get(`${at}/archive`)).body);
    expect(archive.room.moderation?.counts).toMatchObject({ held: 2, passed: 1, upheld: 1, waiting: 0 });
    for (const who of [department, convener]) {
      const { body } = await who.get(`${at}/log?after=0`);
      const rows: LogRow[] = body.rows;
      expect(verifyChain(sessionId, rows, archive.headHash)).toMatchObject({ valid: true });
      expect(JSON.stringify([rows, archive])).not.toMatch(new RegExp(`${SECRET}|请写到议题|与议题有关`));
    }
  });

  it('shows whoever moderates what was reported and is still visible, and nobody else anything of it [X12]', async () => {
    const { at, sessionId } = await openOne();
    const department = await signInAs(browser(server.url), house, 'department');
    const said = view('被举报的话');
    expect(why(await member.send('POST', `${at}/views`, said))).toBe('done');
    const reports = `${at}/views/${said.id}/report`;
    expect(why(await department.send('POST', reports, { reason: 'insult' }))).toBe('done');
    const visible = async (who: Browser) => (await who.get(`${at}/moderation`)).body.visible;
    expect(await visible(convener)).toMatchObject([
      { view: { id: said.id, text: said.text }, reasons: ['insult'], vouched: 1 },
    ]);
    for (const who of [member, department]) expect(await visible(who)).toBeNull();
    expect(why(await member.send('POST', `${reports}/dismiss`, { why: '不成立', seen: 1_000 }))).toBe(
      'ROLE_MAY_NOT',
    );

    // The office with a seat of its own stands where the seat does, and never over what it said itself.
    const participantId = randomUUID();
    const seat = { participantId, personId: house.personIds['admin'], role: 'member', venueId: 'branch' };
    expect(why(await convener.send('POST', `${at}/participants`, seat))).toBe('done');
    const own = view('机关的人自己的话');
    expect(why(await admin.send('POST', `${at}/views`, own))).toBe('done');
    const hide = () => admin.send('POST', `${at}/views/${own.id}/hide`, offTopic);
    expect(why(await hide())).toBe('ROLE_MAY_NOT');
    const change = { role: 'recorder', venueId: 'branch' };
    expect(why(await convener.send('PATCH', `${at}/participants/${participantId}`, change))).toBe('done');
    expect(why(await hide())).toBe('OWN_VIEW');
    expect(why(await department.send('POST', `${at}/views/${own.id}/report`, { reason: 'other' }))).toBe(
      'done',
    );
    expect(
      why(await admin.send('POST', `${at}/views/${own.id}/report/dismiss`, { why: '好', seen: 1_000 })),
    ).toBe('OWN_VIEW');
    expect(await visible(admin)).toHaveLength(1);

    const dismissed = await convener.send('POST', `${reports}/dismiss`, {
      why: '不成立，就事论事',
      seen: 1_000,
    });
    expect(dismissed.body.events).toMatchObject([
      { event: { type: 'reports:dismissed', viewId: null, why: '' } },
    ]);
    expect((await department.get(`${at}/moderation`)).body.answers).toMatchObject([
      { viewId: said.id, why: '不成立，就事论事' },
    ]);
    expect((await member.get(`${at}/moderation`)).body.answers).toEqual([]);
    expect(why(await convener.send('POST', `${reports}/dismiss`, { why: '再次', seen: 1_000 }))).toBe(
      'NOT_REPORTED',
    );

    // Broken off, nothing stays open, and the author finds out.
    const rules = { hold: ['member'], hideAt: 3 };
    expect(why(await convener.send('PUT', `${at}/moderation/rules`, rules))).toBe('done');
    expect(why(await member.send('POST', `${at}/views`, view(SECRET)))).toBe('done');
    expect(why(await convener.send('POST', `${at}/abort`, { why: '停电' }))).toBe('done');
    expect((await member.get(`${at}/moderation`)).body.mine).toMatchObject([{ state: { phase: 'ended' } }]);
    const archive = Archive.parse((await department.get(`${at}/archive`)).body);
    expect(archive.room.moderation?.counts).toMatchObject({ waiting: 0, ended: 1, dismissed: 1 });
    for (const who of [department, convener, member]) {
      const { rows } = (await who.get(`${at}/log?after=0`)).body;
      expect(verifyChain(sessionId, rows, archive.headHash)).toMatchObject({ valid: true });
      expect(JSON.stringify([rows, archive])).not.toMatch(new RegExp(`${SECRET}|不成立`));
    }
  });

  it('goes by the list that the administrator keeps, in every process, and gives it to nobody [X10]', async () => {
    const { at } = await openOne();
    other = await testServer(db);
    const elsewhere = await signInAs(browser(other.url), house, 'member');
    const put = (words: string[], act: string) => admin.send('POST', '/api/words', { words, act });
    for (const one of [convener, member, stranger]) {
      expect(why(await one.get('/api/words'))).toBe('ROLE_MAY_NOT');
      expect(why(await one.send('POST', '/api/words', { words: ['甲乙'], act: 'mask' }))).toBe(
        'ROLE_MAY_NOT',
      );
    }
    expect(why(await put(['单', '甲乙'], 'mask'))).toBe('FIELD_INVALID');
    await put(['笨蛋', '笨 蛋', '拆迁款'], 'mask');
    expect(why(await put(['拆迁款'], 'hold'))).toBe('done');
    const { words } = (await put(['casino'], 'refuse')).body;
    expect(words.map(({ word, act }: { word: string; act: string }) => [word, act])).toEqual([
      ['casino', 'refuse'],
      ['拆迁款', 'hold'],
      ['笨 蛋', 'mask'],
    ]);
    const masked = await member.send('POST', `${at}/views`, view('你这个笨​蛋'));
    expect(masked.body.events).toMatchObject([{ event: { view: { text: '你这个＊＊' }, masked: 1 } }]);
    const held = await elsewhere.send('POST', `${at}/views`, view('拆迁款呢'));
    expect(held.body.events).toMatchObject([{ event: { type: 'view:held', held: null } }]);
    const refused = await member.send('POST', `${at}/views`, view('去 Ｃasino 玩'));
    expect(refused.body).toMatchObject({ reason: 'WORDS_NOT_TAKEN', details: { words: 'Ｃasino' } });
    // What a guest is called, and a plan, stand where nothing is covered.
    const link = { id: randomUUID(), role: 'resident', venueId: null, maxUses: 9 };
    const token = (await convener.send('POST', `${at}/links`, link)).body.url.split('#')[1];
    const asked = { token, key: randomUUID(), consent: true, name: '笨蛋女士', venueId: null };
    const named = await browser(server.url).send('POST', '/api/join', asked);
    expect(named.body).toMatchObject({
      reason: 'WORDS_NOT_TAKEN',
      details: { words: '笨蛋', field: 'name' },
    });
    const { body } = planOf(house);
    const planned = await convener.send('POST', '/api/sessions', {
      ...body,
      plan: { ...body.plan, title: 'casino' },
    });
    expect(planned.body).toMatchObject({ reason: 'WORDS_NOT_TAKEN', details: { field: 'title' } });
    expect(why(await convener.send('POST', '/api/sessions', body))).toBe('done');
    for (const who of [member, convener]) expect(await allOf(who, at)).not.toMatch(/笨|casino/);
    // Taken off, a word is free again: here at once, elsewhere when what is known there is two seconds old.
    for (const { id } of words) expect(why(await admin.send('DELETE', `/api/words/${id}`, {}))).toBe('done');
    const free = () => ({ ...view('你这个笨蛋'), id: randomUUID() });
    expect((await member.send('POST', `${at}/views`, free())).body.events[0].event.masked).toBeUndefined();
    await until('the other process knows it', async () => {
      const { body } = await elsewhere.send('POST', `${at}/views`, free());
      return body.events?.[0].event.masked === undefined;
    });
    const many = Array.from({ length: 100 }, (_, n) => `词${String(n)}号`);
    for (const round of [1, 2, 3, 4, 5])
      expect(
        why(
          await put(
            many.map((word) => `${word}${String(round)}`),
            'mask',
          ),
        ),
      ).toBe('done');
    expect(why(await put(['再多一个'], 'mask'))).toBe('WORD_LIST_FULL');
  });

  it('silences a second process as well, and is lifted there [X6]', async () => {
    const { at } = await openOne();
    other = await testServer(db);
    const elsewhere = await signInAs(browser(other.url), house, 'member');
    expect(why(await elsewhere.send('POST', `${at}/views`, view('静默之前')))).toBe('done');
    expect(why(await convener.send('PUT', `${at}/silence`, {}))).toBe('done');
    // Told or not, what is stored is judged by the log: the first that comes after it is refused.
    expect(why(await elsewhere.send('POST', `${at}/views`, view('静默之中')))).toBe('ALL_SILENT');
    const said = await convener.send('POST', `${at}/views`, { ...view('请稍候'), stance: 'info' });
    expect(why(said)).toBe('done');
    expect(why(await convener.send('DELETE', `${at}/silence`, {}))).toBe('done');
    await until('the other process takes views again', async () => {
      return (
        why(await elsewhere.send('POST', `${at}/views`, { ...view('静默之后'), id: randomUUID() })) === 'done'
      );
    });
  });
});
