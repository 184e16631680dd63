import { randomUUID } from 'node:crypto';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { COLLAB_MESSAGE, SCHEMA_PARAM } from '../../core/contract/collab.ts';
import { TEXT_FRAGMENT, TEXT_SCHEMA_VERSION } from '../../core/domain/outcome.ts';
import { cookieSocket } from '../../rehearsal/pen.ts';
import { within } from '../../rehearsal/within.ts';
import type { Row, Sample } from '../frame.ts';
import { openHall, type Guest, type Hall } from '../hall.ts';
import { atPace } from '../pace.ts';
import { percentile } from '../stats.ts';
import { lazyHall } from './places.ts';

const WRITERS = 20;
const KEYSTROKES = 500;
/** Twenty people at five keystrokes a second each. */
const EVERY_MS = 10;

/** Every keystroke is so many letters that stand nowhere else. */
const MARK_LENGTH = 8;

/** Browsers' own clients at one text. */
export function desksRow(): Row {
  const hall = lazyHall(openHall);
  return {
    name: `${WRITERS} writers, ${1_000 / EVERY_MS} keystrokes a second`,
    units: { 'remote p50': 'ms', 'remote p95': 'ms', 'durable p50': 'ms', 'durable p95': 'ms' },
    contenders: [{ name: 'shangliang', run: async () => await write(await hall.open()) }],
    targets: [
      { figure: 'remote p95', atMost: 200 },
      { figure: 'durable p50', atMost: 15 },
    ],
    close: hall.close,
  };
}

async function write(hall: Hall): Promise<Sample> {
  const { documentId, members } = await hall.meet(0);
  const desks = await Promise.all(members.slice(0, WRITERS).map((member) => sitDown(member, documentId)));
  for (const desk of desks) await desk.begin();
  await Promise.all(desks.map((desk) => desk.sees(WRITERS)));
  const typing = atPace(KEYSTROKES, EVERY_MS, async (n) => {
    const desk = desks[n % desks.length];
    if (desk === undefined) throw new Error('a desk is empty');
    const mark = `${String(n).padStart(4, '0')}${randomUUID().slice(0, 4)}`;
    const began = performance.now();
    const others = desks.filter((other) => other !== desk).map((other) => other.shows(mark));
    desk.type(mark);
    const durable = desk.saved().then(() => performance.now() - began);
    const remote = Promise.all(others).then((times) => times.map((at) => at - began));
    return { durable: await durable, remote: await remote };
  });
  const strokes = await within(60_000, `for ${KEYSTROKES} keystrokes`, typing);
  const texts = new Set(desks.map((desk) => desk.text()));
  if (texts.size !== 1) throw new Error(`${texts.size} different texts on ${desks.length} desks`);
  for (const desk of desks) desk.leave();
  const remote = strokes.flatMap((stroke) => stroke.remote);
  const durable = strokes.map((stroke) => stroke.durable);
  return {
    'remote p50': percentile(remote, 0.5),
    'remote p95': percentile(remote, 0.95),
    'durable p50': percentile(durable, 0.5),
    'durable p95': percentile(durable, 0.95),
  };
}

/** One person at the text, typing in a paragraph of their own. */
async function sitDown({ browser }: Guest, documentId: string) {
  const doc = new Y.Doc();
  const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
  const provider = new WebsocketProvider(`${browser.url.replace(/^http/, 'ws')}/collab`, documentId, doc, {
    WebSocketPolyfill: cookieSocket(browser) as unknown as typeof globalThis.WebSocket, // reason: ws is what a browser has
    params: { [SCHEMA_PARAM]: String(TEXT_SCHEMA_VERSION) },
    disableBc: true,
  });
  await within(30_000, 'for the text', new Promise((resolve) => provider.once('sync', resolve)));
  const saved = barriers(provider);
  const words = new Y.XmlText();
  const waiting = new Map<string, (at: number) => void>();
  // Before Yjs merges what came with what was there. Twenty desks share this process: nothing is decoded twice.
  doc.on('afterTransaction', ({ beforeState, afterState, doc: { store }, origin }: Y.Transaction) => {
    if (origin !== provider || waiting.size === 0) return;
    for (const [client, end] of afterState) {
      const structs = store.clients.get(client);
      const start = beforeState.get(client) ?? 0;
      if (structs === undefined || end === start) continue;
      for (let at = Y.findIndexSS(structs, start); at < structs.length; at += 1) {
        const struct = structs[at];
        if (struct instanceof Y.Item && struct.content instanceof Y.ContentString) tell(struct.content.str);
      }
    }
  });
  const tell = (words: string): void => {
    const at = performance.now();
    for (let from = 0; from < words.length; from += MARK_LENGTH) {
      const mark = words.slice(from, from + MARK_LENGTH);
      waiting.get(mark)?.(at);
      waiting.delete(mark);
    }
  };
  return {
    begin: async () => {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [words]);
      fragment.push([paragraph]);
      await within(30_000, 'to be saved', saved());
    },
    sees: (count: number) =>
      within(
        30_000,
        `for ${count} paragraphs`,
        new Promise<void>((resolve) => {
          const look = () => {
            if (fragment.length < count) return;
            fragment.unobserve(look);
            resolve();
          };
          fragment.observe(look);
          look();
        }),
      ),
    type: (mark: string) => words.insert(words.length, mark),
    shows: (mark: string) => new Promise<number>((resolve) => void waiting.set(mark, resolve)),
    saved,
    text: () => fragment.toString(),
    leave: () => {
      provider.destroy();
      doc.destroy();
    },
  };
}

/** Resolves when everything typed before is committed. */
function barriers(provider: WebsocketProvider): () => Promise<void> {
  let last = 0;
  const open = new Map<number, () => void>();
  // Whether this person may write shows in their barriers.
  provider.messageHandlers[COLLAB_MESSAGE.standing] = () => undefined;
  provider.messageHandlers[COLLAB_MESSAGE.barrier] = (_, decoder) => {
    const bytes = decoding.readVarUint8Array(decoder);
    const number = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    open.get(number)?.();
    open.delete(number);
  };
  return () =>
    new Promise<void>((resolve) => {
      last += 1;
      open.set(last, resolve);
      const number = new Uint8Array(4);
      new DataView(number.buffer).setUint32(0, last);
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, COLLAB_MESSAGE.barrier);
      encoding.writeVarUint8Array(encoder, number);
      provider.ws?.send(encoding.toUint8Array(encoder));
    });
}
