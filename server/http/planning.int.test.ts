import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildHouse, planOf, signInAs } from '../testing/test-house.ts';
import { browser, testServer } from '../testing/test-server.ts';
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

setPeopleStage();

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
