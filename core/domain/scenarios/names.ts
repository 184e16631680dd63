import { digest } from '../chain.ts';
import type { LocalId } from '../ids.ts';
import { LocalId as LocalIdSchema } from '../ids.ts';

/** A UUID that always is the same for a name: the first bits of its SHA-256 (version 8, RFC 9562). */
export function uuidOf(name: string): string {
  const hex = digest(name);
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The short names that stand for a file's names of venues or options: its own where they will do. */
export function localIds(names: readonly string[], prefix: string): ReadonlyMap<string, LocalId> {
  const usable = names.every((name) => LocalIdSchema.safeParse(name).success);
  return new Map(
    names.map((name, index) => [name, LocalIdSchema.parse(usable ? name : `${prefix}${index + 1}`)]),
  );
}
