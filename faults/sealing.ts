import { randomUUID } from 'node:crypto';
import { archiveRoutes } from '../core/contract/archives.ts';
import { canonical } from '../core/domain/canonical.ts';
import { applyAll } from '../core/domain/room/apply.ts';
import { EMPTY_ROOM } from '../core/domain/room/state.ts';
import type { SessionId } from '../core/domain/ids.ts';
import { readLog } from '../load/evidence.ts';
import type { Stage } from '../load/stage.ts';
import type { Browser } from '../rehearsal/doors.ts';
import { compareHashes } from '../rehearsal/examine.ts';
import { command } from '../rehearsal/knock.ts';

/** Closes the session; the sealed record must hold against its own hashes and be the fold of the log. */
export async function sealAndCompare({
  chair,
  sessionId,
}: Pick<Stage, 'chair' | 'sessionId'>): Promise<string[]> {
  await command(chair, sessionId, { type: 'closeSession' }, randomUUID());
  const archive = await chair.call(archiveRoutes.getArchive, { params: { sessionId } });
  const folded = applyAll(EMPTY_ROOM, await readLog(chair, sessionId));
  return [
    ...(await compareSealed(chair, sessionId)),
    ...(canonical(folded) === canonical(archive.room)
      ? []
      : ['archive: the log does not fold to the sealed room']),
  ];
}

/** Where a sealed record does not hold against its own hashes. */
export async function compareSealed(reader: Browser, sessionId: SessionId): Promise<string[]> {
  const archive = await reader.call(archiveRoutes.getArchive, { params: { sessionId } });
  const findings = await compareHashes(reader, archive);
  return findings
    .filter(({ agrees }) => !agrees)
    .map(({ what, expected, happened }) => `archive: ${what}: ${expected}, not ${happened}`);
}
