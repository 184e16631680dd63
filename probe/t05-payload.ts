import { accountRoutes } from '../core/contract/accounts.ts';
import { ALL_ROUTES } from '../core/contract/api.ts';
import { ask, fetched, freshKey, inShort } from './ask.ts';
import { bodyOf } from './t08-calls.ts';
import { makeStage, type Person, type Stage } from './stage.ts';
import type { World } from './world.ts';

/** What somebody would add who hopes that what they send is stored as it is. */
const BETTER = {
  role: 'host',
  isHost: true,
  isAdmin: true,
  office: 'admin',
  orgId: null,
  by: 'admin',
  personId: null,
  participantId: null,
  userId: 1,
} as const;

/** Rights are where the server wrote them down: nothing that one sends adds to them. */
export async function rightsByPayload(world: World): Promise<void> {
  const cast = { host: 'host', member: 'member', resident: 'resident' } as const;
  const stage = await makeStage(world, { title: 'T05', cast, opens: true, purpose: 'payload' });
  for (const alias of ['member', 'resident']) {
    const who = stage.person(alias);
    const before = await standing(who, stage);
    await addedFields(world, who, stage);
    await addedHeaders(world, who);
    world.book.same('T05', `what the ${alias} is, after all of it`, before, await standing(who, stage));
  }
  await forgedTokens(world);
}

/** What somebody is, as the server says it. */
async function standing({ browser, participantId }: Person, { sessionId }: Stage): Promise<string> {
  const me = await ask(browser, accountRoutes.me);
  const { url, headers } = browser;
  const room = await fetched(`${url}/api/sessions/${sessionId}/snapshot`, { headers: headers() });
  const { participants } = JSON.parse(room.text).room;
  const { role, removedAt } = participants[participantId];
  return JSON.stringify([me.text, role, removedAt]);
}

/** Every door that takes a body, with each field that would raise its sender: refused, or not even listened to. */
async function addedFields(world: World, { browser, role }: Person, { sessionId }: Stage): Promise<void> {
  const doors = Object.values(ALL_ROUTES).filter(
    ({ method, path, file }) => method !== 'GET' && file !== 'in' && !path.includes('/sign-'),
  );
  const taken: string[] = [];
  for (const route of doors) {
    const name = `${route.method} ${route.path}`;
    const known = bodyOf(name, sessionId);
    const body = { ...(typeof known === 'object' ? known : {}), ...BETTER };
    const answer = await fetched(`${browser.url}${anywhere(route.path, sessionId)}`, {
      method: route.method,
      headers: { ...browser.headers(), 'content-type': 'application/json', 'idempotency-key': freshKey() },
      body: JSON.stringify(body),
    });
    if (!['400', '403', '404'].some((status) => inShort(answer).startsWith(status)))
      taken.push(`${name}: ${inShort(answer)}`);
  }
  const right = 'refused everywhere';
  const sent = `${Object.keys(BETTER).join(', ')} added at ${doors.length} doors, as ${role}`;
  world.book.same('T05', sent, right, taken.join('; ') || right);
}

/** The path with the session, and with ids of nothing for everything else. */
function anywhere(path: string, sessionId: string): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) =>
    name === 'sessionId' ? sessionId : '00000000-0000-4000-8000-000000000000',
  );
}

const HEADERS = [
  { 'x-user-id': '1' },
  { 'x-forwarded-user': 'admin' },
  { 'x-remote-user': 'admin' },
  { 'x-role': 'host', 'x-office': 'admin' },
  { 'x-original-url': '/api/accounts', 'x-rewrite-url': '/api/accounts' },
  { 'x-http-method-override': 'DELETE' },
] as const;

async function addedHeaders(world: World, { browser, role }: Person): Promise<void> {
  const before = await ask(browser, accountRoutes.me);
  for (const headers of HEADERS) {
    const after = await fetched(`${browser.url}/api/me`, { headers: { ...browser.headers(), ...headers } });
    const sent = `GET /api/me with ${Object.keys(headers).join(', ')}, as ${role}`;
    world.book.same('T05', sent, before.text, after.text);
  }
}

/** There are no tokens that say who one is: whatever looks like one is nobody. */
async function forgedTokens(world: World): Promise<void> {
  const [url = ''] = world.options.urls;
  const cookie = world.admin.headers()['cookie']?.split('=')[0] ?? '';
  const claims = { sub: 'admin', role: 'host', office: 'admin', exp: 4_102_444_800 };
  const signed = (header: object, signature: string) =>
    [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') +
    `.${signature}`;
  const tokens = {
    'alg none': signed({ alg: 'none', typ: 'JWT' }, ''),
    'a made-up signature': signed({ alg: 'HS256', typ: 'JWT' }, 'AAAA'),
    'a key of its own': signed({ alg: 'HS256', typ: 'JWT', jku: 'http://127.0.0.1:9/jwks' }, 'AAAA'),
  };
  for (const [what, token] of Object.entries(tokens))
    for (const headers of [{ authorization: `Bearer ${token}` }, { cookie: `${cookie}=${token}` }]) {
      const answer = await fetched(`${url}/api/me`, { headers });
      const sent = `GET /api/me with a token, ${what}, as ${Object.keys(headers).join('')}`;
      world.book.same('T05', sent, '401 UNAUTHENTICATED', inShort(answer).split(' ').slice(0, 2).join(' '));
    }
}
