import { randomUUID } from 'node:crypto';
import { roomDoors } from '../core/contract/room.ts';
import { ask, inShort } from './ask.ts';
import { openEars, type Ears } from './ears.ts';
import type { Stage } from './stage.ts';
import { openText } from './text-socket.ts';
import { cameTrue } from '../server/testing/until.ts';
import type { World } from './world.ts';

const HEARD_MS = 5_000;
const KEPT = 'only what was written before';

/**
 * Somebody whose role is lowered to one that may still read keeps the sockets, as rule G2 says: they hear as their new
 * audience from that event on, and may write nothing.
 */
export async function lowered(world: World, stage: Stage): Promise<void> {
  const who = stage.person('lowered');
  const ears = await openEars(world, stage, who);
  const told = (what: string, wanted: string, came: string) =>
    world.book.same('T04', `lowered to observer: ${what}`, wanted, came);
  told('edits before', 'saved', (await ears.texts[0]?.write('之前')) ?? 'no text');
  const change = { type: 'changeParticipant', participantId: who.participantId, venueId: 'main' } as const;
  await stage.does(stage.chair, { ...change, role: 'observer' });
  const { isHeard, isTold } = await removal(stage, ears);
  told('hears on', 'heard', isHeard ? 'heard' : 'not heard');
  told('why somebody was removed', 'hidden', isTold ? 'shown' : 'hidden');
  const words = await Promise.all(ears.texts.map((text) => text.write('之后')));
  told('edits on the open sockets', 'ROLE_MAY_NOT', [...new Set(words)].join(' '));
  const params = { sessionId: stage.sessionId };
  const task = {
    id: randomUUID(),
    department: '甲',
    cooperating: [],
    dueDays: 1,
    task: '乙',
    acceptance: '丙',
  };
  const answer = await ask(who.browser, roomDoors.recordTask.route, { params, body: task });
  told('a command of before', '403 FORBIDDEN ROLE_MAY_NOT', inShort(answer));
  for (const socket of [...ears.rooms, ...ears.texts]) socket.close();
  told('the text holds', KEPT, await textOf(stage));
}

/** Removes somebody for a reason that only the chair's audience is told. */
async function removal(stage: Stage, { rooms }: Ears): Promise<{ isHeard: boolean; isTold: boolean }> {
  const why = `内部原因 ${randomUUID()}`;
  const { participantId } = await stage.guest('resident');
  await stage.does(stage.chair, { type: 'removeParticipant', participantId, why });
  const isHeard = await cameTrue(HEARD_MS, () =>
    rooms.every((room) =>
      room
        .heard(stage.sessionId)
        .some(({ event }) => event.type === 'participant:removed' && event.participantId === participantId),
    ),
  );
  return { isHeard, isTold: rooms.some((room) => JSON.stringify(room.packets).includes(why)) };
}

async function textOf(stage: Stage): Promise<string> {
  const reader = await openText(stage.chair.browser, stage.documentId);
  if (typeof reader === 'number') return `refused with ${reader}`;
  const text = reader.text();
  reader.close();
  return text.includes('之前') && !text.includes('之后') ? KEPT : text;
}
