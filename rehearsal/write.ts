import type { DocumentId } from '../core/domain/ids.ts';
import type { OutcomeNode } from '../core/domain/outcome.ts';
import type { Browser } from './doors.ts';
import { takePen } from './pen.ts';

/** Writes a text by turns, block by block: each writer goes on from what the one before wrote. Readers see it. */
export async function writeTogether(work: {
  readonly documentId: DocumentId;
  readonly writers: readonly Browser[];
  readonly readers: readonly Browser[];
  readonly text: OutcomeNode;
}): Promise<void> {
  const everybody = [...work.writers, ...work.readers];
  const opened = await Promise.allSettled(everybody.map((browser) => takePen(browser, work.documentId)));
  const pens = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  try {
    const failed = opened.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    const blocks = work.text.content ?? [];
    for (const [index, block] of blocks.entries()) {
      const pen = pens[index % work.writers.length];
      if (pen === undefined) throw new Error('nobody may write the text');
      await pen.sees(index);
      await pen.append(block);
    }
    await Promise.all(pens.map((pen) => pen.sees(blocks.length)));
    const texts = new Set(pens.map((pen) => pen.text()));
    if (texts.size > 1) throw new Error(`${texts.size} different texts on ${pens.length} screens`);
  } finally {
    for (const pen of pens) pen.close();
  }
}
