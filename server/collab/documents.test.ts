import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId } from '../../core/domain/ids.ts';
import { uuid } from '../../core/testing/builders.ts';
import { AppError } from '../app-error.ts';
import type { Bus } from '../ports/bus.ts';
import type { DocumentLog, LoggedUpdate } from '../ports/document-log.ts';
import { until } from '../testing/until.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';
import { createDocuments, type Documents } from './documents.ts';
import { TEXT_LIMITS } from './limits.ts';

const documentId = uuid('docu', 1) as DocumentId;
const log = pino({ level: 'silent' });

function handBus() {
  const listeners = new Map<string, Set<(message: string) => void>>();
  const told: string[] = [];
  const bus: Bus = {
    publish: (_channel, message) => told.push(message),
    subscribe: (name, listener) => {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return Promise.resolve(() => void known.delete(listener));
    },
    isHealthy: () => true,
    close: () => Promise.resolve(),
  };
  return {
    bus,
    told,
    say: (message: string) => {
      for (const listener of listeners.get('texts') ?? []) listener(message);
    },
    count: () => listeners.get(`cursors:${documentId}`)?.size ?? 0,
  };
}

/** A log that another process writes to, one row a word. */
function otherProcess() {
  const rows: LoggedUpdate[] = [];
  const doc = new Y.Doc();
  doc.on('update', (data: Uint8Array) => rows.push({ seq: rows.length + 1, data }));
  const state = { isAway: false, reads: 0, snapshot: { seq: 0, bytes: 0 } };
  const documentLog: DocumentLog = {
    find: () => Promise.resolve(null),
    load: () =>
      state.isAway
        ? Promise.reject(new AppError('STORAGE_AWAY'))
        : Promise.resolve({
            snapshot: null,
            snapshotSeq: 0,
            head: rows.length,
            updates: rows.map((row) => ({ ...row, atMs: 0 })),
          }),
    updatesAfter: (_id, seq) => {
      state.reads += 1;
      return Promise.resolve(rows.filter((row) => row.seq > seq));
    },
    frames: () => Promise.resolve([]),
    heads: () =>
      Promise.resolve(
        new Map([[documentId, { head: rows.length, snapshot: state.snapshot, generation: 0 }]]),
      ),
    append: () => Promise.resolve({ kind: 'locked' }),
    claimClients: () => Promise.resolve(new Map()),
    isRecovering: () => Promise.resolve(false),
    beginning: () => Promise.resolve({ generation: 0, retired: new Set() }),
    beginAnew: () => Promise.resolve(false),
    saveSnapshot: () => Promise.resolve(null),
    setWritable: () => Promise.resolve(),
    freeze: () => Promise.resolve(null),
  };
  return { documentLog, rows, state, write: (words: string) => typeInto(doc, words) };
}

let documents: Documents | null = null;
afterEach(() => documents?.close());
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function opened(documentLog: DocumentLog, bus: Bus) {
  documents = createDocuments({ documentLog, bus, log, nowMs: () => 0 });
  const held = await documents.hold(documentId);
  if (held === null) throw new Error('no text');
  return held.open.text;
}

