import { randomUUID } from 'node:crypto';
import { CURRENT_CONSENT } from '../../core/domain/consent.ts';
import { SessionId } from '../../core/domain/ids.ts';
import { createErasures } from '../db/erasures.ts';
import { signInAs, stepBody } from '../testing/test-house.ts';
import { describe, expect, it } from 'vitest';
import { browser, testServer, type Browser } from '../testing/test-server.ts';
import {
  SECRET,
  at,
  convener,
  db,
  guests,
  house,
  join,
  makeLink,
  newGuest,
  preview,
  server,
  sessionId,
  setJoinStage,
  uses,
  why,
} from '../testing/join-stage.ts';
import { until } from '../testing/until.ts';

setJoinStage();

describe('join', () => {
  it('lets a guest in with a numbered name, who sees the room and is bound to it', async () => {
    const { token, body: link } = await makeLink();
    const [first, second] = [newGuest(), newGuest()];
    const joined = await join(first, token);
    await join(second, token);
    const { body } = await first.get(`${at}/snapshot`);
    expect(body.mine.participantId).toBe(joined.body.participantId);
    const names = Object.values<{ name: string; isGuest: boolean }>(body.room.participants)
      .filter(({ isGuest }) => isGuest)
      .map(({ name }) => name);
    expect(names.toSorted()).toEqual(['群众代表 1', '群众代表 2']);
    expect((await first.get('/api/me')).body).toMatchObject({
      isGuest: true,
      guestOf: sessionId,
      office: null,
    });
    expect(await uses(link.id)).toBe(2);
    expect(why(await first.get('/api/accounts'))).toBe('ROLE_MAY_NOT');
  });

  it('keeps real names apart where people are shown by a form of address, and each look at one for good [U1] [U2] [U3] [E1]', async () => {
    const { token } = await makeLink();
    expect((await preview(newGuest(), token)).body.shown).toBe('name');
    expect(why(await convener.send('PUT', `${at}/names`, {}))).toBe('done');
    expect((await preview(newGuest(), token)).body.shown).toBe('address');
    const real = '赵钱孙李';
    const [guest, other] = [newGuest(), newGuest()];
    const { participantId } = (await join(guest, token, { name: '家长代表', realName: real })).body;
    await join(other, token);
    const [member, admin] = await Promise.all([
      signInAs(browser(server.url), house, 'member'),
      signInAs(browser(server.url), house, 'admin'),
    ]);
    const doors = ['snapshot', 'events?after=0', 'views?before=100000', 'moderation'];
    const given = async (who: Browser) =>
      JSON.stringify(await Promise.all(doors.map(async (door) => (await who.get(`${at}/${door}`)).body)));
    // Neither what the guest gave, nor by which names those with accounts were planned, nor those of their accounts.
    for (const who of [guest, other, member, convener, admin])
      expect(await given(who)).not.toMatch(new RegExp(`${real}|与会 |人 (member|convener|department)`));

    const path = `${at}/participants/${participantId}/name`;
    for (const who of [guest, other, member])
      expect(why(await who.send('POST', path, { purpose: 'reply' }))).toBe('ROLE_MAY_NOT');
    expect(why(await convener.send('POST', path, { purpose: 'curious' }))).toBe('FIELD_INVALID');
    const key = randomUUID();
    const looked = await convener.send('POST', path, { purpose: 'reply' }, { 'idempotency-key': key });
    expect(looked.body).toMatchObject({ name: real, events: [{ event: { look: null } }] });
    const again = await convener.send('POST', path, { purpose: 'reply' }, { 'idempotency-key': key });
    expect(again.body).toEqual(looked.body);
    expect((await admin.send('POST', path, { purpose: 'verify' })).body.name).toBe(real);
    const mine = [
      { by: expect.any(String), looker: '', participantId, purpose: 'reply' },
      { by: 'office', looker: '人 admin', participantId, purpose: 'verify' },
    ];
    expect((await guest.get(`${at}/names`)).body).toMatchObject({ mine, all: null });
    expect((await admin.get(`${at}/names`)).body).toMatchObject({ mine: [], all: mine });
    for (const who of [other, member, convener])
      expect((await who.get(`${at}/names`)).body).toEqual({ mine: [], all: null });
    for (const who of [other, member, convener]) expect(await given(who)).not.toMatch(/人 admin|"verify"/);

    const late = { now: '2030-01-01T00:00:00.000Z', days: 7, daysConfirming: 30, daysVoting: 60 };
    expect(await createErasures(db.pool).eraseGuests(SessionId.parse(sessionId), late)).toMatchObject({
      guests: 2,
    });
    const { rows } = await db.pool.query(`select name, real_name from person where real_name <> ''`);
    expect(rows).toEqual([]);
    expect((await admin.send('POST', path, { purpose: 'contact' })).body.name).toBeNull();
    expect((await admin.get(`${at}/names`)).body.all).toMatchObject([...mine, { participantId }]);
  });

  it('gives whoever comes back the same seat, without counting again [P4]', async () => {
    const { token, body: link } = await makeLink();
    const one = newGuest();
    const { body } = await join(one, token, { name: '家长甲', venueId: 'branch' });
    for (let n = 0; n < 3; n += 1) expect((await join(one, token, { name: '别的名字' })).body).toEqual(body);
    expect((await join(convener, token)).body.participantId).not.toBe(body.participantId);
    expect((await convener.get('/api/me')).body.isGuest).toBe(false);
    expect(await uses(link.id)).toBe(1);
    expect(await guests()).toBe(1);
  });

  it('keeps what a guest agreed to, shows it to them, and lets nobody in by words of another time [U4]', async () => {
    const { token } = await makeLink();
    const one = newGuest();
    const consent = { version: CURRENT_CONSENT, locale: 'en', shown: 'name' };
    expect(why(await join(one, token, { consent: { ...consent, version: CURRENT_CONSENT + 1 } }))).toBe(
      'CONSENT_CHANGED',
    );
    expect(await guests()).toBe(0);
    await join(one, token, { consent });
    expect((await one.get('/api/me')).body.consent).toEqual({ ...consent, at: expect.any(String) });
    const old = newGuest();
    await join(old, token);
    expect((await old.get('/api/me')).body.consent).toMatchObject({ version: 1, locale: null, shown: null });
    expect((await convener.get('/api/me')).body.consent).toBeNull();
    // A page that was loaded before names were hidden said nothing of who may look at them.
    expect(why(await convener.send('PUT', `${at}/names`, {}))).toBe('done');
    const key = randomUUID();
    const tardy = newGuest();
    expect(why(await join(tardy, token, { key, consent }))).toBe('CONSENT_CHANGED');
    expect(await guests()).toBe(2);
    await join(tardy, token, { key, consent: { ...consent, shown: 'address' } });
    expect((await tardy.get('/api/me')).body.consent).toMatchObject({ shown: 'address' });
    const late = { now: '2030-01-01T00:00:00.000Z', days: 7, daysConfirming: 30, daysVoting: 60 };
    await createErasures(db.pool).eraseGuests(SessionId.parse(sessionId), late);
    const { rows } = await db.pool.query(
      `select consent from person join participant p on person_id = person.id where p.session_id = $1 and is_guest`,
      [sessionId],
    );
    expect(rows).toEqual([{ consent: null }, { consent: null }, { consent: null }]);
  });

  it('wants consent, a decent name and a venue that is there', async () => {
    const { token } = await makeLink();
    for (const more of [
      { consent: false },
      { consent: 'true' },
      { name: 'x'.repeat(41) },
      { name: 'a\nb' },
      { role: 'host' },
      { key: 'short' },
      { key: undefined },
    ])
      expect(why(await join(newGuest(), token, more))).toBe('FIELD_INVALID');
    expect(why(await join(newGuest(), token, { venueId: 'nowhere' }))).toBe('VENUE_UNKNOWN');
    expect(await guests()).toBe(0);
    expect(await db.prisma.person.count({ where: { isGuest: true, participants: { none: {} } } })).toBe(0);
  });

  it('says why a link lets nobody in: used, full, revoked, expired, closed', async () => {
    const personal = await makeLink({ maxUses: 1 });
    expect(why(await join(newGuest(), personal.token))).toBe('done');
    expect(why(await join(newGuest(), personal.token))).toBe('LINK_USED');
    expect(why(await preview(newGuest(), personal.token))).toBe('LINK_USED');

    const small = await makeLink({ maxUses: 2 });
    for (const reason of ['done', 'done', 'LINK_FULL'])
      expect(why(await join(newGuest(), small.token))).toBe(reason);

    const revoked = await makeLink();
    const seated = newGuest();
    await join(seated, revoked.token);
    const { body } = await convener.send('DELETE', `${at}/links/${revoked.body.id}`);
    expect(body.revokedAt).not.toBeNull();
    const refused = await join(newGuest(), revoked.token);
    expect([refused.status, why(refused)]).toEqual([410, 'LINK_REVOKED']);
    expect(why(await join(seated, revoked.token))).toBe('done');

    const expired = await makeLink();
    await db.prisma.joinLink.update({ where: { id: expired.body.id }, data: { expiresAt: new Date(0) } });
    expect(why(await join(newGuest(), expired.token))).toBe('LINK_EXPIRED');

    const open = await makeLink();
    for (const step of ['enter', 'open', 'close'])
      await convener.send('POST', `${at}/${step}`, stepBody(step));
    expect(why(await join(newGuest(), open.token))).toBe('SESSION_CLOSED');
    expect(why(await preview(newGuest(), open.token))).toBe('SESSION_CLOSED');
  });

  it('gives the last places to exactly as many as there are, in a rush, each with a number of their own', async () => {
    const { token, body: link } = await makeLink({ maxUses: 10 });
    const { token: branch } = await makeLink({ maxUses: 10, venueId: 'branch' });
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => join(newGuest(), n % 2 === 0 ? token : branch)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(answers.filter((answer) => why(answer) === 'LINK_FULL')).toHaveLength(10);
    expect(await uses(link.id)).toBe(10);
    const { body } = await convener.get(`${at}/snapshot`);
    const names = Object.values<{ name: string }>(body.room.participants).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const people = await db.prisma.person.count({
      where: { isGuest: true, participants: { some: { sessionId } } },
    });
    expect(people).toBe(20);
  });

  it('does not let a removed guest back in by the same link', async () => {
    const { token } = await makeLink();
    const one = newGuest();
    const { body } = await join(one, token);
    await convener.send('DELETE', `${at}/participants/${body.participantId}`, { why: '扰乱秩序' });
    expect(why(await join(one, token))).toBe('REMOVED_FROM_SESSION');
    expect(why(await one.get(`${at}/snapshot`))).toBe('REMOVED_FROM_SESSION');
  });

  it('takes a whole admission back when the room refuses it', async () => {
    const { token, body: link } = await makeLink();
    // The seat cannot be stored, after the person, the sign-in and the use were.
    const other = await testServer(db, { secret: SECRET });
    try {
      const one = browser(other.url);
      const before = await db.prisma.person.count();
      await db.pool.query(
        'alter table room_event add constraint refuses_seats check (type <> $$participant:added$$) not valid',
      );
      const answer = await join(one, token);
      expect(answer.status).toBeGreaterThanOrEqual(500);
      expect(answer.headers.get('set-cookie')).toBeNull();
      await until('the use is given back', async () => (await uses(link.id)) === 0);
      expect(await db.prisma.person.count()).toBe(before);
    } finally {
      await db.pool.query('alter table room_event drop constraint if exists refuses_seats');
      await other.close();
    }
    expect(why(await join(newGuest(), token))).toBe('done');
  });
});
