import { publicationRoutes } from '../core/contract/publication.ts';
import type { BodyOf } from '../core/contract/route.ts';
import type { Scene } from './matrix-scene.ts';

type Act = BodyOf<typeof publicationRoutes.publishPage>;

/** What can be done next about the public page of the archived session, by whoever comes. */
export async function nextAct(scene: Scene): Promise<Act> {
  const { acts } = await deskOf(scene);
  const after = acts.length;
  const last = acts[after - 1]?.act ?? 'withdrawn';
  return last === 'withdrawn' ? { act: 'asked', after } : { act: 'withdrawn', after, why: '检验' };
}

/** The address of its page, asked for by the chair and released by the administrator. */
export async function releasedPage(scene: Scene): Promise<string> {
  const { archived, world } = scene;
  const params = { sessionId: archived.sessionId };
  const route = publicationRoutes.publishPage;
  const { acts } = await deskOf(scene);
  const last = acts[acts.length - 1]?.act;
  if (last === 'asked') await world.admin.call(route, { params, body: await nextAct(scene) });
  if (last !== 'released') {
    await archived.chair.browser.call(route, { params, body: await nextAct(scene) });
    const { acts: now, seen } = await deskOf(scene);
    await world.admin.call(route, { params, body: { act: 'released', after: now.length, seen } });
  }
  const { slug } = await world.admin.call(publicationRoutes.getPublication, { params });
  return slug ?? '';
}

async function deskOf({ archived, world }: Scene) {
  const params = { sessionId: archived.sessionId };
  const { desk } = await world.admin.call(publicationRoutes.getPublication, { params });
  if (desk === null) throw new Error('the archived session has no public page');
  return desk;
}
