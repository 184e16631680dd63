import { CommandReply } from '../../core/contract/door.ts';
import { roomDoors, type RoomDoor } from '../../core/contract/room.ts';
import type { BodyOf, ParamsOf, Route } from '../../core/contract/route.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { call, newId } from '../lib/api.ts';

type Empty = Record<string, never>;
type RouteOf<D extends RoomDoor> = (typeof roomDoors)[D]['route'];
type Params<D extends RoomDoor> = Omit<ParamsOf<RouteOf<D>>, 'sessionId'>;
type WithParams<P> = keyof P extends never ? { readonly params?: Empty } : { readonly params: P };
// -- a body of several shapes is one body: asked whole, not shape by shape.
type WithBody<B> = [B] extends [Empty] ? { readonly body?: Empty } : { readonly body: B };

/** What a door of the room needs beside the session. */
export type DoorInput<D extends RoomDoor> = WithParams<Params<D>> & WithBody<BodyOf<RouteOf<D>>>;

/** Knocks at a door of the room. Throws ApiError. */
export async function knock(
  sessionId: SessionId,
  door: string,
  letter: {
    readonly params?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly key?: string;
  },
): Promise<CommandReply> {
  const found = Object.entries(roomDoors).find(([name]) => name === door);
  if (found === undefined) throw new Error(`no such door: ${door}`);
  const route: Route = found[1].route;
  const reply = await call(route, {
    params: { ...letter.params, sessionId },
    query: {},
    body: letter.body ?? {},
    key: letter.key ?? newId(),
  });
  return CommandReply.parse(reply);
}
