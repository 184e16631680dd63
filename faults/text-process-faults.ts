import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../core/domain/outcome.ts';
import { rawClient, type RawClient } from '../server/testing/raw-text-client.ts';
import type { TextNode } from '../server/testing/text-fleet.ts';
import type { Stage } from '../server/testing/text-stage.ts';
import { plainWords } from '../server/testing/text-strokes.ts';
import { until } from '../server/testing/until.ts';
import type { TextFault, TextHall } from './text-fault.ts';

const TEXTS = 5;
const WRITERS = 10;
const SEEN_MS = 10_000;

/** Ten people in five texts; one process or another is killed every other second, and comes back. */
async function killWhileTheyWrite({ texts, chance, isLong, open, letWrite, seconds, note }: TextHall) {
  const scenes = await Promise.all(Array.from({ length: TEXTS }, () => open(WRITERS / TEXTS)));
  const writing = letWrite(scenes);
  const kills = isLong ? 30 : 2;
  for (let kill = 0; kill < kills; kill += 1) {
    await seconds(0.3 + chance.next(), 1 + 2 * chance.next());
    const node = texts.nodes[chance.below(texts.nodes.length)];
    await node?.kill();
    await node?.start();
  }
  await writing.stop();
  note(`${kills} kills`);
}

const DEATHS = ['before append', 'after commit', 'before publish', 'before ack'] as const;
const DEAD_MS = 20_000;

/** A process dies at each step of an edit's way, and comes back. */
async function dieAtEachStep({
  texts,
  chance,
  isLong,
  open,
  letWrite,
  expectWithin,
}: TextHall): Promise<void> {
  const scene = await open(4);
  const writing = letWrite([scene]);
  const [node] = texts.nodes;
  if (node === undefined) throw new Error('no process');
  for (let time = 0; time < (isLong ? 10 : 1); time += 1) {
    for (const at of DEATHS) {
      await node.trouble({ kind: 'die', at, skip: chance.below(10) });
      await expectWithin(`somebody's edit comes ${at}`, DEAD_MS, () => node.pid() === null);
      await node.start();
    }
  }
  await writing.stop();
}

/** Replaces everything in one edit, so that nobody may ever see a part of it. */
function replaceAll(doc: Y.Doc, words: string): void {
  doc.transact(() => {
    const fragment = doc.getXmlFragment(TEXT_FRAGMENT);
    fragment.delete(0, fragment.length);
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(words)]);
    fragment.insert(0, [paragraph]);
  });
}

/**
 * The third process hears nothing. The text is replaced at the first, somebody comes anew at the second; whoever looks
 * on at the third sees the old text or the new one, never a mix, and has the new one soon.
 */
async function oneIsBehind({ texts, isLong, open, expect, expectWithin, note }: TextHall): Promise<void> {
  const scene = await open(3);
  const [writer, other] = scene.writers;
  const [, second, third] = texts.nodes;
  if (writer === undefined || other === undefined || second === undefined || third === undefined)
    throw new Error('too few');
  const { stage } = scene;
  const reader = await rawClient(third, stage.documentId, await stage.join('observer'));
  const shown = new Set<string>();
  reader.doc.on('update', () => void shown.add(plainWords(reader.doc)));
  const lawful = new Set<string>();
  await third.trouble({ kind: 'hints', seed: 1, lost: 1, doubled: 0, late: 0 });
  const rounds = isLong ? 20 : 3;
  for (let round = 1; round <= rounds; round += 1) {
    const words = `第 ${round} 稿，${'换'.repeat(round)}`;
    lawful.add(words);
    replaceAll(writer.doc, words);
    await until('the second process has it', () => plainWords(other.doc) === words, SEEN_MS);
    other.line.cut();
    // Whoever was at the first comes to the one that is behind, and has more than it knows.
    const mover = round % 2 === 0 ? null : await moveTo(third, stage, writer.doc);
    await expectWithin(
      'who looks on at the third process has the new text',
      SEEN_MS,
      () => plainWords(reader.doc) === words,
    );
    mover?.stop();
  }
  expect(
    `nobody sees a mix of two texts: ${JSON.stringify([...shown])}`,
    [...shown].every((words) => lawful.has(words)),
  );
  note(`${shown.size} of ${rounds} texts were seen at the third process`);
  reader.stop();
}

async function moveTo(node: TextNode, stage: Stage, doc: Y.Doc): Promise<RawClient> {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return await rawClient(node, stage.documentId, await stage.join('member'), copy);
}

export const textProcessFaults: readonly TextFault[] = [
  {
    name: 'text 1: processes are killed while ten people write five texts',
    times: { short: 1, long: 1 },
    inject: killWhileTheyWrite,
  },
  {
    name: 'text 2: a process dies at each step of an edit on its way',
    times: { short: 1, long: 1 },
    inject: dieAtEachStep,
  },
  {
    name: 'text 8: one of three processes is behind while a text is replaced',
    times: { short: 1, long: 1 },
    inject: oneIsBehind,
  },
];
