import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { COLLAB_MESSAGE } from '../core/contract/collab.ts';
import { CLOSE } from '../core/contract/errors.ts';
import { chanceOf } from '../load/chance.ts';
import { isUnreadable, mischiefMaker } from '../server/testing/malformed.ts';

/**
 * A crowd in a program of its own, so that whoever is measured beside it shares no loop with it. It says when it is
 * there, is told by its parent where to go and how often, and answers each time with what came of it.
 */
const Order = z.strictObject({
  url: z.string(),
  /** Whose cookies it has: each of them knocks in turn. */
  cookies: z.array(z.string()),
  frames: z.int(),
  seed: z.int(),
  /** Or people who come in as any client does, and leave. */
  isHostile: z.boolean(),
});
export type Order = z.infer<typeof Order>;
export const Damage = z.strictObject({
  frames: z.int(),
  /** Of them, those that are no message, or carry an update that cannot be read. */
  unreadable: z.int(),
  /** Connections that were cut as malformed. */
  cut: z.int(),
  /** Barriers behind something unreadable that came back, or connections that outlived it. */
  acknowledged: z.int(),
  /** Frames after which neither happened, and connections that ended with another code. */
  strange: z.array(z.string()),
});
export type Damage = z.infer<typeof Damage>;

const HANDS = 20;
const SILENCE_MS = 10_000;
const AGAIN_MS = 20;

process.on('message', (message) => {
  // A failure ends this program, and its parent hears of that.
  void attack(Order.parse(message)).then((damage) => process.send?.(damage));
});
process.on('disconnect', () => process.exit());
process.send?.('here');

/** What every client says first: what do you have? */
const QUESTION = Uint8Array.of(COLLAB_MESSAGE.sync, 0, 1, 0);

async function attack({ url, cookies, frames, seed, isHostile }: Order): Promise<Damage> {
  const damage: Damage = { frames: 0, unreadable: 0, cut: 0, acknowledged: 0, strange: [] };
  let left = frames;
  let turn = 0;
  /** Everybody in turn: nobody alone may knock so often. */
  const cookieOf = () => cookies[(turn += 1) % cookies.length] ?? '';
  const hand = async (_: unknown, index: number) => {
    const next = isHostile ? mischiefMaker(chanceOf(seed + index)) : () => QUESTION;
    while (left > 0) {
      left -= 1;
      const frame = next();
      const isBad = isUnreadable(frame);
      let end = await fire(url, cookieOf(), frame);
      // Too many of theirs at once, or too soon: the frame was never sent.
      while (end === 'refused') {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        end = await fire(url, cookieOf(), frame);
      }
      damage.frames += 1;
      if (isBad) damage.unreadable += 1;
      if (end === 'cut') damage.cut += 1;
      else if (end === 'answered') damage.acknowledged += isBad ? 1 : 0;
      else damage.strange.push(`${Buffer.from(frame).toString('hex')} ${end}`);
    }
  };
  await Promise.all(Array.from({ length: HANDS }, hand));
  return damage;
}

/**
 * One connection for one frame and a barrier behind it. It is cut; or the barrier comes back, or the server asks for
 * what it lacks, as it may of an update that can be read.
 */
function fire(url: string, cookie: string, frame: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { headers: { cookie } });
    let questions = 0;
    let isOpen = false;
    const end = (how: string) => {
      clearTimeout(patience);
      socket.terminate();
      resolve(how);
    };
    const patience = setTimeout(() => end('silent'), SILENCE_MS);
    socket.on('open', () => {
      isOpen = true;
      socket.send(frame);
      socket.send(barrier());
    });
    socket.on('message', (data) => {
      if (!(data instanceof Buffer)) return;
      if (data[0] === COLLAB_MESSAGE.sync && data[1] === 0) questions += 1;
      // The first question is asked of everybody who comes in.
      if (data[0] === COLLAB_MESSAGE.barrier || questions > 1) end('answered');
    });
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      if (code === CLOSE.malformed) end('cut');
      else end(isOpen ? `closed with ${code}` : 'refused');
    });
  });
}

function barrier(): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, COLLAB_MESSAGE.barrier);
    encoding.writeVarUint8Array(encoder, Uint8Array.of(1));
  });
}
