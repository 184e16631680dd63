import { RETENTION } from '../../core/contract/limits.ts';
import type { DocumentId } from '../../core/domain/ids.ts';
import type { Log } from '../log.ts';
import type { TextRetention } from '../ports/text-retention.ts';
import { startSweeper } from '../sweeper.ts';

/** What the tidying of texts needs of the world. */
export type TidyingDeps = {
  readonly retention: TextRetention;
  /** Folds the rows of a text into a snapshot; whoever is faster wins. */
  readonly compact: (documentId: DocumentId) => Promise<unknown>;
  readonly log: Log;
};

/** What one round did. */
export type TidyRound = { readonly folded: number; readonly deleted: number };

/** A text that is open somewhere is folded by its process, and earlier. */
const AT_REST = { rows: 50, minutes: 10 };

/** Keeps texts short at rest [W12]. The first round comes after a pause: a process that starts has enough to do. */
export function startTidying(deps: TidyingDeps, everyMs: number): { readonly close: () => Promise<void> } {
  const stopping = new AbortController();
  let isFirst = true;
  const sweeper = startSweeper({
    sweep: async () => {
      if (!isFirst) await tidyRound(deps, stopping.signal);
      isFirst = false;
    },
    everyMs: () => everyMs,
    onError: (error) => deps.log.error({ err: error }, 'texts could not be tidied yet'),
  });
  return {
    close: async () => {
      stopping.abort();
      await sweeper.stop();
    },
  };
}

/** Folds what nobody folded, and deletes rows that lay under a snapshot for long enough, piece by piece. */
export async function tidyRound(
  { retention, compact, log }: TidyingDeps,
  signal?: AbortSignal,
): Promise<TidyRound> {
  let [folded, deleted] = [0, 0];
  for (const documentId of await retention.uncovered(AT_REST)) {
    if (signal?.aborted === true) break;
    try {
      await compact(documentId);
      folded += 1;
    } catch (error) {
      // One text that cannot be folded keeps no other from it; its rows stay.
      log.error({ err: error, documentId }, 'a text could not be folded');
    }
  }
  for (;;) {
    if (signal?.aborted === true) break;
    const { rows, state } = await retention.deleteCovered({ hours: RETENTION.textRowHours });
    deleted += rows;
    if (state !== 'left') break;
  }
  await retention.cover();
  if (folded + deleted > 0) log.info({ folded, deleted }, 'texts were tidied');
  return { folded, deleted };
}
