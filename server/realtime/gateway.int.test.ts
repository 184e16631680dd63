import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ack, Heard, RoomEvents } from '../../core/contract/socket.ts';
import { ask, openSession, pollDraft, viewCommand } from '../testing/room-fixtures.ts';
import { startStand, type Stand } from '../testing/room-stand.ts';
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

describe('createRealtime', () => {
  it('tells everybody in the room the same events in the same order, redacted for their audience [L1] [L6]', async () => {
    const session = await openSession({ pool: db.pool, rooms: stand.rooms }, [
      'resident',
      'member',
      'observer',
    ]);
    const start = (await stand.rooms.current(session.sessionId)).seq;
    const all = await Promise.all([session.convener, ...session.people].map(stand.connected));
    for (const client of all)
      expect(await client.hear(session, 0)).toEqual({ ok: true, value: { seq: start, behind: false } });
    const poll = pollDraft('named', ['resident', 'member']);
    await ask(stand.rooms, session, session.convener, { type: 'preparePoll', poll });
    await ask(stand.rooms, session, session.convener, { type: 'openPoll', pollId: poll.id });
    await ask(stand.rooms, session, session.people[0]!, {
      type: 'castBallot',
      pollId: poll.id,
      paper: { shape: 'choices', choices: ['yes'] },
    });
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        ask(stand.rooms, session, session.people[0]!, viewCommand(`意见${i}`)),
      ),
    );
    await until('everybody heard all', () => all.every(({ heard }) => heard.length === start + 33));
    for (const { heard } of all) {
      expect(heard.map(({ seq }) => seq)).toEqual(heard.map((_, i) => i + 1));
      expect(heard).toEqual(all[0]!.heard);
      expect(heard.find(({ event }) => event.type === 'ballot:cast')?.event).toMatchObject({ paper: null });
    }
    await until('everybody is counted', () => all.every(({ presence }) => presence()?.online === 4));
    expect(all[0]!.presence()).toMatchObject({
      exact: true,
      byRole: expect.arrayContaining([{ role: 'observer', online: 1 }]),
    });
  });

  it('loses and doubles nothing when a socket breaks again and again while views are posted [L1]', async () => {
    const session = await openSession({ pool: db.pool, rooms: stand.rooms }, ['resident', 'member']);
    const client = stand.connect(session.people[1]!.personId);
    const order: number[] = [];
    let last = 0;
    let gaps = 0;
    client.socket.on('room:events', ({ events }: RoomEvents) => {
      for (const { seq } of events) {
        if (seq > last + 1) gaps += 1;
        if (seq === last + 1) last = seq;
        order.push(seq);
      }
    });
    client.socket.on('connect', () =>
      client.socket.emit('room:hear', { sessionId: session.sessionId, after: last }),
    );
    const state = { isPosting: true };
    const breaker = (async () => {
      while (state.isPosting) {
        await until(
          'heard something more',
          () => client.socket.connected && (last % 7 === 3 || !state.isPosting),
        );
        client.socket.io.engine.close();
        await until('gone', () => !client.socket.connected);
      }
    })();
    for (let i = 0; i < 80; i += 1)
      await ask(stand.rooms, session, session.people[0]!, viewCommand(`意见${i}`));
    const end = (await stand.rooms.current(session.sessionId)).seq;
    state.isPosting = false;
    await breaker;
    await until('caught up', () => last === end);
    expect(gaps).toBe(0);
    expect(order).toEqual(Array.from({ length: end }, (_, i) => i + 1));
  });

  it.each([0, 90])(
    'joins without a gap however the moment falls, its reading %i ms late [L1]',
    async (lateMs) => {
      const whileReading = () => new Promise<void>((resolve) => setTimeout(resolve, lateMs));
      const slow = await startStand(db.pool, lateMs === 0 ? {} : { whileReading });
      const session = await openSession({ pool: db.pool, rooms: slow.rooms }, ['resident', 'member']);
      const client = await slow.connected(session.people[1]!);
      const state = { isPosting: true };
      const poster = (async () => {
        while (state.isPosting) await ask(slow.rooms, session, session.people[0]!, viewCommand('意见'));
      })();
      for (let round = 0; round < 12; round += 1) {
        client.heard.length = 0;
        const after = (await slow.rooms.current(session.sessionId)).seq - 5;
        const reply = await client.hear(session, after);
        expect(reply).toMatchObject({ ok: true, value: { behind: false } });
        await until('some heard', () => client.heard.length > 12);
        await client.socket.emitWithAck('room:unhear', { sessionId: session.sessionId });
        expect(client.heard.map(({ seq }) => seq)).toEqual(client.heard.map((_, i) => after + 1 + i));
      }
      state.isPosting = false;
      await poster;
      await slow.stop();
    },
  );

  it('says that a client is too far behind, and lets it hear what comes', async () => {
    const session = await openSession({ pool: db.pool, rooms: stand.rooms }, ['resident']);
    await Promise.all(
      Array.from({ length: 510 }, (_, i) =>
        ask(stand.rooms, session, session.people[0]!, viewCommand(`${i}`)),
      ),
    );
    const client = await stand.connected(session.people[0]!);
    const end = (await stand.rooms.current(session.sessionId)).seq;
    expect(await client.hear(session, 2)).toEqual({ ok: true, value: { seq: end, behind: true } });
    await ask(stand.rooms, session, session.people[0]!, viewCommand('新的'));
    await until('the new one came', () => client.heard.length === 1);
    expect(client.heard[0]?.seq).toBe(end + 1);
  });

  it('answers before it tells what was missed, and leaves to requests what a slow line would choke on [G7]', async () => {
    const session = await openSession({ pool: db.pool, rooms: stand.rooms }, ['resident']);
    const [resident] = session.people;
    if (resident === undefined) throw new Error('nobody');
    const client = await stand.connected(resident);
    const start = (await stand.rooms.current(session.sessionId)).seq;
    const order: string[] = [];
    client.socket.on('room:events', () => order.push('events'));
    const post = async (text: string) => ask(stand.rooms, session, resident, viewCommand(text));
    await post('少');
    const few: Ack<Heard>[] = [];
    client.socket.emit('room:hear', { sessionId: session.sessionId, after: start }, (answer: Ack<Heard>) => {
      order.push('answer');
      few.push(answer);
    });
    await until('the missed one came', () => client.heard.length === 1);
    expect(order).toEqual(['answer', 'events']);
    expect(few).toEqual([{ ok: true, value: { seq: start + 1, behind: false } }]);
    await client.socket.emitWithAck('room:unhear', { sessionId: session.sessionId });
    // Fifteen of them are 15 000 letters and 45 000 bytes.
    for (let n = 0; n < 15; n += 1) await post('多'.repeat(1_000));
    const much = await client.hear(session, start + 1);
    expect(much).toEqual({ ok: true, value: { seq: start + 16, behind: true } });
    await post('新的');
    await until('the new one came', () => client.heard.length === 2);
    expect(client.heard[1]?.seq).toBe(start + 17);
  });
});
