import type { Room } from './state.ts';

/** When each reader's own order ends; null where there is none [V11]. Behind the collecting everybody reads alike. */
export function shuffledUntil({ state, note, plan }: Pick<Room, 'state' | 'note' | 'plan'>): number | null {
  const minutes = plan?.rules?.shuffleMinutes;
  const since = note?.since;
  if (state !== 'collecting' || minutes === undefined || since === undefined) return null;
  return Date.parse(since) + minutes * 60_000;
}

/**
 * The place of something in the order of one reader: the same whenever they look, unlike anybody else's, and not to be
 * had by who comes first. Not for secrets.
 */
export function shuffleRank(seed: string, id: string): number {
  // FNV-1a over both, and a last stir: ids that differ in one place come far apart.
  let hash = 0x811c9dc5;
  for (const char of `${seed}:${id}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
