import { openRoomSocket, type RoomSocket } from './room-socket.ts';
import type { Person, Stage } from './stage.ts';
import { openText, type TextSocket } from './text-socket.ts';
import type { World } from './world.ts';

/** What somebody hears the room and the text with. */
export type Ears = { readonly rooms: readonly RoomSocket[]; readonly texts: readonly TextSocket[] };

/** Both kinds of socket at every address: behind one address, several of them meet several processes. */
export async function openEars(world: World, stage: Stage, { browser }: Person): Promise<Ears> {
  const { urls } = world.options;
  const at =
    urls.length > 1 ? urls : Array.from({ length: world.health.processes > 1 ? 4 : 1 }, () => urls[0] ?? '');
  const rooms: RoomSocket[] = [];
  const texts: TextSocket[] = [];
  for (const url of at) {
    const who = { url, headers: () => ({ ...browser.headers(), origin: url }), tap: browser.tap };
    const room = await openRoomSocket(who);
    const text = await openText(who, stage.documentId);
    if (typeof room === 'string') throw new Error(`not let into the room before: ${room}`);
    if (typeof text === 'number') throw new Error(`not let into the text before: ${text}`);
    const heard = await room.hear(stage.sessionId);
    if (heard !== 'ok') throw new Error(`may not hear before: ${heard}`);
    rooms.push(room);
    texts.push(text);
  }
  return { rooms, texts };
}
