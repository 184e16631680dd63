import { randomUUID } from 'node:crypto';
import { roomDoors } from '../core/contract/room.ts';
import { sessionRoutes } from '../core/contract/sessions.ts';
import { ask, inShort } from './ask.ts';
import { REQUESTS } from './matrix-requests.ts';
import type { Knocking, Scene } from './matrix-scene.ts';
import { openText } from './text-socket.ts';

const CLOSED = '410 CLOSED SESSION_CLOSED';

/** Whoever runs a session may do nothing in it any more once it is closed. */
export async function afterTheClose(scene: Scene): Promise<void> {
  const { archived, world } = scene;
  const { browser } = archived.chair;
  const chair: Knocking = { caller: { kind: 'seat', role: 'host' }, name: 'closed', browser };
  const inArchived = { ...scene, stage: archived };
  const wrong: string[] = [];
  const doors = Object.entries({ ...roomDoors, createLink: { route: sessionRoutes.createLink } });
  for (const [name, { route }] of doors) {
    const make = Object.entries(REQUESTS).find(([known]) => known === name)?.[1];
    if (make === undefined) throw new Error(`nobody knows what to send to ${name}`);
    const { params, body } = await make(inArchived, chair, false);
    const came = inShort(await ask(browser, route, { params, body }));
    if (came !== CLOSED) wrong.push(`${name}: ${came}`);
  }
  const sent = `${doors.length} commands to a closed session, as its host`;
  world.book.same('T07', sent, CLOSED, wrong.join('; ') || CLOSED);
  const text = await openText(browser, archived.documentId);
  const came = typeof text === 'number' ? String(text) : await text.write(randomUUID());
  if (typeof text !== 'number') text.close();
  world.book.same('T07', 'an edit of its text', 'TEXT_LOCKED', came);
}
