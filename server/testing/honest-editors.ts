import { Editor } from '@tiptap/core';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { sharedExtensions } from '../../client/features/outcome/extensions.ts';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { judge, readUpdate } from '../collab/guard.ts';
import { createHorizon } from '../collab/horizon.ts';
import { scan } from '../collab/scan.ts';

/** Somebody with the product's own editor, on a line that may be slow or down. */
export type Desk = {
  readonly editor: () => Editor;
  readonly doc: () => Y.Doc;
  /** Edits on their way to the table, oldest first. */
  readonly sent: Uint8Array[];
  /** What the table told, not heard yet. */
  readonly told: Uint8Array[];
  readonly isOnline: () => boolean;
  readonly hear: (count: number) => void;
  readonly leave: () => void;
  /** Comes back: each side sends what the other lacks. */
  readonly comeBack: () => void;
  /** Closes the page and opens it again from the copy in the browser: under another Yjs client id. */
  readonly reload: () => void;
  readonly close: () => void;
};

/** The server's part: judges as it does, takes in what is fresh, tells everybody. Throws when it would refuse. */
export type Table = {
  readonly doc: Y.Doc;
  readonly sit: () => Desk;
  /** Takes up to count edits of each desk as one batch. */
  readonly take: (count: number) => void;
};

export function createTable(): Table {
  const doc = new Y.Doc();
  const desks: Desk[] = [];
  doc.on('update', (data: Uint8Array) => {
    for (const desk of desks) if (desk.isOnline()) desk.told.push(data);
  });

  function take(count: number): void {
    const horizon = createHorizon(doc);
    const rows: Uint8Array[] = [];
    for (const desk of desks) {
      for (const data of desk.sent.splice(0, count)) {
        const update = readUpdate(data);
        const verdict = update === null ? null : judge(update, horizon);
        if (update === null || verdict === null)
          throw new Error(
            `an honest edit is unreadable: ${scan(data).fault} in ${Buffer.from(data).toString('hex')}`,
          );
        if (verdict.kind !== 'fresh' && verdict.kind !== 'nothing')
          throw new Error(`an honest edit is refused: ${JSON.stringify(verdict)}`);
        if (verdict.kind !== 'fresh') continue;
        horizon.take(update.structs);
        rows.push(data);
      }
    }
    doc.transact(() => {
      for (const data of rows) Y.applyUpdate(doc, data, 'log');
    }, 'log');
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) throw new Error('pending');
  }

  const sit = () => {
    const desk = createDesk(doc);
    desks.push(desk);
    return desk;
  };
  return { doc, sit, take };
}

const HEARD = 'heard';

function createDesk(table: Y.Doc): Desk {
  const sent: Uint8Array[] = [];
  const told: Uint8Array[] = [];
  let isOnline = true;
  let doc = new Y.Doc();
  let editor = open();

  function open(): Editor {
    doc.on('update', (data: Uint8Array, origin: unknown) => {
      if (origin !== HEARD && isOnline) sent.push(data);
    });
    const awareness = new Awareness(doc);
    return new Editor({
      element: document.createElement('div'),
      injectCSS: false,
      extensions: sharedExtensions({ doc, awareness }, null),
      onDestroy: () => awareness.destroy(),
    });
  }

  function hear(data: Uint8Array): void {
    const words = wordsAfter(doc, data);
    Y.applyUpdate(doc, data, HEARD);
    if (letters(doc) !== words)
      throw new Error(`the editor deleted words by itself: ${words} became ${letters(doc)}`);
  }

  return {
    editor: () => editor,
    doc: () => doc,
    sent,
    told,
    isOnline: () => isOnline,
    hear: (count) => {
      for (const data of told.splice(0, count)) hear(data);
    },
    leave: () => {
      isOnline = false;
      sent.length = 0;
      told.length = 0;
    },
    comeBack: () => {
      if (isOnline) return;
      isOnline = true;
      hear(Y.encodeStateAsUpdate(table, Y.encodeStateVector(doc)));
      sent.splice(0, sent.length, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(table)));
    },
    reload: () => {
      const copy = Y.encodeStateAsUpdate(doc);
      const wasOnline = isOnline;
      isOnline = false;
      editor.destroy();
      doc = new Y.Doc();
      Y.applyUpdate(doc, copy, HEARD);
      editor = open();
      sent.length = 0;
      told.length = 0;
      if (wasOnline) {
        isOnline = true;
        hear(Y.encodeStateAsUpdate(table, Y.encodeStateVector(doc)));
        // In the whole is what Yjs tidied up as it heard: by itself that would build on what nobody has.
        sent.splice(0, sent.length, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(table)));
      }
    },
    close: () => editor.destroy(),
  };
}

/** The letters that a text without an editor would hold after this. */
function wordsAfter(doc: Y.Doc, data: Uint8Array): string {
  const bare = new Y.Doc();
  Y.applyUpdate(bare, Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(bare, data);
  return letters(bare);
}

/** Every letter of a text, in the order of the alphabet: runs may be joined, but none may be lost. */
function letters(doc: Y.Doc): string {
  const found: string[] = [];
  const waiting: unknown[] = [doc.getXmlFragment(TEXT_FRAGMENT)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next instanceof Y.XmlText) {
      const pieces: readonly { insert?: unknown }[] = next.toDelta();
      for (const { insert } of pieces) found.push(...String(insert));
    } else if (next instanceof Y.XmlFragment) waiting.push(...next.toArray());
  }
  return found.sort().join('');
}
