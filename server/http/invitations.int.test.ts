import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { planOf, signInAs, stepBody } from '../testing/test-house.ts';
import { browser, type Browser } from '../testing/test-server.ts';
import {
  admin,
  convener,
  db,
  house,
  member,
  server,
  setPeopleStage,
  stranger,
  why,
} from '../testing/people-stage.ts';

setPeopleStage();

let at = '';
let seatIds: readonly string[] = [];
let staff: Browser;

/** A session that is planned, with a convener, a member and a department; nobody has come yet. */
beforeEach(async () => {
  staff = await signInAs(browser(server.url), house, 'staff');
  // Nobody stands in for somebody of another unit, or of none.
  const affiliation = '县直单位';
  await db.prisma.person.updateMany({ where: { orgId: house.orgId }, data: { affiliation } });
  const planned = planOf(house);
  at = `/api/sessions/${planned.sessionId}`;
  seatIds = planned.seatIds;
  expect(
    why(
      await convener.send('POST', '/api/sessions', {
        ...planned.body,
        roll: planned.body.roll.map((seat) => ({ ...seat, affiliation })),
      }),
    ),
  ).toBe('done');
});

const seatOf = async (id: string | undefined) =>
  (await convener.get(`${at}/snapshot`)).body.room.participants[id ?? ''];
const rowOf = async (id: string) =>
  await db.prisma.participant.findFirst({ where: { id }, select: { role: true, isRemoved: true } });
const invite = (who: Browser, name: string, over: object = {}) =>
  who.send('POST', `${at}/participants`, {
    participantId: randomUUID(),
    personId: house.personIds[name],
    role: 'member',
    venueId: 'branch',
    ...over,
  });
const names = ({ body }: { body: { people?: { name: string }[] } }) => body.people?.map(({ name }) => name);

describe('asking somebody with an account to a session that is planned', () => {
  it('puts them on the roll, takes them off it, and gives them the same seat again [I1]', async () => {
    expect(names(await convener.get(`${at}/invitable`))).toEqual(['人 admin', '人 staff', '人 stranger']);
    expect(why(await stranger.get(`${at}/snapshot`))).toBe('SESSION_UNKNOWN');
    const { body } = await invite(convener, 'stranger');
    const { participant } = body.events[0].event;
    expect(participant).toMatchObject({
      name: '人 stranger',
      role: 'member',
      venueId: 'branch',
      isGuest: false,
    });
    expect((await stranger.get(`${at}/snapshot`)).status).toBe(200);
    expect((await stranger.get('/api/sessions')).body.sessions).toHaveLength(1);
    expect(names(await convener.get(`${at}/invitable`))).toEqual(['人 admin', '人 staff']);
    expect(why(await invite(convener, 'stranger'))).toBe('ALREADY_THERE');

    expect(why(await convener.send('DELETE', `${at}/participants/${participant.id}`, { why: '改派' }))).toBe(
      'done',
    );
    expect(why(await stranger.get(`${at}/snapshot`))).toBe('REMOVED_FROM_SESSION');
    expect((await stranger.get('/api/sessions')).body.sessions).toEqual([]);
    const again = await invite(staff, 'stranger', { role: 'recorder' });
    expect(again.body.events[0].event.participant).toMatchObject({ id: participant.id, role: 'recorder' });
    expect(await rowOf(participant.id)).toEqual({ role: 'recorder', isRemoved: false });
    expect((await stranger.get(`${at}/snapshot`)).status).toBe(200);
  });

  it('gives nobody the seat of somebody else, and knows no accounts of other houses [I1] [P7]', async () => {
    const { body } = await invite(convener, 'stranger');
    const { id } = body.events[0].event.participant;
    await convener.send('DELETE', `${at}/participants/${id}`, { why: '改派' });
    expect(why(await invite(convener, 'staff', { participantId: id }))).toBe('ID_TAKEN');
    expect(why(await invite(convener, 'nobody', { personId: randomUUID() }))).toBe('ACCOUNT_UNKNOWN');
    expect(why(await invite(convener, 'staff', { venueId: 'nowhere' }))).toBe('VENUE_UNKNOWN');
    expect(why(await invite(member, 'staff'))).toBe('ROLE_MAY_NOT');
    expect(why(await member.get(`${at}/invitable`))).toBe('ROLE_MAY_NOT');
    expect(why(await invite(staff, 'admin', { role: 'host' }))).toBe('ROLE_MAY_NOT');
  });
});

