import { z } from 'zod';
import { TEXT_LIMITS } from '../collab/limits.ts';

/** Limits that a test sets for a process of texts: a day of a text in a few seconds. */
export const TextPace = z.strictObject({
  kind: z.literal('pace'),
  limits: z.partialRecord(
    z.enum(['snapshotRows', 'snapshotAgainMs', 'idleRows', 'idleMs', 'unloadMs', 'awayTellMs']),
    z.int().min(0),
  ),
});

const LIFELIKE = { ...TEXT_LIMITS };

/** The product looks its limits up where it uses them, so they may change while texts are open. null: those of life. */
export function setPace(pace: z.infer<typeof TextPace> | null): void {
  Object.assign(TEXT_LIMITS, LIFELIKE, pace?.limits);
}
