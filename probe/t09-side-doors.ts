import { randomUUID } from 'node:crypto';
import { ALL_ROUTES } from '../core/contract/api.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { SessionId, ViewId } from '../core/domain/ids.ts';
import { fetched, freshKey, type Knocker } from './ask.ts';
import { makeStage, planOf, type Stage } from './stage.ts';
import { privateThings } from './t09-private-things.ts';
import type { World } from './world.ts';

/** Pages that other programs have had, and through which what was hidden came out. */
const PAGES = [
  '/',
  '/archive',
  '/sessions',
  '/sitemap.xml',
  '/robots.txt',
  '/feed',
  '/rss',
  '/atom.xml',
  '/search?q=',
  '/api/search?q=',
  '/api/archives',
  '/api/sessions?search=',
  '/api/openapi.json',
  '/healthz',
  '/metrics',
];
/** And of one session. */
const ROOM_PAGES = ['', '?print=1', '/embed', '/print', '/export', '/archive', '/wall', '/feed'];

/** A private session and a draft, full of a word: nobody outside finds the word, its title, or one session more. */
export async function sideDoors(world: World): Promise<void> {
  const word = `zqx-private-${randomUUID().slice(0, 8)}`;
  const cast = { host: 'host', member: 'member', resident: 'resident' } as const;
  const open = await makeStage(world, { title: 'T09 公开', cast, opens: true, purpose: 'x' });
  const outsiders: (readonly [string, Knocker])[] = [
    ['nobody', world.browser()],
    ['a guest of another session', open.person('resident').browser],
    ['a member of another session', open.person('member').browser],
    ...(world.staff === null ? [] : [['staff of the office', world.staff] as const]),
  ];
  const before = await Promise.all(outsiders.map(([, who]) => counted(who)));
  const { stage: inside, viewId } = await privateSession(world, word);
  const hidden = [inside.sessionId, await draftOf(world, word)];
  await control(world, inside, word);
  for (const [n, [name, who]] of outsiders.entries()) {
    const hits: string[] = [];
    const addresses = hidden.flatMap((id) => addressesOf(id, open, word));
    for (const address of new Set(addresses)) {
      const answer = await fetched(`${who.url}${address}`, { headers: who.headers() });
      if (answer.text.includes(word)) hits.push(`${address.replace(word, '…')}: ${answer.status}`);
    }
    const sent = `a private session and a draft, at ${new Set(addresses).size} addresses, as ${name}`;
    world.book.same('T09', sent, 'no hits', hits.join('; ') || 'no hits');
    // The office plans drafts: its list of them grows by the draft, and by nothing else.
    const more = name === 'staff of the office' ? 1 : 0;
    const after = await counted(who);
    const grown = after.reduce((sum, count, list) => sum + count - (before[n]?.[list] ?? 0), 0);
    world.book.judged('T09', `lists, as ${name}`, {
      wanted: `no more than before${more === 0 ? '' : ', but for the draft'}`,
      came: `${grown} more`,
      passed: grown <= more,
    });
  }
  await privateThings(world, { inside, viewId });
}

/** Whoever is on the roll does find the word: a search that finds nothing anywhere says nothing. */
async function control(world: World, { sessionId, person }: Stage, word: string): Promise<void> {
  const { url, headers } = person('member').browser;
  const found: string[] = [];
  for (const address of ['/api/sessions', `/api/sessions/${sessionId}/snapshot`])
    if ((await fetched(`${url}${address}`, { headers: headers() })).text.includes(word)) found.push(address);
  world.book.same(
    'T09',
    'the same word, looked for by a member of the private session',
    '2',
    `${found.length}`,
  );
}

/** How long each list is that somebody may ask for. */
async function counted(who: Knocker): Promise<readonly number[]> {
  const lists = Object.values(ALL_ROUTES).filter(
    ({ method, path }) => method === 'GET' && !path.includes(':'),
  );
  return await Promise.all(
    lists.map(async ({ path }) => {
      const { text } = await fetched(`${who.url}${path}`, { headers: who.headers() });
      return (text.match(/"(?:id|sessionId)":/g) ?? []).length;
    }),
  );
}

function addressesOf(id: SessionId, open: Stage, word: string): string[] {
  const reads = Object.values(ALL_ROUTES).filter(({ method }) => method === 'GET');
  const at = (path: string, sessionId: string) =>
    `${path.replace(':sessionId', sessionId).replaceAll(/:(\w+)/g, randomUUID())}?after=0&q=${word}`;
  return [
    ...PAGES.map((page) => (page.endsWith('=') ? `${page}${word}` : page)),
    ...ROOM_PAGES.flatMap((page) => [`/sessions/${id}${page}`, `/archive/${id}${page}`, `/embed/${id}`]),
    ...reads.map(({ path }) => at(path, id)),
    // Also where they may read: nothing of one session is found in another.
    ...reads.filter(({ path }) => path.includes(':sessionId')).map(({ path }) => at(path, open.sessionId)),
  ];
}

async function privateSession(world: World, word: string): Promise<{ stage: Stage; viewId: ViewId }> {
  const cast = { host: 'host', member: 'member' } as const;
  const wish = { title: word, cast, opens: true, purpose: 'private', plan: { isPrivate: true as const } };
  const stage = await makeStage(world, wish);
  const view = { id: ViewId.parse(randomUUID()), stance: 'info' as const, text: word, replyTo: null };
  await stage.does(stage.person('member'), { type: 'postView', view });
  return { stage, viewId: view.id };
}

async function draftOf(world: World, word: string): Promise<SessionId> {
  const id = SessionId.parse(randomUUID());
  const plan = { ...planOf(id, '草稿'), background: word };
  const body = {
    plan,
    studioId: world.studioId,
    startsAt: null,
    roll: [],
    hostId: null,
    as: 'draft' as const,
  };
  await world.admin.call(sessionRoutes.planSession, { body, key: freshKey() });
  return id;
}
