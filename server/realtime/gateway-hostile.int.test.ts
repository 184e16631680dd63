import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { RATES } from '../../core/contract/limits.ts';
import { ask, openSession, viewCommand } from '../testing/room-fixtures.ts';
import { handshake, openRaw, ORIGIN, sendRaw, startStand, type Stand } from '../testing/room-stand.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { until } from '../testing/until.ts';

let db: TestDatabase;
let stand: Stand;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  stand = await startStand(db.pool);
});
afterEach(() => stand.stop());

describe('createRealtime against strangers and vandals', () => {
  it('refuses foreign and missing origins, and whoever is not signed in, before the handshake [G1]', async () => {
    const cookie = `who=${randomUUID()}`;
    expect(await handshake(stand.url, { cookie, origin: ORIGIN })).toBe(101);
    for (const origin of [
      'http://evil.test',
      'null',
      'https://room.test',
      'http://room.test.evil.test',
      'http://evilroom.test',
    ]) {
      expect(await handshake(stand.url, { cookie, origin })).toBe(400);
    }
    expect(await handshake(stand.url, { cookie })).toBe(400);
    expect(await handshake(stand.url, { origin: ORIGIN })).toBe(400);
    const polling = await fetch(`${stand.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { cookie, origin: 'http://evil.test' },
    });
    expect(polling.status).toBe(400);
    expect(await polling.text()).not.toContain('sid');
  });

  it('refuses strangers, and does not say whether the session exists', async () => {
    const session = await openSession({ pool: db.pool, rooms: stand.rooms }, ['resident']);
    const stranger = stand.connect(randomUUID());
    expect(await stranger.hear(session, 0)).toMatchObject({
      ok: false,
      error: { reason: 'SESSION_UNKNOWN' },
    });
    expect(await stranger.hear({ ...session, sessionId: randomUUID() as never }, 0)).toMatchObject({
      ok: false,
      error: { reason: 'SESSION_UNKNOWN' },
    });
  });

  it('answers malformed messages with a code and lives on [G3] [G4]', async () => {
    const session = await openSession({ pool: db.pool, rooms: stand.rooms }, ['resident', 'member']);
    const watcher = await stand.connected(session.people[0]!);
    await watcher.hear(session, 0);
    const rude = await stand.connected(session.people[1]!);
    const payloads = [
      undefined,
      null,
      42,
      'x',
      [],
      {},
      { sessionId: 'x', after: 0 },
      { sessionId: session.sessionId, after: -1 },
      { sessionId: session.sessionId, after: 0, more: 1 },
      Buffer.from('x'),
      [[[[[[]]]]]],
    ];
    for (const payload of payloads) {
      rude.socket.emit('room:hear', payload);
      expect(await rude.socket.timeout(5_000).emitWithAck('room:hear', payload)).toMatchObject({
        ok: false,
        error: { code: 'INVALID' },
      });
    }
    rude.socket.emit('room:hear');
    expect(await rude.socket.timeout(5_000).emitWithAck('room:close', {})).toMatchObject({
      ok: false,
      error: { reason: 'ROUTE_UNKNOWN' },
    });
    for (let i = 0; i < 150; i += 1) rude.socket.emit('room:hear', {});
    expect(await rude.hear(session, 0)).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED' } });
    for (let i = 0; i < 400; i += 1) rude.socket.emit('noise', i);
    await until('the flood is ended', () => !rude.socket.connected);
    await Promise.all(
      [
        '2',
        '40',
        '42["room:hear"',
        '4',
        '45-["x",{"_placeholder":true,"num":0}]',
        '\u0000',
        '0'.repeat(70_000),
        '42["__proto__",{}]',
        '421["room:hear",null]',
      ].map((frame) => sendRaw(stand.url, { personId: randomUUID(), frame })),
    );
    await ask(stand.rooms, session, session.people[0]!, viewCommand('还在'));
    const end = (await stand.rooms.current(session.sessionId)).seq;
    await until('the watcher missed nothing', () => watcher.heard.length === end);
    expect(watcher.socket.connected).toBe(true);
  });

  it('allows one person ten connections and no more [G4]', async () => {
    const personId = randomUUID();
    const ten = Array.from({ length: 10 }, () => stand.connect(personId));
    await until('ten are connected', () => ten.every(({ socket }) => socket.connected));
    expect(await handshake(stand.url, { cookie: `who=${personId}`, origin: ORIGIN })).toBe(400);
    ten[0]!.socket.disconnect();
    await until(
      'there is room again',
      async () => (await handshake(stand.url, { cookie: `who=${personId}`, origin: ORIGIN })) === 101,
    );
  });

  it('counts lines that never say that they want to hear, and ends them soon [G4]', async () => {
    const personId = randomUUID();
    const silent = await Promise.all(Array.from({ length: 10 }, () => openRaw(stand.url, personId)));
    expect(await handshake(stand.url, { cookie: `who=${personId}`, origin: ORIGIN })).toBe(400);
    await until('they are ended', () => stand.realtime.lines() === 0, 6_000);
    await until('they know', () => silent.every(({ readyState }) => readyState === WebSocket.CLOSED));
    expect(await handshake(stand.url, { cookie: `who=${personId}`, origin: ORIGIN })).toBe(101);
  });

  it.each([
    ['says that it does not want to hear any more', ['40', '41']],
    ['comes and goes in a circle', ['40', '41', '40', '41', '40']],
    ['asks for a namespace that is none', ['40/nothing,', '41/nothing,']],
  ])('ends a line that %s [G4]', async (_name, frames) => {
    const socket = await openRaw(stand.url, randomUUID());
    socket.on('error', () => undefined);
    expect(stand.realtime.lines()).toBe(1);
    for (const frame of frames) socket.send(frame);
    const pongs = setInterval(() => socket.send('3'), 500);
    await until('it is ended', () => stand.realtime.lines() === 0, 6_000);
    clearInterval(pongs);
    expect(stand.realtime.count()).toBe(0);
  });

  it('ends the line of somebody who is cut and neither reads nor says goodbye [G2]', async () => {
    const session = await openSession({ pool: db.pool, rooms: stand.rooms }, ['resident']);
    const socket = await openRaw(stand.url, session.people[0]!.personId);
    socket.send('40');
    await until('it is there', () => stand.realtime.count() === 1);
    socket.pause();
    stand.cuts.cut({ kind: 'sign-in', signInId: session.people[0]!.personId });
    await until('its line is ended', () => stand.realtime.lines() === 0, 3_000);
    socket.terminate();
  });

  it('gives a line that is known no other connection [G4]', async () => {
    const headers = { cookie: `who=${randomUUID()}`, origin: ORIGIN };
    const client = stand.connect(randomUUID());
    await until('it is there', () => client.socket.connected);
    const sid = client.socket.io.engine.id;
    const second = new WebSocket(
      `${stand.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket&sid=${sid}`,
      { headers },
    );
    const status = await new Promise((resolve) => {
      second.once('open', () => resolve(101));
      second.once('error', () => undefined);
      second.once('unexpected-response', (_request, response) => resolve(response.statusCode));
    });
    expect([status, stand.realtime.lines()]).toEqual([400, 1]);
  });

  it('lets a hall of a thousand in from one address, beside a crowd of nobody [G4]', async () => {
    const nobody = Array.from({ length: 500 }, () => handshake(stand.url, { origin: ORIGIN }));
    const hall = Array.from({ length: 1_000 }, () =>
      handshake(stand.url, { cookie: `who=${randomUUID()}`, origin: ORIGIN }),
    );
    expect(new Set(await Promise.all(nobody))).toEqual(new Set([400]));
    expect(new Set(await Promise.all(hall))).toEqual(new Set([101]));
  });

  it('slows whoever knocks again and again, and nobody else [G4]', async () => {
    const cookie = `who=${randomUUID()}`;
    const { points } = RATES.handshake;
    const statuses: number[] = [];
    while (statuses.length < points + 20) {
      const few = Array.from({ length: 4 }, () => handshake(stand.url, { cookie, origin: ORIGIN }));
      statuses.push(...(await Promise.all(few)));
    }
    expect(statuses.slice(-20)).toEqual(Array.from({ length: 20 }, () => 400));
    expect(statuses.filter((status) => status === 101).length).toBeLessThanOrEqual(points);
    expect(statuses.slice(0, 20)).toContain(101);
    expect(await handshake(stand.url, { cookie: `who=${randomUUID()}`, origin: ORIGIN })).toBe(101);
  });
});
