import * as decoding from 'lib0/decoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { typeInto, wordsOf } from '../testing/yjs-words.ts';
import { createAnswers, type Answers } from './answers.ts';
import { TEXT_LIMITS } from './limits.ts';

/** A text that is written to, its answers, and how often one was made. */
function stage({ isPoor = false } = {}) {
  const doc = new Y.Doc();
  const made = { count: 0 };
  const purse = { spend: () => void (made.count += 1), waitMs: () => (isPoor ? 1 : 0) };
  const answers = createAnswers(doc, purse, () => 0);
  doc.on('update', answers.entered);
  return { doc, answers, made };
}

/** What WebSocket frames written one behind the other bring to a document. */
function receive(doc: Y.Doc, framed: Buffer): void {
  for (let at = 0; at < framed.byteLength;) {
    const size = framed.readUInt8(at + 1);
    const [header, length] =
      size < 126
        ? [2, size]
        : size === 126
          ? [4, framed.readUInt16BE(at + 2)]
          : [10, Number(framed.readBigUInt64BE(at + 2))];
    const decoder = decoding.createDecoder(framed.subarray(at + header, at + header + length));
    decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    Y.applyUpdate(doc, decoding.readVarUint8Array(decoder), 'server');
    at += header + length;
  }
}

function comeIn(answers: Answers, client = new Y.Doc()): Y.Doc {
  receive(client, Buffer.concat(answers.to(Y.encodeStateVector(client))));
  return client;
}

function eraseIn(doc: Y.Doc, count: number): void {
  const paragraph = doc.getXmlFragment(TEXT_FRAGMENT).get(0);
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
  if (text instanceof Y.XmlText) text.delete(0, Math.min(count, text.length));
}

describe(createAnswers.name, () => {
  it('serves a hall that comes in while people write with one answer, and what came since', () => {
    const { doc, answers, made } = stage();
    typeInto(doc, '开头');
    for (let n = 0; n < 300; n += 1) {
      expect(wordsOf(comeIn(answers))).toBe(wordsOf(doc));
      typeInto(doc, `${n}，`);
    }
    expect(made.count).toBe(1);
  });

  it('serves a hall that comes back with one answer, though each has edits of its own', () => {
    const { doc, answers, made } = stage();
    typeInto(doc, '共同');
    const hall = Array.from({ length: 20 }, () => comeIn(answers));
    made.count = 0;
    typeInto(doc, '之后');
    eraseIn(doc, 1);
    for (const [n, client] of hall.entries()) {
      typeInto(client, `未发${n}`);
      comeIn(answers, client);
      for (const word of ['同', '之后', `未发${n}`]) expect(wordsOf(client)).toContain(word);
      expect(wordsOf(client)).not.toContain('共');
      expect(client.store.pendingStructs).toBeNull();
    }
    expect(made.count).toBe(1);
  });

  it('has brought everything when it says that it has answered', () => {
    const { doc, answers } = stage();
    for (const words of ['', '开头', '后来']) {
      typeInto(doc, words);
      const frames = answers.to(Y.encodeStateVector(new Y.Doc()));
      const last = frames.at(-1) ?? Buffer.of();
      const client = new Y.Doc();
      receive(client, Buffer.concat(frames.slice(0, -1)));
      expect(wordsOf(client)).toBe(wordsOf(doc));
      // A sync message, the answer, without structs and deletions.
      expect([...last.subarray(2)]).toEqual([0, 1, 2, 0, 0]);
    }
  });

  it('gives a hall the same bytes, not a copy each, also while people write', () => {
    const { doc, answers } = stage();
    typeInto(doc, '开头');
    const empty = Y.encodeStateVector(new Y.Doc());
    const first = answers.to(empty);
    for (let n = 0; n < 3; n += 1) {
      const [one, another] = [answers.to(empty), answers.to(empty)];
      expect(one.length).toBe(another.length);
      for (const [index, framed] of one.entries()) expect(framed).toBe(another[index]);
      expect(one[0]).toBe(first[0]);
      // A slice of the shared pool would keep all of it alive for as long as the text is open.
      expect(first[0]?.buffer.byteLength).toBe(first[0]?.byteLength);
      typeInto(doc, `${n}`);
    }
  });

  it('takes ids and clocks that stand nowhere in the text for nothing', () => {
    const { doc, answers, made } = stage();
    typeInto(doc, '正文');
    comeIn(answers);
    for (let client = 1; client <= 50; client += 1)
      answers.to(Y.encodeStateVector(new Map([[client, client * 1_000]])));
    expect(made.count).toBe(1);
  });

  it('gives the whole to everybody when too many lack something else', () => {
    const { doc, answers, made } = stage({ isPoor: true });
    for (let n = 0; n < 30; n += 1) typeInto(doc, `${n}`);
    for (let clock = 1; clock <= 20; clock += 1) {
      const client = new Y.Doc();
      receive(client, Buffer.concat(answers.to(Y.encodeStateVector(new Map([[doc.clientID, clock]])))));
      expect(wordsOf(client)).toBe(wordsOf(doc));
    }
    expect(made.count).toBe(1);
  });

  it('makes an answer anew when too much came after it', () => {
    const { doc, answers, made } = stage();
    typeInto(doc, '一');
    comeIn(answers);
    for (let n = 0; n <= TEXT_LIMITS.answerTail; n += 1) typeInto(doc, '.');
    expect(wordsOf(comeIn(answers))).toBe(wordsOf(doc));
    typeInto(doc, 'x'.repeat(TEXT_LIMITS.answerTailBytes));
    expect(wordsOf(comeIn(answers))).toBe(wordsOf(doc));
    expect(made.count).toBe(3);
  });

  it('keeps few answers, and not those of long ago', () => {
    const { doc, answers, made } = stage();
    for (let n = 0; n < 40; n += 1) typeInto(doc, `${n}`);
    const asks = (clock: number) => answers.to(Y.encodeStateVector(new Map([[doc.clientID, clock]])));
    for (let clock = 1; clock <= 40; clock += 1) asks(clock);
    expect(made.count).toBe(40);
    asks(40);
    expect(made.count).toBe(40);
    asks(1);
    expect(made.count).toBe(41);
  });

  it('refuses what is no state vector, and one of more than the text has', () => {
    const { answers } = stage();
    expect(() => answers.to(Uint8Array.from([5, 1]))).toThrow();
    expect(() => answers.to(new Uint8Array(TEXT_LIMITS.vectorBytes + 1))).toThrow();
  });
});
