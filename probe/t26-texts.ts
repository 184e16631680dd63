import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../core/domain/outcome.ts';
import { cameTrue } from '../server/testing/until.ts';
import { openText, syncFrame } from './text-socket.ts';
import type { Watch } from './watch.ts';
import type { World } from './world.ts';

const FRAMES = 150;

/** mulberry32: the same seed, the same mischief. */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Frames of a shared text that no editor makes, from somebody who may write. */
export async function crookedTexts(world: World, { stage }: Watch): Promise<void> {
  const seed = Date.now() % 1_000_000;
  const random = randomFrom(seed);
  const { browser } = stage.chair;
  const frames = [...KNOWN, ...Array.from({ length: FRAMES }, () => mischief(random))];
  let [cut, connections] = [0, 0];
  let text = await openText(browser, stage.documentId);
  for (const frame of frames) {
    if (typeof text === 'number') break;
    text.send(frame);
    const socket = text;
    // One that is not understood ends its connection; the next one goes on.
    await cameTrue(15, () => !socket.isOpen());
    if (socket.isOpen()) continue;
    cut += 1;
    connections += 1;
    text = await openText(browser, stage.documentId);
  }
  const end =
    typeof text === 'number' ? `${text} after ${connections} connections` : 'let in again every time';
  if (typeof text !== 'number') text.close();
  world.book.same(
    'T26',
    `${frames.length} crooked frames of a text (seed ${seed})`,
    'let in again every time',
    end,
  );
  world.book.told('T26', 'connections that were ended for them', `${cut} of ${frames.length} frames`);
}

/** Those that ended other servers. */
const KNOWN: readonly Uint8Array[] = [
  Uint8Array.of(),
  Uint8Array.of(0),
  Uint8Array.of(0, 0),
  Uint8Array.of(0, 2),
  Uint8Array.of(0, 2, 255, 255, 255, 255, 15),
  Uint8Array.of(0, 9, 0),
  Uint8Array.of(1),
  Uint8Array.of(1, 0),
  Uint8Array.of(1, 3, 1, 1, 0),
  Uint8Array.of(2),
  Uint8Array.of(3),
  Uint8Array.of(99),
  Uint8Array.of(102),
  Uint8Array.of(102, 200, 1),
  Uint8Array.of(103, 1, 65),
  Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255),
  // A state vector, and an update, that promise far more than they bring.
  syncFrame(0, Uint8Array.of(255, 255, 255, 255, 15)),
  syncFrame(2, Uint8Array.of(255, 255, 255, 255, 15)),
  syncFrame(1, Uint8Array.of(1, 255, 255, 255, 15, 1, 0)),
  syncFrame(2, Uint8Array.of(0, 255, 255, 255, 15)),
  // The second form of updates, whose reader never ends on some.
  syncFrame(2, Y.encodeStateAsUpdateV2(new Y.Doc())),
];

/** Bytes at random, an honest update with some of its bytes changed, or half of one. */
function mischief(random: () => number): Uint8Array {
  const byte = () => Math.floor(random() * 256);
  const kind = random();
  if (kind < 0.4) return Uint8Array.from({ length: Math.floor(random() * 60) }, byte);
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('恶意')]);
  doc.getXmlFragment(TEXT_FRAGMENT).push([paragraph]);
  const update = Y.encodeStateAsUpdate(doc);
  for (let changes = 1 + Math.floor(random() * 4); changes > 0; changes -= 1)
    update[Math.floor(random() * update.length)] = byte();
  const cut = kind > 0.9 ? update.slice(0, Math.floor(random() * update.length)) : update;
  return syncFrame(random() < 0.5 ? 1 : 2, cut);
}
