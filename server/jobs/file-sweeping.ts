import { RETENTION } from '../../core/contract/limits.ts';
import type { Log } from '../log.ts';
import type { FileStore } from '../ports/files.ts';
import { startSweeper } from '../sweeper.ts';

/** Deletes files that were sent and stand nowhere a day later [Y5]: now, and again a pause after each round. */
export function startSweepingFiles(
  { files, log }: { readonly files: Pick<FileStore, 'deleteStrays'>; readonly log: Log },
  everyMs: number,
): { readonly close: () => Promise<void> } {
  const sweeper = startSweeper({
    sweep: async () => {
      const deleted = await files.deleteStrays(RETENTION.strayFileHours);
      if (deleted > 0) log.info({ deleted }, 'files that stood nowhere were deleted');
    },
    everyMs: () => everyMs,
    onError: (error) => log.error({ err: error }, 'files that stand nowhere could not be deleted yet'),
  });
  return { close: sweeper.stop };
}
