import { openWatch, type Watch } from './watch.ts';
import { crookedTexts } from './t26-texts.ts';
import { crookedHttp } from './t26-http.ts';
import { openRoomSocket, ackInShort } from './room-socket.ts';
import { makeBareSocket } from './bare-socket.ts';
import type { World } from './world.ts';

/** Small packets that would end a careless server: every one of them beside a meeting that must not notice. */
export async function smallPackets(world: World): Promise<void> {
  const watch = await openWatch(world, 'T26');
  await wrongMessages(world, watch);
  await crookedFrames(world, watch);
  await crookedHttp(world, watch);
  await crookedTexts(world, watch);
  await watch.end();
}

const deep = (levels: number) => {
  let nested: unknown = 'x';
  for (let level = 0; level < levels; level += 1) nested = [nested];
  return nested;
};

/** What stands where a message should stand. */
const PAYLOADS: readonly (readonly [string, readonly unknown[]])[] = [
  ['nothing', []],
  ['null', [null]],
  ['42', [42]],
  ['a word', ['x']],
  ['[]', [[]]],
  ['{}', [{}]],
  ['true', [true]],
  ['a Buffer', [Buffer.from('x')]],
  ['a Buffer in a field', [{ sessionId: Buffer.alloc(100), after: 0 }]],
  ['2 000 levels', [deep(2_000)]],
  ['nine arguments', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['__proto__', [JSON.parse('{"__proto__":{"sessionId":"x"},"after":0}')]],
  ['toString', [{ sessionId: { toString: 'x' }, after: { valueOf: 0 } }]],
];

/** Every name with every payload, with and without an acknowledgement. */
async function wrongMessages(world: World, { stage }: Watch): Promise<void> {
  for (const name of ['room:hear', 'room:unhear', 'room:nonsense', 'constructor']) {
    const { browser } = await stage.guest('resident');
    const socket = await openRoomSocket(browser);
    if (typeof socket === 'string') throw new Error(`a guest may not connect: ${socket}`);
    const came = new Set<string>();
    for (const [, payload] of PAYLOADS) {
      socket.shouts(name, ...payload);
      came.add(ackInShort(await socket.says(name, ...payload)));
    }
    const wanted =
      name.startsWith('room:hear') || name === 'room:unhear'
        ? 'INVALID MALFORMED'
        : 'NOT_FOUND ROUTE_UNKNOWN';
    world.book.same(
      'T26',
      `${name} with ${PAYLOADS.map(([what]) => what).join(', ')}`,
      wanted,
      [...came].join('; '),
    );
    world.book.same(
      'T26',
      `${name}: its sender afterwards`,
      'still there',
      socket.isOpen() ? 'still there' : 'cut',
    );
    socket.close();
  }
}

/** Frames of engine.io and Socket.io that no library of ours would send. */
const FRAMES: readonly (string | Buffer)[] = [
  '',
  '\u0000',
  '2probe',
  '3',
  '3probe',
  '5',
  '6',
  '7',
  '9',
  'b',
  'b4AAAA',
  'bundle',
  '0{"sid":"x"}',
  '1',
  '4',
  '41',
  '43',
  '44',
  '45',
  '49',
  '4-',
  '40/admin,',
  '40/admin,{"token":{}}',
  '40,',
  '40{"sid":',
  '40[]',
  '40null',
  '42',
  '42{}',
  '42[]',
  '42[null]',
  '42[{}]',
  '42[42]',
  '42["connect"]',
  '42["disconnect","x"]',
  '42["disconnecting"]',
  '42["error",{}]',
  '42["newListener",1]',
  '42["removeListener"]',
  '42["__proto__",{}]',
  '42["toString"]',
  '42["room:hear"',
  '42["room:hear",null',
  '421["room:hear",null]',
  '42999999999999999999["room:hear",{}]',
  '42-1["room:hear",{}]',
  '42/x,["room:hear",{}]',
  '43["x"]',
  '431[]',
  '439999999999[{}]',
  '44{"message":"x"}',
  '451-["room:hear",{"_placeholder":true,"num":0}]',
  '451-["room:hear",{"_placeholder":true,"num":9}]',
  '451-["room:hear",{"_placeholder":true,"num":-1}]',
  '451-["room:hear",{"_placeholder":true,"num":"__proto__"}]',
  '45999999999-["room:hear",{"_placeholder":true,"num":0}]',
  '45-1-["room:hear"]',
  '45x-["room:hear"]',
  '450-["room:hear",{"_placeholder":true,"num":0}]',
  '461-1[{"_placeholder":true,"num":0}]',
  `42["room:hear",${'['.repeat(30_000)}${']'.repeat(30_000)}]`,
  `42["room:hear",${'{"a":'.repeat(12_000)}1`,
  `42["${'x'.repeat(60_000)}"]`,
  `42["room:hear",${'9'.repeat(60_000)}]`,
  `42["room:hear",{"sessionId":"x","after":1e99999}]`,
  // Too large on purpose.
  `42["room:hear",${'['.repeat(400_000)}`,
  `42["room:hear","${'x'.repeat(1_000_000)}"]`,
  Buffer.alloc(0),
  Buffer.from([0]),
  Buffer.from([4, 2]),
  Buffer.alloc(60_000, 255),
  Buffer.from([0xc3, 0x28]),
];

/** One person may have ten sockets. */
const AT_ONCE = 8;

async function crookedFrames(world: World, { stage }: Watch): Promise<void> {
  let ended = 0;
  for (let first = 0; first < FRAMES.length; first += AT_ONCE) {
    const { browser } = await stage.guest('resident');
    const some = FRAMES.slice(first, first + AT_ONCE);
    const sockets = await Promise.all(some.map((frame) => makeBareSocket(browser, frame)));
    ended += sockets.filter((socket) => socket === 'ended').length;
  }
  const trouble = await world.health.trouble();
  world.book.same(
    'T26',
    `${FRAMES.length} frames of engine.io and Socket.io, each on its own connection`,
    'the same as before',
    trouble,
  );
  world.book.told('T26', 'connections that were ended for them', `${ended} of ${FRAMES.length}`);
}
