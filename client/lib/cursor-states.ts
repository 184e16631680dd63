import { modifyAwarenessUpdate } from 'y-protocols/awareness';
import { z } from 'zod';
import { CursorPlace } from '../../core/contract/collab.ts';

const Owner = z.object({
  participantId: z.string(),
  name: z.string(),
  role: z.string(),
  color: z.string(),
});
const State = z.object({ user: Owner, cursor: CursorPlace.optional().catch(undefined) });

/**
 * What others' cursors may say, whatever the server let through: a state that is none counts as gone, a place that
 * Yjs would throw at is left out. One strange cursor must not stop the editors of all who see it.
 */
export function lawfulCursors(update: Uint8Array): Uint8Array {
  return modifyAwarenessUpdate(update, (state: unknown) => {
    const known = State.safeParse(state);
    return known.success ? known.data : null;
  });
}
