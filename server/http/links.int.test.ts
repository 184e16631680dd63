import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { LinkId } from '../../core/domain/ids.ts';
import { linkToken } from '../services/link-token.ts';
import { planOf } from '../testing/test-house.ts';
import { browser, testServer } from '../testing/test-server.ts';
import {
  SECRET,
  at,
  convener,
  db,
  house,
  join,
  makeLink,
  newGuest,
  preview,
  server,
  sessionId,
  setJoinStage,
  why,
} from '../testing/join-stage.ts';

setJoinStage();

describe('createLinks', () => {
  it('gives the chair an address whose secret part never reaches a server log', async () => {
    const { body, link, token } = await makeLink();
    expect(link).toMatchObject({ ...body, uses: 0, revokedAt: null });
    expect(link.url).toBe(`${server.url}/j#${token}`);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await convener.get(`${at}/links`)).body.links).toEqual([link]);
    const { rows } = await db.pool.query('select * from join_link where id = $1', [body.id]);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('makes the same link once and refuses another one under its id', async () => {
    const { body, link } = await makeLink();
    expect((await convener.send('POST', `${at}/links`, body)).body).toEqual(link);
    expect(why(await convener.send('POST', `${at}/links`, { ...body, role: 'expert' }))).toBe('ID_TAKEN');
  });

  it('hands out no role that answers for a meeting, no venue that is not there, no link of another session [P3]', async () => {
    const link = (more: object) => ({
      id: randomUUID(),
      role: 'resident',
      venueId: null,
      maxUses: 5,
      ...more,
    });
    const ask = async (more: object) => why(await convener.send('POST', `${at}/links`, link(more)));
    for (const role of ['host', 'convener', 'recorder', 'department', 'staff', 'admin', 'member'])
      expect(await ask({ role })).toBe('FIELD_INVALID');
    expect(await ask({ venueId: 'nowhere' })).toBe('VENUE_UNKNOWN');
    expect(await ask({ maxUses: 0 })).toBe('FIELD_INVALID');
    const other = planOf(house);
    await convener.send('POST', '/api/sessions', other.body);
    const { body } = await makeLink();
    const foreign = await convener.send('DELETE', `/api/sessions/${other.sessionId}/links/${body.id}`);
    expect([foreign.status, why(foreign)]).toEqual([404, 'LINK_UNKNOWN']);
    expect(
      why(await join(newGuest(), (await convener.get(`${at}/links`)).body.links[0].url.split('#')[1])),
    ).toBe('done');
  });
});

describe('preview', () => {
  it('tells where a link leads and nothing about people', async () => {
    const { token } = await makeLink({ venueId: 'branch' });
    const { body } = await preview(newGuest(), token);
    expect(body).toEqual({
      sessionId,
      title: '小学门口的交通',
      orgName: '测试政协',
      studioName: '测试工作室',
      mode: 'hybrid',
      shown: 'name',
      state: 'scheduled',
      startsAt: '2026-11-21T08:00:00.000Z',
      role: 'resident',
      venues: [
        { id: 'main', name: '主会场' },
        { id: 'branch', name: '分会场' },
      ],
      venueId: 'branch',
      retentionDays: 7,
      retentionDaysConfirming: 30,
      seat: null,
      signedInAs: null,
    });
  });

  it('knows the seat that this browser holds', async () => {
    const { token } = await makeLink();
    const one = newGuest();
    const { body } = await join(one, token, { name: '家长甲' });
    expect((await preview(one, token)).body.seat).toEqual({
      participantId: body.participantId,
      name: '家长甲',
      role: 'resident',
    });
    expect((await preview(convener, token)).body.seat.role).toBe('convener');
  });

  it('answers a forged token as an unknown one, and slows down whoever guesses', async () => {
    const { token } = await makeLink();
    const guesses = [
      token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A'),
      linkToken(
        'another secret of another server',
        LinkId.parse((await convener.get(`${at}/links`)).body.links[0].id),
      ),
      linkToken(SECRET, LinkId.parse(randomUUID())),
      'A'.repeat(43),
      'A'.repeat(60),
    ];
    const fresh = await testServer(db, { secret: SECRET });
    try {
      const guesser = browser(fresh.url);
      for (const guess of guesses) {
        const answer = await preview(guesser, guess);
        expect([answer.status, why(answer)]).toEqual([404, 'LINK_UNKNOWN']);
      }
      let reason = '';
      for (let n = 0; n < 20 && reason !== 'TOO_OFTEN'; n += 1)
        reason = why(await preview(guesser, 'B'.repeat(43)));
      expect(reason).toBe('TOO_OFTEN');
      // Everybody else in the hall, behind the same address, still gets in.
      expect(why(await join(browser(fresh.url), token))).toBe('done');
    } finally {
      await fresh.close();
    }
  });
});
