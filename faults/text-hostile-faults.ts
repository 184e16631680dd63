import { CLOSE } from '../core/contract/errors.ts';
import { createHistogram } from '../load/histogram.ts';
import { rawClient } from '../server/testing/raw-text-client.ts';
import { until } from '../server/testing/until.ts';
import { figures, writeOne } from './text-edit-times.ts';
import type { TextFault, TextHall } from './text-fault.ts';
import { textMalformed } from './text-malformed.ts';

/** A text grows to 3 MB in pieces that are small enough, of characters that take three bytes. */
const [PIECE, PIECES] = [60_000, 18] as const;
const TOLD_MS = 10_000;
/** Of a frame so large nobody reads as much as its type: ws ends it by itself. */
const TOO_LARGE: ReadonlySet<number> = new Set([CLOSE.tooLarge, 1009]);

/** An update of 300 KB, a frame of 10 MB, a text of 3 MB, while others write. */
async function grow({ texts, open, letWrite, expect, expectWithin, note }: TextHall): Promise<void> {
  const scene = await open(2);
  const { stage } = scene;
  const [node] = texts.nodes;
  if (node === undefined) throw new Error('no process');
  const writing = letWrite([scene]);
  const offender = await stage.join('member');
  const large = await rawClient(node, stage.documentId, offender);
  large.barrier(1);
  await until('the client is known as ours', () => large.echoes.length > 0, TOLD_MS);
  large.type('字'.repeat(100_000));
  large.barrier(2);
  await expectWithin('an update of 300 KB is refused', TOLD_MS, () => TOO_LARGE.has(large.closeCode ?? 0));
  expect(
    `whoever sent it is told why (${large.refusals.join()})`,
    large.refusals.includes('UPDATE_TOO_LARGE'),
  );
  const huge = await rawClient(node, stage.documentId, offender);
  huge.send(new Uint8Array(10 * 1024 * 1024));
  await expectWithin('a frame of 10 MB is refused', TOLD_MS, () => TOO_LARGE.has(huge.closeCode ?? 0));
  const rows = await stage.rows();
  expect(
    'nothing of it is in the log',
    rows.every(({ author }) => author !== offender.participantId),
  );
  expect('nothing of it is acknowledged', large.echoes.join() === '1' && huge.echoes.length === 0);
  const grower = await rawClient(node, stage.documentId, await stage.join('member'));
  const times = createHistogram();
  for (let piece = 0; piece < PIECES; piece += 1) await writeOne(grower, [times], '长'.repeat(PIECE));
  note(`a piece of ${Math.round((3 * PIECE) / 1_024)} KB is saved in ${figures(times)}`);
  await writing.stop();
  grower.stop();
}

export const textHostileFaults: readonly TextFault[] = [
  textMalformed,
  {
    name: 'text 19: an update, a frame and a text that are too large',
    times: { short: 1, long: 1 },
    inject: grow,
  },
];
