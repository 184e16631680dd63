import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createErasures } from '../db/erasures.ts';
import { planOf, signInAs } from '../testing/test-house.ts';
import { browser } from '../testing/test-server.ts';
import {
  admin,
  convener,
  db,
  house,
  member,
  openOne,
  server,
  setPeopleStage,
  view,
  why,
} from '../testing/people-stage.ts';

setPeopleStage();

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const READY = { stakeholders: ['家长'], departments: ['县公安局'] };

/** A plan by the convener, kept or submitted. */
async function planned(as: 'draft' | 'in_review') {
  const { sessionId, body } = planOf(house);
  const at = `/api/sessions/${sessionId}`;
  const plan = { ...body.plan, ...READY };
  const answer = await convener.send('POST', '/api/sessions', { ...body, plan, as });
  expect(answer.body).toMatchObject({ state: as });
  return { sessionId, at, body: { ...body, plan } };
}
const listed = async (one: typeof admin, id: string) =>
  (await one.get('/api/sessions')).body.sessions.find((session: { id: string }) => session.id === id);

describe('a plan on its way', () => {
  it('is seen by those who prepare it until somebody else approves it [S7] [S8]', async () => {
    const { sessionId, at } = await planned('in_review');
    expect(await listed(member, sessionId)).toBeUndefined();
    expect(why(await member.get(`${at}/snapshot`))).toBe('ROLE_MAY_NOT');
    expect(await listed(admin, sessionId)).toMatchObject({ state: 'in_review', awaitsMe: true });
    expect(await listed(convener, sessionId)).toMatchObject({ awaitsMe: false });
    expect(why(await convener.send('POST', `${at}/approve`, {}))).toBe('ROLE_MAY_NOT');
    expect(why(await admin.send('POST', `${at}/approve`, {}))).toBe('done');
    expect(await listed(member, sessionId)).toMatchObject({ state: 'scheduled' });
    const { room } = (await member.get(`${at}/snapshot`)).body;
    expect(room.approval.isOwn).toBe(false);
  });

  it('is read and approved by an administrator who is on its roll, and who looks after its people later [P15] [S8]', async () => {
    const { sessionId, body } = planOf(house);
    const at = `/api/sessions/${sessionId}`;
    const own = { ...body.roll[1]!, id: randomUUID(), personId: house.personIds['admin']! };
    const plan = { ...body.plan, ...READY };
    const roll = [...body.roll, own];
    await convener.send('POST', '/api/sessions', { ...body, plan, roll, as: 'in_review' });
    const draft = (await admin.get(`${at}/snapshot`)).body;
    expect(draft).toMatchObject({ audience: 'chair', mine: { participantId: null } });
    expect(why(await admin.send('POST', `${at}/approve`, {}))).toBe('done');
    // From now on they are there by their seat, and do as the office what only the office may.
    const { audience, mine } = (await admin.get(`${at}/snapshot`)).body;
    expect({ audience, mine: mine.participantId }).toEqual({ audience: 'room', mine: own.id });
    for (const door of ['links', 'invitable', 'plan'])
      expect(`${door} ${why(await admin.get(`${at}/${door}`))}`).toBe(`${door} done`);
    expect(why(await admin.send('PUT', `${at}/host`, { participantId: body.roll[1]!.id }))).toBe('done');
    expect(why(await member.get(`${at}/links`))).toBe('done');
    expect(why(await admin.send('PUT', `${at}/silence`, {}))).toBe('ROLE_MAY_NOT');
  });

  it('is not approved by whoever planned it, unless there is no other administrator [S7]', async () => {
    const { sessionId, body } = planOf(house);
    const at = `/api/sessions/${sessionId}`;
    await admin.send('POST', '/api/sessions', { ...body, plan: { ...body.plan, ...READY }, as: 'in_review' });
    await db.prisma.person.update({ where: { id: house.personIds['staff']! }, data: { office: 'admin' } });
    expect(await listed(admin, sessionId)).toMatchObject({ awaitsMe: false });
    expect(why(await admin.send('POST', `${at}/approve`, {}))).toBe('REVIEW_BY_ANOTHER');
    await db.prisma.person.update({
      where: { id: house.personIds['staff']! },
      data: { disabledAt: new Date() },
    });
    expect(await listed(admin, sessionId)).toMatchObject({ awaitsMe: true });
    expect(why(await admin.send('POST', `${at}/approve`, {}))).toBe('done');
    expect((await member.get(`${at}/snapshot`)).body.room.approval.isOwn).toBe(true);
  });

  it('stays with those who prepared it when it is cancelled before it was decided [S8]', async () => {
    const [hidden, shown] = [await planned('draft'), await planned('in_review')];
    expect(why(await admin.send('POST', `${shown.at}/approve`, {}))).toBe('done');
    for (const { at } of [hidden, shown])
      expect(why(await convener.send('POST', `${at}/cancel`, { why: '另行安排' }))).toBe('done');
    expect(await listed(member, hidden.sessionId)).toBeUndefined();
    expect(why(await member.get(`${hidden.at}/snapshot`))).toBe('ROLE_MAY_NOT');
    for (const one of [convener, admin])
      expect(await listed(one, hidden.sessionId)).toMatchObject({ state: 'cancelled' });
    expect(await listed(member, shown.sessionId)).toMatchObject({ state: 'cancelled' });
    expect(why(await member.get(`${shown.at}/snapshot`))).toBe('done');
  });

  it('is the plan of whoever revised it last: they do not approve their own words [S7]', async () => {
    const { at, body } = await planned('draft');
    const plan = { ...body.plan, title: '管理员改过的题目' };
    expect(why(await admin.send('PUT', `${at}/plan`, { plan }))).toBe('done');
    expect(why(await convener.send('POST', `${at}/submit`, {}))).toBe('done');
    await db.prisma.person.update({ where: { id: house.personIds['staff']! }, data: { office: 'admin' } });
    expect(why(await admin.send('POST', `${at}/approve`, {}))).toBe('REVIEW_BY_ANOTHER');
    const other = await signInAs(browser(server.url), house, 'staff');
    expect(why(await other.send('POST', `${at}/approve`, {}))).toBe('done');
  });

  it('comes back with a reason, and the list follows what is revised [S7] [S9]', async () => {
    const { sessionId, at, body } = await planned('in_review');
    expect(why(await admin.send('POST', `${at}/return`, { why: '题目太大' }))).toBe('done');
    expect((await convener.get(`${at}/snapshot`)).body.room.note.why).toBe('题目太大');
    const plan = { ...body.plan, title: '校门口的接送车辆', startsAt: TOMORROW };
    expect(why(await convener.send('PUT', `${at}/plan`, { plan }))).toBe('done');
    expect(await listed(convener, sessionId)).toMatchObject({ title: plan.title, startsAt: TOMORROW });
    const { rows } = await db.pool.query<{ payload: unknown }>(
      `select payload from room_event where session_id = $1 and type = 'session:returned'`,
      [sessionId],
    );
    expect(rows[0]?.payload).toEqual({ type: 'session:returned', why: '' });
    expect(why(await convener.send('POST', `${at}/submit`, {}))).toBe('done');
    expect(why(await admin.send('POST', `${at}/approve`, {}))).toBe('done');
    const events = (await member.get(`${at}/events?after=0`)).body.events;
    const returned = events.find(
      ({ event }: { event: { type: string } }) => event.type === 'session:returned',
    );
    expect(returned.event.why).toBe('');
  });
});

