import * as Y from 'yjs';
import type { Purse } from './buckets.ts';
import { lastingFrame } from './frames.ts';
import { TEXT_LIMITS } from './limits.ts';
import { answerFrame, updateFrame } from './wire.ts';

/** Answers to state vectors of one document: what somebody lacks. */
export type Answers = {
  /** An update entered the document. */
  readonly entered: (update: Uint8Array) => void;
  /** Frames that bring whoever has this state vector to what the document is now. Throws when it is none. */
  readonly to: (vector: Uint8Array) => readonly Buffer[];
};

/** The answer itself, which comes last and brings nothing: whoever has it has everything that was sent before it. */
const COMPLETE = lastingFrame(answerFrame(Uint8Array.of(0, 0)));

type Answer = { readonly framed: Buffer; readonly version: number };
type Tail = { readonly after: number; readonly upTo: number; readonly framed: Buffer };

/**
 * A hall that comes back asks the same thing five hundred times, while people go on writing. So an answer is made
 * once and kept, with the updates that came since behind it: more than somebody lacks does no harm. Making one reads
 * the whole text; when too many differ, everybody gets the one answer that lacks nothing.
 */
export function createAnswers(
  doc: Y.Doc,
  purse: Purse,
  nowMs: () => number,
  /** The document as it is now, if somebody has it already. */
  whole: Uint8Array | null = null,
): Answers {
  /** By state vector, as far as it speaks of this document. '' is the whole. Oldest first. */
  const kept = new Map<string, Answer>();
  let since: { readonly framed: Buffer; readonly version: number }[] = [];
  let sinceBytes = 0;
  let version = 0;
  let bytes = 0;
  /** What came after one answer; a hall asks for the same. */
  let tail: Tail | null = null;
  if (whole !== null) kept.set('', { framed: lastingFrame(updateFrame(whole)), version });

  /** The whole always stays: it is what the others fall back on. */
  function makeRoom(size: number): void {
    bytes += size;
    for (const [key, { framed }] of kept) {
      if (kept.size <= TEXT_LIMITS.answers && bytes <= TEXT_LIMITS.answerBytes) break;
      if (key === '') continue;
      kept.delete(key);
      bytes -= framed.byteLength;
    }
  }

  function make(key: string, vector: Uint8Array | undefined): Answer {
    const beganMs = nowMs();
    const framed = lastingFrame(updateFrame(Y.encodeStateAsUpdate(doc, vector)));
    purse.spend(nowMs() - beganMs);
    const answer = { framed, version };
    if (key !== '') makeRoom(framed.byteLength);
    kept.set(key, answer);
    return answer;
  }

  function answerTo(vector: Uint8Array): Answer {
    const known = knownOf(doc, vector);
    const key = known.map(([client, clock]) => `${client.toString(36)}.${clock.toString(36)}`).join(' ');
    const found = kept.get(key);
    if (found !== undefined) return found;
    if (key === '') return make('', undefined);
    if (purse.waitMs() === 0) return make(key, Y.encodeStateVector(new Map(known)));
    return kept.get('') ?? make('', undefined);
  }

  function tailOf({ version: after }: Answer): readonly Buffer[] {
    if (after === version) return [];
    if (tail === null || tail.after !== after || tail.upTo !== version) {
      const later = since.filter((update) => update.version > after);
      tail = { after, upTo: version, framed: Buffer.concat(later.map(({ framed }) => framed)) };
    }
    return [tail.framed];
  }

  return {
    entered: (update) => {
      version += 1;
      if (kept.size === 0) return;
      const framed = lastingFrame(updateFrame(update));
      sinceBytes += framed.byteLength;
      since.push({ framed, version });
      const isFew = since.length <= TEXT_LIMITS.answerTail && sinceBytes <= TEXT_LIMITS.answerTailBytes;
      if (isFew) return;
      kept.clear();
      tail = null;
      bytes = 0;
      since = [];
      sinceBytes = 0;
    },
    to: (vector) => {
      const answer = answerTo(vector);
      return [answer.framed, ...tailOf(answer), COMPLETE];
    },
  };
}

/** What a state vector says of a document: ids that stand nowhere in it, and clocks beyond it, say nothing. */
function knownOf(doc: Y.Doc, vector: Uint8Array): [client: number, clock: number][] {
  if (vector.byteLength > TEXT_LIMITS.vectorBytes + 16 * doc.store.clients.size)
    throw new Error('a state vector of more than a document has');
  const known: [number, number][] = [];
  for (const [client, clock] of Y.decodeStateVector(vector)) {
    const state = Math.min(clock, Y.getState(doc.store, client));
    if (state > 0) known.push([client, state]);
  }
  return known.sort(([a], [b]) => a - b);
}
