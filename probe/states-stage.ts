import { randomUUID } from 'node:crypto';
import { ParticipantId, PersonId, SessionId } from '../core/domain/ids.ts';
import { ROLES, type Role } from '../core/domain/people.ts';
import type { SessionState } from '../core/domain/sessions.ts';
import { createRates } from '../server/http/rates.ts';
import { testDatabase } from '../server/testing/test-database.ts';
import { buildHouse, PASSWORD } from '../server/testing/test-house.ts';
import { browser, testServer, type Browser } from '../server/testing/test-server.ts';
import { planOf } from './stage.ts';

/** Somebody with a seat, by their role, and the two offices. */
export type Asker = Role | 'office admin' | 'office staff';

/** What leads a session of the convener's to a state, behind its plan. */
type Step = { readonly by: Asker; readonly at: string; readonly method?: 'PUT'; readonly body?: unknown };
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();
const host = (at: string, body: unknown = {}): Step => ({ by: 'host', at, body });
const OPEN: readonly Step[] = [host('enter'), host('open', { why: '检验' })];

const COURSES: Readonly<Record<SessionState, readonly Step[]>> = {
  draft: [],
  in_review: [],
  returned: [{ by: 'office admin', at: 'return', body: { why: '检验' } }],
  collecting: [{ by: 'convener', at: 'collecting', method: 'PUT', body: { until: tomorrow() } }],
  scheduled: [],
  in_session: OPEN,
  paused: [...OPEN, host('pause')],
  adjourned: [...OPEN, host('adjourn', { until: tomorrow() })],
  drafting: [...OPEN, host('end')],
  confirming: [...OPEN, host('end'), host('text/settle', { why: '检验' })],
  archived: [...OPEN, host('close')],
  cancelled: [{ by: 'convener', at: 'cancel', body: { why: '检验' } }],
  aborted: [...OPEN, host('abort', { why: '检验' })],
};

/** A server on a real database with somebody of every role, signed in, who makes sessions in any state. */
export async function openStatesStage() {
  const db = await testDatabase();
  // How often somebody may ask is not what is asked here.
  const server = await testServer(db, { rates: { ...createRates(null), spend: async () => undefined } });
  const house = await buildHouse(db.prisma);
  const { passwordHash } = await db.prisma.person.findUniqueOrThrow({
    where: { id: house.personIds['admin'] ?? '' },
  });
  const seated = await Promise.all(
    ROLES.map(async (role) => {
      const personId = PersonId.parse(randomUUID());
      const login = `${role}-seat-${house.suffix}`;
      const data = { id: personId, orgId: house.orgId, name: `人 ${role}`, login, passwordHash };
      await db.prisma.person.create({ data });
      if (role === 'convener')
        await db.prisma.studioMember.create({
          data: { studioId: house.studioId, personId, isConvener: true },
        });
      return { role, personId, login };
    }),
  );
  const signedIn = async (login: string): Promise<Browser> => {
    const one = browser(server.url);
    const { status } = await one.send('POST', '/api/sign-in', { login, password: PASSWORD });
    if (status !== 200) throw new Error(`${login} could not sign in: ${status}`);
    return one;
  };
  const browsers = new Map<Asker, Browser>();
  for (const { role, login } of seated) browsers.set(role, await signedIn(login));
  for (const office of ['admin', 'staff'] as const)
    browsers.set(`office ${office}`, await signedIn(`${office}-${house.suffix}`));
  const as = (asker: Asker): Browser => browsers.get(asker) ?? browser(server.url);

  const seats = new Map<SessionId, ReadonlyMap<Role, ParticipantId>>();
  const make = async (state: SessionState, adminAs?: Role): Promise<SessionId> => {
    const id = SessionId.parse(randomUUID());
    const admin = PersonId.parse(house.personIds['admin']);
    const beside = adminAs === undefined ? [] : [{ role: adminAs, personId: admin }];
    const roll = [...beside, ...seated].map(({ role, personId }) => ({
      id: ParticipantId.parse(randomUUID()),
      role,
      name: `称呼 ${role}`,
      affiliation: '',
      venueId: 'main',
      personId,
    }));
    const begins =
      state === 'draft' ? 'draft' : state === 'in_review' || state === 'returned' ? 'in_review' : undefined;
    const hostId = roll.find(({ role }) => role === 'host')?.id ?? null;
    const plan = planOf(id, '各状态');
    const body = { plan, studioId: house.studioId, startsAt: null, roll, hostId };
    await must(
      as('convener'),
      'POST',
      '/api/sessions',
      begins === undefined ? body : { ...body, as: begins },
    );
    for (const { by, at, method = 'POST', body: said } of COURSES[state])
      await must(as(by), method, `/api/sessions/${id}/${at}`, said ?? {});
    seats.set(id, new Map(roll.map((seat) => [seat.role, seat.id])));
    return id;
  };
  return {
    db,
    as,
    /** A session in a state; the administrator has a seat of a role in it, or none. */
    make,
    /** The seat of a role in a session that was made here. */
    seatOf: (sessionId: SessionId, role: Role) => seats.get(sessionId)?.get(role),
    personOf: (role: Role) => seated.find((one) => one.role === role)?.personId ?? '',
    close: async () => {
      await server.close();
      await db.drop();
    },
  };
}

async function must(one: Browser, method: string, path: string, body: unknown): Promise<void> {
  const answer = await one.send(method, path, body);
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
}