describe('the ends of a session', () => {
  it('collects views, is cancelled, has no archive, and its guests are forgotten [S11] [S5] [E1]', async () => {
    const { sessionId, body } = planOf(house);
    const at = `/api/sessions/${sessionId}`;
    await convener.send('POST', '/api/sessions', body);
    expect(why(await convener.send('PUT', `${at}/collecting`, { until: TOMORROW }))).toBe('done');
    expect(await listed(member, sessionId)).toMatchObject({ state: 'collecting', until: TOMORROW });
    expect(why(await member.send('POST', `${at}/views`, view('会前意见')))).toBe('done');
    const link = { id: randomUUID(), role: 'resident', venueId: null, maxUses: 1 };
    const { url } = (await convener.send('POST', `${at}/links`, link)).body;
    const guest = browser(server.url);
    const token = new URL(url).hash.slice(1);
    const knock = { token, key: randomUUID(), consent: true, name: '张女士', venueId: null };
    expect(why(await guest.send('POST', '/api/join', knock))).toBe('done');
    expect(why(await guest.send('POST', `${at}/views`, view('群众意见')))).toBe('done');
    expect(why(await convener.send('POST', `${at}/cancel`, { why: '台风' }))).toBe('done');
    const refused = await member.send('POST', `${at}/views`, view('太晚'));
    expect(refused.body).toMatchObject({ reason: 'SESSION_CLOSED', details: { state: 'cancelled' } });
    expect(why(await member.get(`${at}/archive`))).toBe('ARCHIVE_UNKNOWN');
    expect(await listed(member, sessionId)).toMatchObject({ state: 'cancelled', until: null });
    const later = {
      now: new Date(Date.now() + 8 * 86_400_000).toISOString(),
      days: 7,
      daysConfirming: 30,
      daysVoting: 60,
    };
    const erasures = createErasures(db.pool);
    expect(await erasures.due(later)).toContain(sessionId);
    expect(await erasures.eraseGuests(sessionId, later)).toMatchObject({ guests: 1 });
  });

  it('is adjourned, and broken off under seal [S12] [S5] [S10]', async () => {
    const { at, sessionId } = await openOne();
    expect(why(await convener.send('POST', `${at}/adjourn`, { until: TOMORROW }))).toBe('done');
    expect(await listed(member, sessionId)).toMatchObject({ state: 'adjourned', until: TOMORROW });
    expect(why(await member.send('POST', `${at}/abort`, { why: '断电' }))).toBe('ROLE_MAY_NOT');
    expect(why(await convener.send('POST', `${at}/abort`, { why: '断电' }))).toBe('done');
    const archive = (await member.get(`${at}/archive`)).body;
    expect(archive.room).toMatchObject({ state: 'aborted', note: { why: '断电' } });
    expect(archive.room.text.sha256).toBe(archive.outcomeHash);
    const other = await signInAs(browser(server.url), house, 'department');
    expect(why(await other.send('POST', `${at}/resume`, {}))).toBe('SESSION_CLOSED');
  });
});
