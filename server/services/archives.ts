import type { Archive } from '../../core/contract/archives.ts';
import { DOORS } from '../../core/contract/limits.ts';
import type { LogRow } from '../../core/domain/chain.ts';
import type { PollId, SessionId } from '../../core/domain/ids.ts';
import { pollSeenBy, type Poll } from '../../core/domain/polls/poll.ts';
import { roomSeenBy, rowSeenBy } from '../../core/domain/room/seen-by.ts';
import { AppError } from '../app-error.ts';
import type { ArchiveStore } from '../ports/archive-store.ts';
import type { SignedIn } from '../ports/sign-ins.ts';
import type { TextHistory } from '../ports/text-history.ts';
import { audienceFor, enterFor, type StandingDeps } from './standing.ts';

/** What archives need of the world. */
export type ArchivesDeps = StandingDeps & {
  readonly archives: ArchiveStore;
  readonly textHistory: TextHistory;
};

export type Archives = ReturnType<typeof createArchives>;

/** The sealed record of a session, for those who were in it and the office. */
export function createArchives(deps: ArchivesDeps) {
  return {
    get: async (who: SignedIn, sessionId: SessionId, hasBoxes: boolean): Promise<Archive> => {
      const { room: now, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
      const archive = await deps.archives.find(sessionId);
      if (archive === null) throw new AppError('ARCHIVE_UNKNOWN');
      // What was kept from the room is in nobody's archive either [X2]; a poll whose names, or whose result, are the chair's
      // alone stays so in the record [B10] [B11].
      const isChair = audienceFor(now, standing) === 'chair';
      const polls = archive.room.polls.map((poll) => pollSeenBy(poll, isChair));
      const boxes = hasBoxes ? boxesSeenBy(await deps.archives.boxesOf(sessionId), polls) : undefined;
      const room = { ...roomSeenBy(archive.room), polls };
      return { ...archive, room, ...(boxes === undefined ? {} : { boxes }) };
    },
    textHistory: async (
      who: SignedIn,
      sessionId: SessionId,
    ): Promise<{ frames: Awaited<ReturnType<TextHistory['framesOf']>> }> => {
      const { room } = await enterFor(deps, { who, sessionId, act: 'text:read' });
      const isSealed = (await deps.archives.headOf(sessionId)) !== null;
      if (!isSealed || room.plan === null) throw new AppError('ARCHIVE_UNKNOWN');
      return { frames: await deps.textHistory.framesOf(room.plan.documentId) };
    },
    log: async (
      who: SignedIn,
      sessionId: SessionId,
      after: number,
    ): Promise<{ rows: LogRow[]; headHash: string; more: boolean }> => {
      const { room, standing } = await enterFor(deps, { who, sessionId, act: 'room:read' });
      const audience = audienceFor(room, standing);
      const headHash = await deps.archives.headOf(sessionId);
      if (headHash === null) throw new AppError('ARCHIVE_UNKNOWN');
      const rows = await deps.archives.rowsAfter(sessionId, after, DOORS.catchUpEvents + 1);
      return {
        rows: rows.slice(0, DOORS.catchUpEvents).map((row) => rowSeenBy(row, audience, room)),
        headHash,
        more: rows.length > DOORS.catchUpEvents,
      };
    },
  };
}

/** Whoever is not told a result is not told the papers either [B11]. */
function boxesSeenBy(
  boxes: NonNullable<Archive['boxes']>,
  polls: readonly Poll[],
): NonNullable<Archive['boxes']> {
  const told = new Set(
    polls.flatMap((poll) => (poll.phase === 'closed' && poll.result !== null ? [poll.draft.id] : [])),
  );
  return Object.fromEntries(Object.entries(boxes).filter(([pollId]) => told.has(pollId as PollId)));
}
