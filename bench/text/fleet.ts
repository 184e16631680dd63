import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { within } from '../../rehearsal/within.ts';
import type { Dialect, Heard } from './dialects.ts';
import { openLine, type Address, type Line } from './line.ts';
import { eachMark, markOf, marksIn } from './marks.ts';

const DEADLINE_MS = 60_000;
const NOTHING = new Uint8Array([0]);
const EMPTY_UPDATE = new Uint8Array([0, 0]);

/** How somebody comes to a text. greets: false where nobody answers, at a server that only passes on. */
export type Door = Address & { readonly dialect: Dialect; readonly greets: boolean };

/** Says what every y-websocket client says first; resolves when the text is here. hear gets everything after that. */
async function comeIn(
  door: Door,
  texts: {
    readonly load: (update: Uint8Array) => void;
    readonly missing: (vector: Uint8Array) => Uint8Array;
  },
  hear: (message: Uint8Array) => void,
): Promise<Line> {
  const { dialect } = door;
  let [isAnswered, isAsked] = [!door.greets, !door.greets];
  let done: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (done = resolve));
  const early = (message: Uint8Array, line: Line) => {
    const heard = dialect.read(message);
    if (heard.kind === 'asked') {
      line.send(dialect.answer(texts.missing(heard.vector)));
      isAsked = true;
    } else if (heard.kind === 'answer') {
      texts.load(heard.data);
      isAnswered = true;
    } else hear(message);
    if (isAnswered && isAsked) done();
  };
  // A server may speak before the socket is known here to be open.
  const waiting: Uint8Array[] = [];
  let line: Line | null = null;
  line = await openLine(door, (message) => {
    if (isAnswered && isAsked) hear(message);
    else if (line === null) waiting.push(message.slice());
    else early(message, line);
  });
  if (!door.greets) return line;
  for (const message of dialect.opening) line.send(message);
  line.send(dialect.ask(NOTHING));
  for (const message of waiting) early(message, line);
  await within(DEADLINE_MS, 'for the text', ready);
  return line;
}

/** Somebody who only reads: which marks came, and when. It holds no text, so that hundreds cost little. */
export type Reader = {
  /** Time (performance.now) at which each mark came; NaN: it did not. */
  readonly times: Float64Array;
  readonly seen: () => number;
  readonly close: () => void;
};

export async function openReader(door: Door, marks: number): Promise<Reader> {
  const times = new Float64Array(marks).fill(NaN);
  let seen = 0;
  const look = (bytes: Uint8Array) => {
    const now = performance.now();
    eachMark(bytes, (n) => {
      if (n >= marks || !Number.isNaN(times[n])) return;
      times[n] = now;
      seen += 1;
    });
  };
  const line = await comeIn(door, { load: look, missing: () => EMPTY_UPDATE }, look);
  return { times, seen: () => seen, close: line.close };
}

/** Somebody who holds the text as a browser does. */
export type Witness = {
  /** Marks in the order of the text. */
  readonly marks: () => readonly number[];
  readonly text: () => string;
  readonly close: () => void;
};

export async function openWitness(door: Door): Promise<Witness> {
  const doc = new Y.Doc();
  const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
  const load = (update: Uint8Array) => Y.applyUpdate(doc, update);
  const line = await comeIn(door, { load, missing: () => EMPTY_UPDATE }, (message) => {
    const heard = door.dialect.read(message);
    if (heard.kind === 'update' || heard.kind === 'answer') load(heard.data);
  });
  return {
    marks: () => marksIn(fragment.toString()),
    text: () => fragment.toString(),
    close: () => {
      line.close();
      doc.destroy();
    },
  };
}

/** Somebody whose editor is open and who types nothing. */
export type Editor = {
  readonly clientId: number;
  readonly say: (message: Uint8Array) => void;
  readonly close: () => void;
};

export async function openEditor(door: Door, hear: (message: Uint8Array) => void): Promise<Editor> {
  const texts = { load: () => undefined, missing: () => EMPTY_UPDATE };
  const line = await comeIn(door, texts, hear);
  return { clientId: Math.floor(Math.random() * 2 ** 32), say: line.send, close: line.close };
}

/** Somebody who types at the end of a paragraph of their own. */
export type Writer = {
  readonly type: (n: number) => void;
  /** Changes the text in one update, which is no mark. */
  readonly change: (work: (text: Y.XmlFragment) => void) => void;
  /** Resolves when everything typed so far is acknowledged. */
  readonly saved: () => Promise<void>;
  /** Marks that were typed, in turn, and how many of them are acknowledged. */
  readonly typed: () => readonly number[];
  readonly acknowledged: () => number;
  /** Time from each acknowledged mark to its acknowledgement, in turn. */
  readonly waits: () => readonly number[];
  readonly close: () => void;
};

/** Opens the text and begins a paragraph, which is no mark. */
export async function openWriter(door: Door): Promise<Writer> {
  const { dialect } = door;
  const doc = new Y.Doc();
  const words = new Y.XmlText();
  const sent: { readonly mark: number | null; readonly at: number }[] = [];
  const waits: number[] = [];
  let [acknowledged, refused]: [number, string | null] = [0, null];
  let told: () => void = () => undefined;
  let next: number | null = null;

  function hear(heard: Heard): void {
    if (heard.kind === 'refused') refused = heard.why;
    if (heard.kind === 'acknowledged') {
      const upTo = Math.min(sent.length, heard.upTo ?? acknowledged + 1);
      const now = performance.now();
      for (; acknowledged < upTo; acknowledged += 1) {
        const one = sent[acknowledged];
        if (one !== undefined && one.mark !== null) waits.push(now - one.at);
      }
    }
    if (heard.kind === 'refused' || heard.kind === 'acknowledged') told();
  }

  const missing = (vector: Uint8Array) => Y.encodeStateAsUpdate(doc, vector);
  const line = await comeIn(door, { load: () => undefined, missing }, (message) => {
    if (door.greets) hear(dialect.read(message));
  });
  // Hocuspocus acknowledges the answer above too.
  if (door.greets && dialect.barrier === null) await new Promise((resolve) => setTimeout(resolve, 100));
  doc.on('update', (update: Uint8Array) => {
    sent.push({ mark: next, at: performance.now() });
    line.send(dialect.update(update));
    if (dialect.barrier !== null) line.send(dialect.barrier(sent.length));
  });
  const change: Writer['change'] = (work) => {
    next = null;
    doc.transact(() => work(doc.getXmlFragment(TEXT_FRAGMENT)));
  };
  change((text) => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [words]);
    text.push([paragraph]);
  });
  const isSaved = () => refused !== null || acknowledged >= sent.length;
  return {
    type: (n) => {
      next = n;
      words.insert(words.length, markOf(n));
    },
    change,
    saved: async () => {
      await within(
        DEADLINE_MS,
        'to be acknowledged',
        new Promise<void>((resolve) => {
          told = () => {
            if (isSaved()) resolve();
          };
          told();
        }),
      );
      if (refused !== null) throw new Error(`an edit was refused: ${refused}`);
    },
    typed: () => sent.flatMap(({ mark }) => (mark === null ? [] : [mark])),
    acknowledged: () => waits.length,
    waits: () => waits,
    close: () => {
      line.close();
      doc.destroy();
    },
  };
}
