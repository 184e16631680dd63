import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../core/domain/events.ts';
import { SessionId } from '../../core/domain/ids.ts';
import { createEventsReader } from './events-reader.ts';

const ROOM = SessionId.parse('6f1c0b52-6c2b-4c59-9d64-0e9a4c2f7a01');
const OTHER = SessionId.parse('6f1c0b52-6c2b-4c59-9d64-0e9a4c2f7a02');

function stand() {
  const asked: [SessionId, number, number][] = [];
  const read = createEventsReader({
    eventsAfter: async (sessionId, after, limit) => {
      asked.push([sessionId, after, limit]);
      return Array.from({ length: Math.max(0, Math.min(limit, 3_000 - after)) }, (_, n): Envelope => ({
        seq: after + n + 1,
        at: '2026-01-01T00:00:00.000Z',
        by: 'office',
        event: { type: 'session:paused' },
      }));
    },
  });
  const seqs = async (sessionId: SessionId, after: number, limit: number) =>
    (await read(sessionId, after, limit)).map(({ seq }) => seq);
  return { asked, seqs };
}

describe('createEventsReader', () => {
  it('reads once for all who ask of one room in the same turn, and gives each their own part [L1]', async () => {
    const { asked, seqs } = stand();
    const answers = await Promise.all([
      seqs(ROOM, 7, 2),
      seqs(ROOM, 5, 3),
      seqs(ROOM, 5, 3),
      seqs(OTHER, 1, 1),
    ]);
    expect(answers).toEqual([[8, 9], [6, 7, 8], [6, 7, 8], [2]]);
    expect(asked).toEqual([
      [ROOM, 5, 4],
      [OTHER, 1, 1],
    ]);
  });

  it('reads apart for those who are far apart', async () => {
    const { asked, seqs } = stand();
    expect(await Promise.all([seqs(ROOM, 0, 1), seqs(ROOM, 2_500, 1)])).toEqual([[1], [2_501]]);
    expect(asked).toEqual([
      [ROOM, 0, 1],
      [ROOM, 2_500, 1],
    ]);
  });
});