describe(createDocuments.name, () => {
  it('reads from the log what a hint tells of, and tells nobody again [W2]', async () => {
    const [other, hands] = [otherProcess(), handBus()];
    const text = await opened(other.documentLog, hands.bus);
    other.write('新');
    hands.say(`${documentId} ${other.rows.length}`);
    await turn();
    expect([wordsOf(text.doc), text.applied(), hands.told]).toEqual(['新', other.rows.length, []]);
    hands.say(`${documentId} ${other.rows.length}`);
    expect(other.state.reads).toBe(1);
  });

  it('believes neither the bytes nor the numbers of a hint, and follows the log afterwards [W2]', async () => {
    const [other, hands] = [otherProcess(), handBus()];
    const text = await opened(other.documentLog, hands.bus);
    const forged = new Y.Doc();
    typeInto(forged, '假');
    const bytes = Buffer.from(Y.encodeStateAsUpdate(forged)).toString('base64');
    const made = [`1 3 ${bytes}`, '999999999', '-1', '1e9', ''].map((words) => `${documentId} ${words}`);
    for (const hint of [...made, documentId, '', 'x 1', `${uuid('docu', 2)} 1`]) hands.say(hint);
    await turn();
    expect([wordsOf(text.doc), text.applied()]).toEqual(['', 0]);
    other.write('真');
    hands.say(`${documentId} ${other.rows.length}`);
    await turn();
    expect([wordsOf(text.doc), text.applied()]).toEqual(['真', other.rows.length]);
  });

  it('reads once more when a hint comes during a read that cannot have seen it [W2]', async () => {
    const [other, hands] = [otherProcess(), handBus()];
    const text = await opened(other.documentLog, hands.bus);
    let release: () => void = () => undefined;
    vi.spyOn(other.documentLog, 'updatesAfter').mockImplementationOnce(async (_id, seq) => {
      const seen = other.rows.filter((row) => row.seq > seq);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return seen;
    });
    other.write('一');
    hands.say(`${documentId} ${other.rows.length}`);
    other.write('二');
    hands.say(`${documentId} ${other.rows.length}`);
    other.write('三');
    hands.say(`${documentId} ${other.rows.length}`);
    release();
    await turn();
    expect([wordsOf(text.doc), other.state.reads]).toEqual(['一二三', 1]);
  });

  it('reads on when a hint came while the text was loaded [W2]', async () => {
    const [other, hands] = [otherProcess(), handBus()];
    vi.spyOn(other.documentLog, 'load').mockImplementationOnce(async () => {
      other.write('迟');
      hands.say(`${documentId} ${other.rows.length}`);
      return { snapshot: null, snapshotSeq: 0, head: 0, updates: [] };
    });
    const text = await opened(other.documentLog, hands.bus);
    await turn();
    expect([wordsOf(text.doc), other.state.reads]).toEqual(['迟', 1]);
  });

  it('hears with the heads which snapshot counts [W12]', async () => {
    const [other, hands] = [otherProcess(), handBus()];
    other.write('新');
    const text = await opened(other.documentLog, hands.bus);
    const before = text.bytes();
    other.state.snapshot = { seq: other.rows.length, bytes: before + 1_000 };
    await until('the next look at the log', () => text.bytes() === before + 1_000);
  });

  it('lets go of the text that was begun anew, and not of one that was opened while the log was asked [W16]', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const [other, hands] = [otherProcess(), handBus()];
      const { documentLog } = other;
      documents = createDocuments({ documentLog, bus: hands.bus, log, nowMs: () => 0 });
      const first = await documents.hold(documentId);
      let answer: () => void = () => undefined;
      const head = { head: 0, snapshot: { seq: 0, bytes: 0 }, generation: 1 };
      vi.spyOn(documentLog, 'heads').mockImplementationOnce(async () => {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return new Map([[documentId, head]]);
      });
      await vi.advanceTimersByTimeAsync(TEXT_LIMITS.pollMs);
      // The old one is left and let go of; whoever comes has the new beginning already.
      first?.leave();
      await vi.advanceTimersByTimeAsync(TEXT_LIMITS.unloadMs);
      vi.spyOn(documentLog, 'beginning').mockResolvedValue({ generation: 1, retired: new Set() });
      const second = await documents.hold(documentId);
      answer();
      await turn();
      expect((await documents.hold(documentId))?.open).toBe(second?.open);
    } finally {
      vi.useRealTimers();
    }
  });

  it('leaves no listener behind when a text cannot be loaded, and loads it later', async () => {
    const [other, hands] = [otherProcess(), handBus()];
    other.state.isAway = true;
    await expect(opened(other.documentLog, hands.bus)).rejects.toThrow('STORAGE_AWAY');
    expect([hands.count(), documents?.size()]).toEqual([0, 0]);
    other.state.isAway = false;
    await documents?.hold(documentId);
    expect(hands.count()).toBe(1);
  });
});
