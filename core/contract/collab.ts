import { z } from 'zod';
import { TEXT_FRAGMENT } from '../domain/outcome.ts';
import type { Role } from '../domain/people.ts';

/** Message types of /collab: 0, 1 and 3 are those of y-websocket; 102 to 104 are ours (docs/adr). */
export const COLLAB_MESSAGE = {
  sync: 0,
  awareness: 1,
  queryAwareness: 3,
  /** Barrier: [102, varUint8Array(bytes)] is echoed after everything received before it is committed [W1]. */
  barrier: 102,
  /**
   * Refusal: [103, varString(reason)]: edits sent before it are not saved, for this reason. A barrier that is
   * echoed later takes it back: then everything sent before that barrier is saved after all.
   */
  refused: 103,
  /** Standing: [104, varString(reason)]: '' this connection may write now; else why it only reads. */
  standing: 104,
} as const;
// 102 is what makes a client one of ours: 103 and 104 are sent only to those who sent a 102 before.

/** Longest barrier that is echoed, in bytes. */
export const BARRIER_BYTES = 64;

/** Names and role that others see beside a cursor; stamped by the server, never taken from the client [W7]. */
export type CursorOwner = {
  readonly participantId: string;
  readonly name: string;
  readonly role: string;
  readonly color: string;
};

const Clock = z.int().min(0);
const YjsId = z.object({ client: Clock, clock: Clock });
const TextPosition = z
  .object({
    type: YjsId.nullish(),
    tname: z.literal(TEXT_FRAGMENT).nullish(),
    item: YjsId.nullish(),
    assoc: z.int().min(-1).max(1).nullish(),
  })
  // Yjs throws, in everybody's editor, on a position that hangs on nothing.
  .refine(({ type, tname, item }) => (type ?? tname ?? item ?? null) !== null);

/** Where a cursor stands. Anything else that a client says would stop the editors of all who see it [W7]. */
export const CursorPlace = z.object({ anchor: TextPosition, head: TextPosition });

/** Colour of a cursor, by role; dark enough for white letters on it. */
export const CURSOR_COLORS: Readonly<Record<Role, string>> = {
  convener: '#a61b29',
  host: '#b5490b',
  member: '#1f5fa8',
  department: '#0b6e63',
  resident: '#5f6b2d',
  stakeholder: '#7a5c00',
  expert: '#6a3fa0',
  recorder: '#8a2f6b',
  staff: '#475569',
  observer: '#57534e',
};

/** Query parameter of /collab/:documentId that tells the version of the text's schema. */
export const SCHEMA_PARAM = 'schema';
