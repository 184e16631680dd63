import * as Y from 'yjs';
import { TEXT_FRAGMENT } from '../../core/domain/outcome.ts';
import { logDoc } from '../collab/log-doc.ts';
import type { TextNode } from './text-fleet.ts';
import { brokenPromises } from './text-ledger.ts';
import { rawClient } from './raw-text-client.ts';
import type { Stage } from './text-stage.ts';
import { brokenCitations, plainWords } from './text-strokes.ts';
import type { TextWriter } from './text-writer.ts';
import { cameTrue } from './until.ts';

export type Scene = {
  readonly stage: Stage;
  readonly writers: readonly TextWriter[];
  readonly nodes: readonly Pick<TextNode, 'url'>[];
};

/** A text as somebody has it. */
type Copy = { readonly holder: string; readonly doc: Y.Doc };

const QUIET_MS = 30_000;

/**
 * When nobody writes any more: waits until everybody is told that all is saved and has the same, then holds every
 * copy — of each writer, of somebody who comes in at each process only now, and of the log — against each other and
 * against what was acknowledged. [] when every promise was kept.
 */
export async function brokenWhenSettled({ stage, writers, nodes }: Scene): Promise<string[]> {
  const broken: string[] = [];
  await cameTrue(QUIET_MS, () => writers.every((writer) => writer.isSaved()));
  for (const writer of writers)
    if (!writer.isSaved()) broken.push(`${writer.name} is not told that all is saved: ${writer.state()}`);
  const reader = await stage.join('observer');
  const fresh = await Promise.all(
    nodes.map(async (node, index) => {
      const { doc, stop } = await rawClient(node, stage.documentId, reader, logDoc());
      return { holder: `somebody new at process ${index}`, doc, stop };
    }),
  );
  const copies: Copy[] = [...writers.map(({ name, doc }) => ({ holder: name, doc })), ...fresh];
  let stored = await stage.loaded();
  await cameTrue(QUIET_MS, async () => {
    stored = await stage.loaded();
    return copies.every(({ doc }) => differences(doc, stored).length === 0);
  });
  for (const { holder, doc } of copies)
    for (const what of differences(doc, stored)) broken.push(`${holder}: ${what}`);
  if (isPending(stored)) broken.push('the log: something builds on what is not there');
  broken.push(
    ...brokenPromises(
      writers.map(({ ledger }) => ledger),
      plainWords(stored),
    ),
  );
  broken.push(...brokenCitations(stored));
  broken.push(...(await gapsOf(stage)));
  for (const { stop } of fresh) stop();
  return broken;
}

/** In what a copy differs from the text of the log. */
export function differences(doc: Y.Doc, stored: Y.Doc): string[] {
  const [one, other] = [Y.snapshot(doc), Y.snapshot(stored)];
  return [
    ...(wordsIn(doc) === wordsIn(stored) ? [] : ['another text than the log']),
    ...(isSameState(one.sv, other.sv) ? [] : ['another state vector than the log']),
    ...(Y.equalDeleteSets(one.ds, other.ds) ? [] : ['other deletions than the log']),
    ...(isPending(doc) ? ['something builds on what is not there'] : []),
  ];
}

function isSameState(one: ReadonlyMap<number, number>, other: ReadonlyMap<number, number>): boolean {
  return one.size === other.size && [...one].every(([client, clock]) => other.get(client) === clock);
}

function isPending(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}

function wordsIn(doc: Y.Doc): string {
  return doc.getXmlFragment(TEXT_FRAGMENT).toString();
}

/** Rows may have been folded away from the front, never from the middle; the last is the head. */
async function gapsOf({ rows, documentLog, documentId }: Stage): Promise<string[]> {
  const seqs = (await rows()).map(({ seq }) => seq);
  const stored = await documentLog.load(documentId);
  const first = seqs[0] ?? 1;
  const gap = seqs.findIndex((seq, index) => seq !== first + index);
  return [
    ...(gap === -1 ? [] : [`the log has ${seqs[gap]} after ${seqs[gap - 1]}`]),
    ...(first > (stored?.snapshotSeq ?? 0) + 1 ? [`the log begins with ${first}`] : []),
    ...((seqs[seqs.length - 1] ?? stored?.snapshotSeq ?? 0) === (stored?.head ?? 0)
      ? []
      : [`the log ends with ${seqs[seqs.length - 1]}, its head is ${stored?.head}`]),
  ];
}
