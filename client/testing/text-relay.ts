import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { COLLAB_MESSAGE } from '../../core/contract/collab.ts';

/** A server of one text without a network: takes what comes, tells the others, answers barriers. */
export type TextRelay = {
  readonly doc: Y.Doc;
  /** For openText: a line to this relay. */
  readonly Line: typeof WebSocket;
  /** Frames by type and, of sync messages, by kind, in the order in which they came. */
  readonly heard: readonly string[];
  readonly cut: () => void;
  readonly mend: () => void;
  readonly closeAll: (code: number, reason: string) => void;
};

type Line = {
  readyState: number;
  onopen: (() => void) | null;
  onmessage: ((event: { data: Uint8Array }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
};

export function createTextRelay(): TextRelay {
  const doc = new Y.Doc();
  const lines = new Set<Line>();
  const heard: string[] = [];
  let isCut = false;

  function hang(line: Line, code: number, reason: string): void {
    lines.delete(line);
    line.readyState = 3;
    line.onclose?.({ code, reason });
  }

  function take(from: Line, frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    heard.push(type === COLLAB_MESSAGE.sync ? `sync ${decoding.peekVarUint(decoder)}` : String(type));
    if (type === COLLAB_MESSAGE.barrier) return tellOne(from, frame);
    if (type !== COLLAB_MESSAGE.sync) return;
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, COLLAB_MESSAGE.sync);
    readSyncMessage(decoder, answer, doc, from);
    if (encoding.length(answer) > 1) tellOne(from, encoding.toUint8Array(answer));
  }

  function tellOne(line: Line, frame: Uint8Array): void {
    queueMicrotask(() => line.onmessage?.({ data: frame }));
  }

  doc.on('update', (update: Uint8Array, origin: unknown) => {
    const frame = sync((encoder) => writeUpdate(encoder, update));
    for (const line of lines) if (line !== origin) tellOne(line, frame);
  });

  class RelayLine implements Line {
    readonly OPEN = 1;
    readyState = 0;
    onopen: Line['onopen'] = null;
    onmessage: Line['onmessage'] = null;
    onclose: Line['onclose'] = null;
    constructor() {
      setTimeout(() => {
        if (isCut) return this.onclose?.({ code: 1006, reason: '' });
        this.readyState = 1;
        lines.add(this);
        this.onopen?.();
        tellOne(
          this,
          sync((encoder) => writeSyncStep1(encoder, doc)),
        );
      });
    }
    readonly send = (frame: Uint8Array) => {
      if (this.readyState === 1) take(this, frame);
    };
    readonly close = () => {
      lines.delete(this);
      this.readyState = 3;
    };
  }

  return {
    doc,
    Line: RelayLine as unknown as typeof WebSocket,
    heard,
    cut: () => {
      isCut = true;
      for (const line of lines) hang(line, 1006, '');
    },
    mend: () => {
      isCut = false;
    },
    closeAll: (code, reason) => {
      for (const line of lines) hang(line, code, reason);
    },
  };
}

function sync(write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, COLLAB_MESSAGE.sync);
    write(encoder);
  });
}
