import { Archive } from '../../core/contract/archives.ts';
import { LogRow } from '../../core/domain/chain.ts';
import { pollOfToday } from '../../core/domain/polls/first-poll.ts';
import type { ArchiveStore } from '../ports/archive-store.ts';
import type { PrismaClient } from './generated/client.ts';

const Seal = Archive.pick({ sealedAt: true, seq: true, headHash: true, outcome: true });
const Boxes = Archive.shape.boxes.unwrap();

/** Archives through Prisma; they are written by the transaction that closes a session. */
export function createArchiveStore(prisma: PrismaClient): ArchiveStore {
  return {
    find: async (sessionId) => {
      const row = await prisma.archive.findUnique({
        where: { sessionId },
        select: { sealedAt: true, seq: true, headHash: true, room: true, outcome: true, outcomeHash: true },
      });
      if (row === null) return null;
      const archive = Archive.parse({
        ...row,
        sessionId,
        sealedAt: row.sealedAt.toISOString(),
        seq: Number(row.seq),
      });
      // A record of before polls had kinds and rules tells of them as they would be today.
      return { ...archive, room: { ...archive.room, polls: archive.room.polls.map(pollOfToday) } };
    },
    boxesOf: async (sessionId) => {
      const row = await prisma.archive.findUnique({ where: { sessionId }, select: { boxes: true } });
      return Boxes.parse(row?.boxes ?? {});
    },
    sealOf: async (sessionId) => {
      const row = await prisma.archive.findUnique({
        where: { sessionId },
        select: { sealedAt: true, seq: true, headHash: true, outcome: true },
      });
      if (row === null) return null;
      return Seal.parse({ ...row, sealedAt: row.sealedAt.toISOString(), seq: Number(row.seq) });
    },
    stateOf: async (sessionId) => {
      const row = await prisma.archive.findUnique({ where: { sessionId }, select: { headHash: true } });
      if (row === null) return null;
      const erased = await prisma.roomEvent.count({
        where: { sessionId, commitment: { not: null }, salt: null },
      });
      const files = await prisma.sessionFile.count({ where: { sessionId } });
      return `${row.headHash}/${erased}/${files}`;
    },
    headOf: async (sessionId) => {
      const row = await prisma.archive.findUnique({ where: { sessionId }, select: { headHash: true } });
      return row?.headHash ?? null;
    },
    rowsAfter: async (sessionId, after, limit) => {
      const rows = await prisma.roomEvent.findMany({
        where: { sessionId, seq: { gt: after } },
        select: {
          seq: true,
          at: true,
          by: true,
          payload: true,
          personal: true,
          salt: true,
          commitment: true,
          hash: true,
        },
        orderBy: { seq: 'asc' },
        take: limit,
      });
      return rows.map((row) => LogRow.parse({ ...row, seq: Number(row.seq), at: row.at.toISOString() }));
    },
  };
}
