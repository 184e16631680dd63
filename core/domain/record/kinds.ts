import { z } from 'zod';

/** What a row of a sealed record is about. */
export const ROW_KINDS = [
  'session',
  'moderation',
  'person',
  'item',
  'view',
  'reply',
  'poll',
  'text',
  'task',
] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** What a search finds; agenda and title are searched beside it, as what a hit is about. */
export const FOUND_KINDS = ['view', 'reply', 'poll', 'text', 'task'] as const satisfies readonly RowKind[];
export const FoundKind = z.enum(FOUND_KINDS);
export type FoundKind = z.infer<typeof FoundKind>;