describe('answering an invitation', () => {
  const mine = async (who: Browser) => (await who.get('/api/sessions')).body.sessions[0].seat.answer;

  it('is there to be seen on the list of sessions, and is not asked of the chair [I2]', async () => {
    expect([await mine(member), await mine(convener)]).toEqual(['silent', null]);
    const own = `${at}/participants/${seatIds[1]}`;
    expect(why(await member.send('PUT', `${own}/acceptance`, {}))).toBe('done');
    expect(await mine(member)).toBe('accepted');
    expect(why(await member.send('PUT', `${own}/leave`, { why: '住院手术' }))).toBe('done');
    expect(await mine(member)).toBe('leave');
    expect(await seatOf(seatIds[1])).toMatchObject({ leaveWhy: '住院手术' });
    // Told to the chair's audience, and beside the chain [I4].
    expect((await member.get(`${at}/snapshot`)).body.room.participants[seatIds[1] ?? '']).toMatchObject({
      leaveWhy: '',
    });
    const { rows } = await db.pool.query(
      `select payload::text, personal->>'why' as why from room_event where type = 'leave:stated' and session_id = $1`,
      [at.split('/')[3]],
    );
    expect(rows).toEqual([{ payload: expect.not.stringContaining('住院'), why: '住院手术' }]);
  });

  it('by a deputy changes whose the rights are, in the rows that every command asks too [I3] [P13]', async () => {
    const own = `${at}/participants/${seatIds[1]}`;
    expect(names(await member.get(`${own}/deputies`))).toEqual(['人 admin', '人 staff', '人 stranger']);
    expect(why(await member.get(`${at}/participants/${seatIds[2]}/deputies`))).toBe('ROLE_MAY_NOT');
    expect((await member.get('/api/sessions')).body.sessions[0].seat.mayDelegate).toBe(true);
    const deputyId = randomUUID();
    const named = { deputyId, personId: house.personIds['stranger'] };
    const key = { 'idempotency-key': randomUUID() };
    const first = await member.send('POST', `${own}/deputy`, named, key);
    expect(why(first)).toBe('done');
    // The answer was lost on the way: asked again, it is the same, though its asker may no more [P13].
    expect((await member.send('POST', `${own}/deputy`, named, key)).body).toEqual(first.body);
    expect(why(await member.send('POST', `${own}/deputy`, named))).not.toBe('done');
    const unknown = { ...named, personId: randomUUID() };
    expect(why(await member.send('POST', `${own}/deputy`, unknown))).toBe('ROLE_MAY_NOT');
    expect([await rowOf(seatIds[1] ?? ''), await rowOf(deputyId)]).toEqual([
      { role: 'observer', isRemoved: false },
      { role: 'member', isRemoved: false },
    ]);
    expect([await mine(member), await mine(stranger)]).toEqual(['deputy', 'silent']);
    // No deputy names another, and is not offered to.
    expect((await stranger.get('/api/sessions')).body.sessions[0].seat.mayDelegate).toBe(false);
    // Taken back, and named again: the same seat.
    expect(why(await member.send('PUT', `${own}/acceptance`, {}))).toBe('done');
    expect(why(await stranger.get(`${at}/snapshot`))).toBe('REMOVED_FROM_SESSION');
    expect(await rowOf(seatIds[1] ?? '')).toEqual({ role: 'member', isRemoved: false });
    expect(why(await admin.send('POST', `${own}/deputy`, { ...named, deputyId: randomUUID() }))).toBe('done');
    expect(await seatOf(deputyId)).toMatchObject({ role: 'member', deputyOf: seatIds[1] });
    for (const step of ['enter', 'open'])
      expect(why(await convener.send('POST', `${at}/${step}`, stepBody(step)))).toBe('done');
    const view = (text: string) => ({ id: randomUUID(), stance: 'suggestion', text, replyTo: null });
    expect(why(await member.send('POST', `${at}/views`, view('本人')))).toBe('ROLE_MAY_NOT');
    expect(why(await stranger.send('POST', `${at}/views`, view('代为出席')))).toBe('done');
  });
});
