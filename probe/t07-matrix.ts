import { z } from 'zod';
import { ACCESS, refusalAt, type Gate } from '../core/contract/access.ts';
import { ALL_ROUTES } from '../core/contract/api.ts';
import { RATES } from '../core/contract/limits.ts';
import type { Route } from '../core/contract/route.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { ask, fetched, type Answer } from './ask.ts';
import { REQUESTS } from './matrix-requests.ts';
import { openScene, setConvener, type Knocking, type Scene } from './matrix-scene.ts';
import { afterTheClose } from './t07-closed.ts';
import { socketMatrix } from './t07-sockets.ts';
import { pause } from './wait.ts';
import type { World } from './world.ts';

const Described = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string() }))),
});
const gates = new Map<string, Gate>(Object.entries(ACCESS));
/** Doors that are tried with an empty body: whoever is told of its fields is past the door, and no password is tried. */
const PASSWORDS = ['signIn', 'changePassword'];
/** After as long nobody's commands are counted any more. */
const RATE_WINDOW_MS = 1_000 * RATES.command.windowSeconds;
const makers = new Map(Object.entries(REQUESTS));

/** Every route and every socket name as every caller, held against the published matrix. */
export async function wholeMatrix(world: World): Promise<void> {
  const names = await routesOf(world);
  const scene = await openScene(world);
  if (scene.world.staff === null) world.book.told('T07', 'the column “office staff”', 'left out: no --staff');
  try {
    const before = await traces(scene);
    for (const name of names) await tryRoute(scene, name, 'refused');
    world.book.same('T07', 'traces of everything that was refused', before, await traces(scene));
    for (const name of names) await tryRoute(scene, name, 'let in');
    await socketMatrix(scene);
    await afterTheClose(scene);
  } finally {
    await setConvener(world, false);
  }
}

/** What the server itself says it answers to: each must stand in the matrix. */
async function routesOf({ options, book }: World): Promise<string[]> {
  const answer = await fetched(`${options.urls[0]}/api/openapi.json`, {});
  const { paths } = Described.parse(JSON.parse(answer.text));
  const routes = Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, { operationId }]) => ({
      operationId,
      at: `${verb.toUpperCase()} ${path}`,
    })),
  );
  const unknown = routes.filter(({ operationId }) => !gates.has(operationId)).map(({ at }) => at);
  book.same(
    'T07',
    `${routes.length} routes of /api/openapi.json that the matrix lacks`,
    'none',
    unknown.join(' ') || 'none',
  );
  const published = new Set(routes.map(({ operationId }) => operationId));
  const silent = [...gates.keys()].filter((name) => !published.has(name));
  book.same('T07', 'rows of the matrix that /api/openapi.json lacks', 'none', silent.join(' ') || 'none');
  // In the order of the contract: a poll is opened before it is closed.
  return Object.keys(ALL_ROUTES).filter((name) => published.has(name));
}

async function tryRoute(scene: Scene, name: string, wanted: 'refused' | 'let in'): Promise<void> {
  const [route, gate] = [ALL_ROUTES[name], gates.get(name)];
  if (route === undefined || gate === undefined) return;
  const wrong: string[] = [];
  const isWanted = ({ caller }: Knocking) => (refusalAt(gate, caller) === null) === (wanted === 'let in');
  const knocking = scene.knocking.filter(isWanted);
  const knockAs = async (who: Knocking) => {
    const right = refusalAt(gate, who.caller) ?? 'let in';
    const came = await knock(scene, { name, route, who });
    if (came !== right) wrong.push(`${who.name}: ${came}, not ${right}`);
  };
  // Whoever is refused changes nothing and is in nobody's way; the others take their turns.
  if (wanted === 'refused') await Promise.all(knocking.map(knockAs));
  else for (const who of knocking) await knockAs(who);
  const tried = knocking.length;
  if (tried === 0) return;
  const sent = `${route.method} ${route.path} as ${tried} who must be ${wanted}`;
  scene.world.book.same('T07', sent, `${tried} ${wanted}`, wrong.join('; ') || `${tried} ${wanted}`);
}

async function knock(
  scene: Scene,
  { name, route, who }: { name: string; route: Route; who: Knocking },
): Promise<string> {
  const isLetIn = refusalAt(gates.get(name) ?? { to: 'anybody' }, who.caller) === null;
  const { browser = who.browser, ...asked } = (await makers.get(name)?.(scene, who, isLetIn)) ?? {};
  const answer = await askInTime(browser, route, asked);
  return PASSWORDS.includes(name) && answer.error?.code === 'INVALID' ? 'let in' : classOf(answer);
}

/** How often somebody may ask is not what is asked here: whoever is told to wait asks again. */
async function askInTime(...asked: Parameters<typeof ask>): Promise<Answer> {
  const answer = await ask(...asked);
  if (answer.error?.code !== 'RATE_LIMITED') return answer;
  await pause(Number(answer.error.details['retryAfterMs'] ?? RATE_WINDOW_MS));
  return await ask(...asked);
}

function classOf({ status, error }: Answer): string {
  return error?.code ?? (status === 200 ? 'let in' : `status ${status}`);
}

/** What somebody who was refused might have left behind, as the host and the office see it. */
async function traces({ stage, world }: Scene): Promise<string> {
  const params = { sessionId: stage.sessionId };
  const { room } = await stage.chair.browser.call(sessionRoutes.getSnapshot, { params });
  const { links } = await world.admin.call(sessionRoutes.listLinks, { params });
  const { accounts } = await world.admin.call(sessionRoutes.listAccounts, {});
  return `event ${room.seq}, ${links.filter((link) => link.revokedAt === null).length} links, ${accounts.length} accounts`;
}
