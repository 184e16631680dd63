import { io } from 'socket.io-client';
import type { Presence } from '../core/contract/socket.ts';
import type { Troupe } from '../load/troupe.ts';
import { cameTrue } from '../server/testing/until.ts';

/**
 * How long until somebody who comes in now is told that everybody is there, themselves too; null when they never are.
 * Coming in asks for a count: what they are told is no older than they are.
 */
export async function everybodyIsCounted(
  { stage, people }: Troupe,
  door: string,
  mostMs: number,
): Promise<number | null> {
  const { chair, sessionId } = stage;
  let last: Presence | undefined;
  const socket = io(door, {
    transports: ['websocket'],
    extraHeaders: { ...chair.headers(), origin: door },
    forceNew: true,
  });
  socket.on('connect', () => socket.emit('room:hear', { sessionId, after: 0 }, () => undefined));
  socket.on('room:presence', (presence: Presence) => {
    last = presence;
  });
  const began = performance.now();
  const isTrue = () => last?.exact === true && last.online === people.length + 1;
  try {
    return (await cameTrue(mostMs, isTrue)) ? performance.now() - began : null;
  } finally {
    socket.disconnect();
  }
}
