import { randomUUID } from 'node:crypto';
import { fetched, inShort } from './ask.ts';
import { makeStage, type Stage } from './stage.ts';
import type { World } from './world.ts';

type Shape = {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly as: 'nobody' | 'member' | 'admin';
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly wanted?: string;
};

const INVALID = '400 INVALID';

/** Objects and lists where a word is expected, missing and doubled fields, and names that JavaScript knows. */
export async function wrongShapes(world: World): Promise<void> {
  const cast = { host: 'host', member: 'member' } as const;
  const stage = await makeStage(world, { title: 'T25', cast, opens: true, purpose: 'shapes' });
  const { personId } = await world.account('spare');
  for (const shape of [
    ...atSignIn(),
    ...atLinks(),
    ...inPaths(stage),
    ...inBodies(stage),
    ...inAccounts(personId),
  ])
    await send(world, stage, shape);
  await wrongCookies(world);
}

async function send(world: World, stage: Stage, shape: Shape): Promise<void> {
  const { what, method, path, body, as, type = 'application/json', headers = {}, wanted = INVALID } = shape;
  const [url = ''] = world.options.urls;
  const who = { nobody: world.browser(), member: stage.person('member').browser, admin: world.admin }[as];
  const answer = await fetched(`${url}${path}`, {
    method,
    headers: { ...who.headers(), 'content-type': type, 'idempotency-key': randomUUID(), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const came = inShort(answer);
  const name = `${method} ${path.replace(/[0-9a-f-]{36}/g, '…')} ${what}`;
  world.book.judged('T25', name, {
    wanted,
    came,
    passed: came.startsWith(wanted) && !hasCookie(answer.headers),
  });
}

function hasCookie(headers: Headers): boolean {
  return headers.getSetCookie().length > 0;
}

const post = (path: string, as: Shape['as']) => (body: string) => {
  return { what: body.slice(0, 90), method: 'POST', path, body, as } satisfies Shape;
};

function atSignIn(): Shape[] {
  const bodies = [
    '{"login":{"not":""},"password":{"not":""}}',
    '{"login":"probe-nobody","password":{"not":""}}',
    '{"login":{"contains":"a"},"password":"x"}',
    '{"login":["probe-nobody"],"password":["x"]}',
    '{"login":"probe-nobody","password":null}',
    '{"login":"probe-nobody"}',
    '{"password":"x"}',
    '{"login":true,"password":1}',
    '{"where":{}}',
    '{"OR":[{},{}]}',
    '{"login":"probe-nobody","password":"x","office":"admin"}',
    '{"login":"probe-nobody","password":"x","__proto__":{"office":"admin"}}',
    '{"login":"probe-nobody","password":"x","constructor":{"prototype":{"office":"admin"}}}',
    '{"login":"","password":""}',
    '{}',
    'null',
    '[]',
    '"admin"',
    '{"login":"probe-nobody","password":',
  ];
  const path = '/api/sign-in';
  const form = { what: 'as a form', method: 'POST', path, as: 'nobody' as const };
  return [
    ...bodies.map(post(path, 'nobody')),
    { ...form, type: 'application/x-www-form-urlencoded', body: 'login[not]=&password[not]=' },
    { ...form, type: 'text/plain', body: '{"login":"probe-nobody","password":"x"}' },
    {
      ...form,
      what: 'in UTF-7',
      type: 'application/json; charset=utf-7',
      body: '{"login":"probe-nobody","password":"x"}',
    },
    { ...form, what: 'said to be compressed', headers: { 'content-encoding': 'gzip' }, body: '{}' },
    { ...form, what: 'with its fields in the query', path: `${path}?login[not]=&password[not]=`, body: '{}' },
  ];
}

function atLinks(): Shape[] {
  const preview = [
    '{"token":{"startsWith":"a"}}',
    '{"token":["a"]}',
    '{"token":null}',
    '{}',
    '{"where":{}}',
    '{"id":{"not":""}}',
  ];
  const join = [
    '{"token":{"not":""},"key":{"not":""},"consent":true,"name":"","venueId":null}',
    '{"consent":true}',
    `{"token":"${'a'.repeat(43)}","key":"${'k'.repeat(22)}","consent":"true","name":"","venueId":null}`,
    `{"token":"${'a'.repeat(43)}","key":"${'k'.repeat(22)}","consent":true,"name":{"set":"x"},"venueId":null}`,
    `{"token":"${'a'.repeat(43)}","key":"${'k'.repeat(22)}","consent":true,"name":"","venueId":null,"role":"host"}`,
  ];
  return [...preview.map(post('/api/join/preview', 'nobody')), ...join.map(post('/api/join', 'nobody'))];
}

function inPaths({ sessionId }: Stage): Shape[] {
  const ids = [
    'undefined',
    'null',
    'NaN',
    '*',
    '%00',
    '%5Bobject%20Object%5D',
    '%7B%22not%22%3A%22%22%7D',
    "1'%20OR%20'1'%3D'1",
    sessionId.toUpperCase(),
    `${sessionId}%20`,
    `${sessionId}%00`,
    '__proto__',
    'constructor',
    'a'.repeat(3_000),
  ];
  const queries = [
    '',
    '?after=undefined',
    '?after=NaN',
    '?after=-1',
    '?after=1.5',
    '?after=Infinity',
    '?after=1&after=2',
    '?after[gt]=0',
    '?after[]=0',
    '?after=0&id=1&id=2',
    '?after=0&__proto__[admin]=1',
    '?after=0&where={}',
    '?after=99999999999999999999',
  ];
  const events = `/api/sessions/${sessionId}/events`;
  const get = (path: string) => ({ what: '', method: 'GET', path, as: 'member' }) satisfies Shape;
  return [
    ...ids.map((id) => get(`/api/sessions/${id}`)),
    ...queries.map((query) => get(`${events}${query}`)),
    { ...get('/api/sessions/%E0%A4%A'), what: 'which is no UTF-8' },
    { ...get(`${events}?after=0`), what: 'by POST', method: 'POST', body: '{}', wanted: '404 NOT_FOUND' },
  ];
}

function inBodies({ sessionId }: Stage): Shape[] {
  const id = `"id":"${randomUUID()}"`;
  const views = [
    '{"id":{"not":""},"stance":"info","text":"x","replyTo":null}',
    `{${id},"stance":["info"],"text":"x","replyTo":null}`,
    `{${id},"stance":"info","text":{"contains":""},"replyTo":null}`,
    `{${id},"stance":"info","text":"x","replyTo":{}}`,
    `{${id},"stance":"info","text":"x"}`,
    `{${id},"stance":"info","text":"x","replyTo":null,"by":"${randomUUID()}"}`,
    `{${id},"stance":"info","text":"x","replyTo":null,"__proto__":{"role":"host"}}`,
    `{${id},"stance":"info","text":"x","replyTo":null,"seq":1}`,
    `{${id},"stance":"toString","text":"x","replyTo":null}`,
    `{${id},"stance":"info","text":"a\\u0000b","replyTo":null}`,
    `{${id},"stance":"info","text":"\\ud800","replyTo":null}`,
  ];
  const ballots = [
    '{"choices":{"in":["yes"]},"scores":null}',
    '{"choices":"yes","scores":null}',
    '{"choices":["yes"],"scores":{"__proto__":1}}',
    '{"choices":["yes"],"scores":null,"weight":100}',
    '{"choices":[null],"scores":null}',
  ];
  const session = `/api/sessions/${sessionId}`;
  const ballot = `${session}/polls/${randomUUID()}/ballot`;
  const view = views[0] ?? '';
  return [
    ...views.map(post(`${session}/views`, 'member')),
    ...ballots.map((body) => ({ ...post(ballot, 'member')(body), method: 'PUT' })),
    {
      ...post(`${session}/views`, 'member')(view),
      what: 'with two keys',
      headers: { 'idempotency-key': 'aaaaaaaa, bbbbbbbb' },
    },
    {
      ...post(`${session}/views`, 'member')(view),
      what: 'without a key',
      headers: { 'idempotency-key': '' },
    },
  ];
}

function inAccounts(personId: string): Shape[] {
  const bodies = [
    '{"name":{"set":"x"}}',
    '{"password":{"set":"xxxxxxxxxxxx"}}',
    '{"office":"admin"}',
    '{"isDisabled":"false"}',
    '{"orgId":{"not":""}}',
    '{"signIns":{"deleteMany":{}}}',
    '{"id":"x","where":{}}',
  ];
  const path = `/api/accounts/${personId}`;
  return bodies.map((body) => ({ ...post(path, 'admin')(body), method: 'PATCH' }));
}

/** A cookie is a word as well. */
async function wrongCookies(world: World): Promise<void> {
  const [url = ''] = world.options.urls;
  const name = world.admin.headers()['cookie']?.split('=')[0] ?? '';
  const values = [
    '',
    'undefined',
    'null',
    '%00',
    '[object Object]',
    '{"not":""}',
    'j:{"not":""}',
    '__proto__',
    'a'.repeat(4_000),
  ];
  const cookies = [
    ...values.map((value) => `${name}=${value}`),
    `${name}[not]=`,
    `${name}=x; ${name}=y`,
    name,
    `=${name}`,
    `${name}=%E0%A4%A`,
  ];
  for (const cookie of cookies) {
    const answer = await fetched(`${url}/api/me`, { headers: { cookie } });
    const came = inShort(answer);
    const wanted = '401 UNAUTHENTICATED';
    world.book.judged('T25', `GET /api/me with the cookie ${cookie.slice(0, 60)}`, {
      wanted,
      came,
      passed: came.startsWith(wanted),
    });
  }
}
