import { z } from 'zod';
import { DOORS } from '../../core/contract/limits.ts';
import { TEXT_LIMITS } from './limits.ts';
import { presenceFrame, type PresenceEntry } from './wire.ts';

type Cursor = PresenceEntry & {
  /** Null: a connection of another process. */
  readonly owner: object | null;
  readonly seenMs: number;
};

/** Cursors of one document. They are hints: nothing of this is ever stored. */
export type Presence = {
  /** Whether a cursor with this id would be shown, or there are too many. */
  readonly hasRoomFor: (clientId: number) => boolean;
  /**
   * Shows a cursor that was already stamped, under an id that is its owner's: whoever had it before is gone without
   * a word.
   */
  readonly show: (owner: object, entry: PresenceEntry) => void;
  /** Takes the cursor of a connection away. */
  readonly leave: (owner: object) => void;
  /** Cursors that another process told of. */
  readonly hear: (message: string) => void;
  /** All cursors, for somebody who has just come. */
  readonly all: () => Uint8Array | null;
  readonly close: () => void;
};

const Told = z
  .array(
    z.strictObject({
      clientId: z.int().min(0),
      clock: z.int().min(0),
      json: z.string().max(2 * DOORS.awarenessBytes),
    }),
  )
  .max(200);

/** tell: one coalesced frame for every reader here; announce: what this process's own cursors did, for the others. */
export function createPresence(outlets: {
  readonly tell: (message: Uint8Array) => void;
  readonly announce: (message: string) => void;
  readonly nowMs: () => number;
}): Presence {
  const cursors = new Map<number, Cursor>();
  const changed = new Set<number>();
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    timer = null;
    const entries: Cursor[] = [];
    for (const clientId of changed) {
      const cursor = cursors.get(clientId);
      if (cursor === undefined) continue;
      entries.push(cursor);
      if (cursor.json === 'null') cursors.delete(clientId);
    }
    changed.clear();
    if (entries.length === 0) return;
    outlets.tell(presenceFrame(entries));
    const mine = entries
      .filter((entry) => entry.owner !== null)
      .map(({ clientId, clock, json }) => ({ clientId, clock, json }));
    if (mine.length > 0) outlets.announce(JSON.stringify(mine));
  }

  function hasRoomFor(clientId: number): boolean {
    return cursors.has(clientId) || cursors.size < TEXT_LIMITS.cursors;
  }

  function put(cursor: Cursor): void {
    cursors.set(cursor.clientId, cursor);
    changed.add(cursor.clientId);
    timer ??= setTimeout(flush, TEXT_LIMITS.presenceTickMs);
  }

  /** Cursors of processes that died without a word. */
  function forgetOld(): void {
    const oldest = outlets.nowMs() - TEXT_LIMITS.presenceAgeMs;
    for (const cursor of cursors.values()) {
      if (cursor.owner === null && cursor.seenMs < oldest) put({ ...cursor, json: 'null' });
    }
  }

  return {
    hasRoomFor,
    show: (owner, entry) => {
      if (hasRoomFor(entry.clientId)) put({ ...entry, owner, seenMs: outlets.nowMs() });
    },
    leave: (owner) => {
      for (const cursor of cursors.values()) if (cursor.owner === owner) put({ ...cursor, json: 'null' });
    },
    hear: (message) => {
      forgetOld();
      const told = parse(message);
      for (const entry of told) {
        const known = cursors.get(entry.clientId);
        if (known?.owner !== undefined && known.owner !== null) continue;
        // Late: where it stood before it stood where it stands now.
        if (known !== undefined && entry.clock < known.clock) continue;
        if (known === undefined && (entry.json === 'null' || !hasRoomFor(entry.clientId))) continue;
        put({ ...entry, owner: null, seenMs: outlets.nowMs() });
      }
    },
    all: () => {
      forgetOld();
      const shown = [...cursors.values()].filter((cursor) => cursor.json !== 'null');
      return shown.length === 0 ? null : presenceFrame(shown);
    },
    close: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

function parse(message: string): z.infer<typeof Told> {
  try {
    const told = Told.safeParse(JSON.parse(message));
    return told.success ? told.data : [];
  } catch {
    return [];
  }
}
