import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '../../core/domain/room/commands.ts';
import { ask, openSession, viewCommand, type Person, type TestSession } from '../testing/room-fixtures.ts';
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

describe('createRealtime when what somebody may do changes', () => {
  it('lets nobody in who is removed while they are let in [G2]', async () => {
    const reading = { isUnderWay: false, goOn: Promise.resolve() };
    const whileReading = async () => {
      reading.isUnderWay = true;
      await reading.goOn;
    };
    const slow = await startStand(db.pool, { whileReading });
    const session = await openSession({ pool: db.pool, rooms: slow.rooms }, ['resident', 'member']);
    const [resident, member] = [session.people[0]!, session.people[1]!];
    const [first, client] = await Promise.all([slow.connected(member), slow.connected(resident)]);
    await first.hear(session, 0);
    let goOn = () => undefined as void;
    Object.assign(reading, { isUnderWay: false, goOn: new Promise<void>((resolve) => (goOn = resolve)) });
    const hearing = client.hear(session, 0);
    await until('what they missed is being read', () => reading.isUnderWay);
    await ask(slow.rooms, session, session.convener, {
      type: 'removeParticipant',
      participantId: resident.id,
      why: '扰乱',
    });
    const toldOf = (type: string) => first.heard.some(({ event }) => event.type === type);
    await until('the other was told of it', () => toldOf('participant:removed'));
    goOn();
    expect(await hearing).toMatchObject({ ok: false, error: { reason: 'REMOVED_FROM_SESSION' } });
    await ask(slow.rooms, session, member, viewCommand('之后'));
    await until('the other heard it', () => toldOf('view:posted'));
    expect(client.heard).toEqual([]);
    await slow.stop();
  });

  it('cuts whoever is removed: nothing after it reaches them, and they cannot come back [G2]', async () => {
    const session = await openSession({ pool: db.pool, rooms: stand.rooms }, ['resident', 'member']);
    const [resident, member] = [session.people[0]!, session.people[1]!];
    const [removed, other] = await Promise.all([stand.connected(resident), stand.connected(member)]);
    const start = (await stand.rooms.current(session.sessionId)).seq;
    await Promise.all([removed, other].map((client) => client.hear(session, start)));
    await Promise.all([
      ask(stand.rooms, session, session.convener, {
        type: 'removeParticipant',
        participantId: resident.id,
        why: '扰乱秩序',
      }),
      ask(stand.rooms, session, member, viewCommand('之后')),
    ]);
    await until('cut', () => !removed.socket.connected);
    await until('the other heard both', () => other.heard.length === 2);
    expect(removed.heard.map(({ event }) => event.type)).not.toContain('view:posted');
    expect(removed.cut).toMatchObject([
      { sessionId: session.sessionId, error: { reason: 'REMOVED_FROM_SESSION' } },
    ]);
    const again = await stand.connected(resident);
    expect(await again.hear(session, 0)).toMatchObject({
      ok: false,
      error: { reason: 'REMOVED_FROM_SESSION' },
    });
    expect(again.heard).toEqual([]);
  });

  it('cuts a sign-in that was revoked: at once when told, by itself when not [G2]', async () => {
    const session = await openSession({ pool: db.pool, rooms: stand.rooms }, ['resident', 'member']);
    const [told, untold] = await Promise.all(session.people.map(stand.connected));
    stand.cuts.cut({ kind: 'sign-in', signInId: session.people[0]!.personId });
    await until('told is cut', () => !told!.socket.connected);
    expect(untold!.socket.connected).toBe(true);
    stand.revoked.add(session.people[1]!.personId);
    await until('untold is cut', () => !untold!.socket.connected);
    expect(untold!.cut).toMatchObject([{ sessionId: null, error: { reason: 'SIGN_IN_REVOKED' } }]);
  });

  it('cuts whoever looks after a draft no more; once it is decided another role goes on hearing [S8] [G2]', async () => {
    const staffIn = async (draft: boolean) => {
      const stage = { pool: db.pool, rooms: stand.rooms };
      const session = await openSession(stage, ['staff'], { open: false, draft });
      const [staff] = session.people;
      const client = await stand.connected(staff!);
      await client.hear(session, (await stand.rooms.current(session.sessionId)).seq);
      const become = async (role: 'member' | 'staff') =>
        await ask(stand.rooms, session, session.convener, {
          type: 'changeParticipant',
          participantId: staff!.id,
          role,
          venueId: 'main',
        });
      await become('member');
      return { session, client, become };
    };
    const [draft, decided] = [await staffIn(true), await staffIn(false)];
    await until('they are told', () => draft.client.cut.length === 1);
    expect(draft.client.cut).toMatchObject([{ error: { reason: 'ROLE_MAY_NOT' } }]);
    await draft.become('staff');
    await decided.become('staff');
    await until('the other heard both', () => decided.client.heard.length === 2);
    expect(decided.client.cut).toEqual([]);
    expect(draft.client.heard).toHaveLength(1);
  });

  it('gives an administrator the ear of their seat from the decision on, or from when they get one [P15] [L6]', async () => {
    const admins = new Set<string>();
    const house = await startStand(db.pool, { admins });
    const office = (session: TestSession, command: Command) =>
      house.rooms.submit({
        sessionId: session.sessionId,
        who: { kind: 'office', office: 'admin' },
        actor: randomUUID(),
        key: randomUUID(),
        command,
      });
    const session = await openSession(
      { pool: db.pool, rooms: house.rooms },
      ['resident', 'resident', 'resident', 'department'],
      { open: false, draft: true },
    );
    const [admin, gone, gone2] = session.people as [Person, Person, Person];
    admins.add(admin.personId);
    const client = await house.connected(admin);
    // Their seat knows nothing of a draft: they hear it as the office.
    expect((await client.hear(session, (await house.rooms.current(session.sessionId)).seq)).ok).toBe(true);
    const remove = ({ id }: Person) =>
      office(session, { type: 'removeParticipant', participantId: id, why: '私下的理由' });
    await office(session, { type: 'submitPlan' });
    // One batch: what is behind the decision is already told to their seat.
    await Promise.all([remove(gone), office(session, { type: 'approvePlan' }), remove(gone2)]);
    await until('they heard all four', () => client.heard.length === 4);
    expect(client.heard.map(({ event }) => ('why' in event ? event.why : null))).toEqual([
      null,
      '私下的理由',
      null,
      '',
    ]);
    await until('they are counted', () => client.presence()?.online === 1);
    await remove(admin);
    await until('they are cut', () => client.cut.length === 1);
    expect(client.cut).toMatchObject([{ error: { reason: 'REMOVED_FROM_SESSION' } }]);
    await house.stop();
  });

  it('gives another audience from the event that changed the role on [L6]', async () => {
    const session = await openSession({ pool: db.pool, rooms: stand.rooms }, [
      'resident',
      'resident',
      'observer',
    ]);
    const [riser, gone, gone2] = [session.people[0]!, session.people[1]!, session.people[2]!];
    const client = await stand.connected(riser);
    const start = (await stand.rooms.current(session.sessionId)).seq;
    await client.hear(session, start);
    const remove = (participantId: Person['id']) =>
      ask(stand.rooms, session, session.convener, {
        type: 'removeParticipant',
        participantId,
        why: '私下的理由',
      });
    await Promise.all([
      remove(gone.id),
      ask(stand.rooms, session, session.convener, {
        type: 'changeParticipant',
        participantId: riser.id,
        role: 'recorder',
        venueId: 'main',
      }),
      remove(gone2.id),
    ]);
    await until('heard three', () => client.heard.length === 3);
    expect(client.heard.map(({ event }) => ('why' in event ? event.why : null))).toEqual([
      '',
      null,
      '私下的理由',
    ]);
  });
});
