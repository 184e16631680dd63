import { stepBody } from '../testing/test-house.ts';
import { describe, expect, it } from 'vitest';
import { browser, testServer } from '../testing/test-server.ts';
import {
  SECRET,
  at,
  convener,
  db,
  guests,
  join,
  makeLink,
  newGuest,
  preview,
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
