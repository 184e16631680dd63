import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { planOf, signInAs } from '../testing/test-house.ts';
import { browser, testServer } from '../testing/test-server.ts';
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
  sessionId,
  setJoinStage,
  tokenOf,
  uses,
  why,
} from '../testing/join-stage.ts';

setJoinStage();

describe('join', () => {
  it('is one guest however often the same browser knocks, answered or not [P4]', async () => {
    const { token, body: link } = await makeLink({ maxUses: 1 });
    const key = randomUUID();
    // Nobody keeps the cookie of an answer that was lost: every knock comes as a stranger.
    const knock = (more: object = {}) => join(newGuest(), token, { key, ...more });
    const wishes = [{}, { name: '别的称呼' }, { venueId: 'branch' }, {}, {}, {}];
    const storm = await Promise.all(wishes.map(knock));
    const later = [await knock(), await knock({ name: '家长甲' })];
    const seats = new Set(
      [...storm, ...later].map(({ status, body }) => `${status} ${body.participantId ?? body.reason}`),
    );
    expect([...seats]).toEqual([`200 ${storm[0]?.body.participantId}`]);
    expect([await uses(link.id), await guests()]).toEqual([1, 1]);
    expect(await db.prisma.person.count({ where: { isGuest: true, participants: { none: {} } } })).toBe(0);
    // The personal link is not burnt for the one who holds it, and is for everybody else.
    const back = newGuest();
    const { body } = await join(back, token, { key });
    expect((await back.get(`${at}/snapshot`)).body.mine.participantId).toBe(body.participantId);
    expect(why(await join(newGuest(), token))).toBe('LINK_USED');
  });

  it('goes on where a crash left it, on a personal link too [P4]', async () => {
    const { token, body: link } = await makeLink({ maxUses: 1 });
    const key = randomUUID();
    const first = (await join(newGuest(), token, { key })).body;
    // As it was after the person, the sign-in and the use, before the seat.
    await db.pool.query('delete from participant where session_id = $1 and id = $2', [
      sessionId,
      first.participantId,
    ]);
    await db.pool.query('delete from room_command where session_id = $1 and key = $2', [
      sessionId,
      `join-${first.participantId}`,
    ]);
    await db.pool.query(
      `delete from room_event where session_id = $1 and payload->'participant'->>'id' = $2`,
      [sessionId, first.participantId],
    );
    await db.pool.query(
      `update session set seq = seq - 1, head_hash =
         (select hash from room_event where session_id = $1 order by seq desc limit 1) where id = $1`,
      [sessionId],
    );
    const other = await testServer(db, { secret: SECRET });
    try {
      const one = browser(other.url);
      const again = await join(one, token, { key });
      expect([again.status, again.body.participantId]).toEqual([200, first.participantId]);
      expect((await one.get(`${at}/snapshot`)).body.mine.participantId).toBe(first.participantId);
      expect([await uses(link.id), await guests()]).toEqual([1, 1]);
    } finally {
      await other.close();
    }
  });

  it('puts nobody in the place of an account without a seat, and says who is signed in [P11]', async () => {
    const { token, body: link } = await makeLink();
    const stranger = await signInAs(newGuest(), house, 'stranger');
    expect((await preview(stranger, token)).body).toMatchObject({
      seat: null,
      signedInAs: { name: '人 stranger', isGuest: false },
    });
    const refused = await join(stranger, token);
    expect([refused.status, why(refused)]).toEqual([409, 'SIGNED_IN_WITHOUT_SEAT']);
    expect(refused.headers.get('set-cookie')).toBeNull();
    expect((await stranger.get('/api/me')).body.isGuest).toBe(false);
    expect(await uses(link.id)).toBe(0);
    await stranger.send('POST', '/api/sign-out', { everywhere: false });
    expect(why(await join(stranger, token))).toBe('done');
  });

  it('lets a guest of another session in, who was told that it takes the place of the first [P11]', async () => {
    const { token } = await makeLink();
    const one = newGuest();
    await join(one, token, { name: '家长甲' });
    const other = planOf(house);
    await convener.send('POST', '/api/sessions', other.body);
    const link = { id: randomUUID(), role: 'expert', venueId: null, maxUses: 5 };
    const made = await convener.send('POST', `/api/sessions/${other.sessionId}/links`, link);
    expect((await preview(one, tokenOf(made.body))).body.signedInAs).toEqual({
      name: '家长甲',
      isGuest: true,
    });
    expect(why(await join(one, tokenOf(made.body)))).toBe('done');
    expect((await one.get('/api/me')).body.guestOf).toBe(other.sessionId);
  });
});
