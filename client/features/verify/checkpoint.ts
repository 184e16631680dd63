import type { KnownCheckpoint } from '../../../core/domain/bundle/verifying-log.ts';

/** What somebody typed of a checkpoint: null where nothing, undefined where it is none. */
export function checkpointIn(typed: string): KnownCheckpoint | null | undefined {
  const plain = typed.trim();
  if (plain === '') return null;
  const [, size, hash] = /^(\d{1,9})\s*[:：\s]\s*([0-9a-fA-F]{64})$/.exec(plain) ?? [];
  return size === undefined || hash === undefined
    ? undefined
    : { size: Number(size), hash: hash.toLowerCase() };
}
