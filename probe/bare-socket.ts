import { WebSocket } from 'ws';
import type { Knocker } from './ask.ts';
import { cameTrue } from '../server/testing/until.ts';

/** How long a frame has to show what it does. */
const LOOK_MS = 250;

/** A WebSocket to Socket.io's address that knows nothing of Socket.io; null when it was refused. */
export async function openBare(
  who: Knocker,
  path = '/socket.io/?EIO=4&transport=websocket',
): Promise<WebSocket | null> {
  const socket = new WebSocket(`${who.url.replace(/^http/, 'ws')}${path}`, {
    headers: who.headers(),
    perMessageDeflate: false,
  });
  // A connection that is cut shows as closed.
  socket.on('error', () => undefined);
  return await new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('close', () => resolve(null));
  });
}

/** Connects as Socket.io does, sends one frame, and waits whether that was the end of it. */
export async function makeBareSocket(
  who: Knocker,
  frame: string | Buffer,
): Promise<'ended' | 'open' | 'refused'> {
  const socket = await openBare(who);
  if (socket === null) return 'refused';
  const isConnected = new Promise<boolean>((resolve) => {
    socket.on('message', (data) => {
      if (data instanceof Buffer && data.toString('utf8').startsWith('40')) resolve(true);
    });
    socket.once('close', () => resolve(false));
  });
  socket.send('40');
  if (!(await isConnected)) return 'ended';
  socket.send(frame);
  const isEnded = await cameTrue(LOOK_MS, () => socket.readyState === WebSocket.CLOSED);
  socket.terminate();
  return isEnded ? 'ended' : 'open';
}
