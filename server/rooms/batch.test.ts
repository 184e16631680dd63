import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AgendaItemId, DocumentId, SessionId } from '../../core/domain/ids.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import type { Batch, LockedLog } from '../ports/room-log.ts';
import type { Submission } from '../ports/rooms.ts';
import { judgeBatch } from './batch.ts';
import { NOTHING_HELD } from './held-rooms.ts';

const sessionId = SessionId.parse(randomUUID());
const documentId = DocumentId.parse(randomUUID());

/** An empty log, and what was appended to it. */
function fakeLog() {
  const appended: Batch[] = [];
  const log: LockedLog = {
    seq: 0,
    headHash: '',
    documentId,
    erasedAt: null,
    rowsAfter: async () => [],
    eventsBetween: async () => new Map(),
    commandsByKeys: async () => [],
    areGood: async (claims) => claims.map(() => true),
    holders: async () => [],
    reviewBy: async () => ({ isOwn: false, hasOthers: false }),
    papersOf: async () => [],
    boxKeyOf: async () => null,
    closingBox: () => Promise.reject(new Error('no box closes here')),
    filesOf: async () => [],
    sealText: () => Promise.reject(new Error('nothing closes here')),
    append: async (batch) => {
      appended.push(batch);
      return '';
    },
  };
  return { log, appended };
}

function planning(title: string): Submission {
  const command: Command = {
    type: 'planSession',
    plan: {
      id: sessionId,
      title,
      mode: 'hybrid',
      plannedMinutes: 60,
      background: '',
      source: { kind: 'masses', detail: '', collected: 0 },
      studioName: '',
      documentId,
      documentTitle: '纪要',
      venues: [{ id: 'main', name: '主会场', kind: 'main' }],
      agenda: [
        {
          id: AgendaItemId.parse(randomUUID()),
          title: '讨论',
          kind: 'exchange',
          speakerRole: 'any',
          minutes: 30,
        },
      ],
    },
  };
  return {
    sessionId,
    who: { kind: 'office', office: 'admin' },
    actor: 'office',
    key: randomUUID(),
    command,
  };
}

describe('judgeBatch', () => {
  it('keeps an event out of the log that nobody could read again, and the others in [L1]', async () => {
    const { log, appended } = fakeLog();
    const submissions = [planning('长'.repeat(100_000)), planning('停车难')];
    const judged = await judgeBatch(log, NOTHING_HELD, {
      submissions,
      now: '2026-11-21T08:00:00.000Z',
      markOf: (digest) => digest,
    });
    expect(judged.answers.map(({ ok }) => ok)).toEqual(['fault', true]);
    expect(appended).toHaveLength(1);
    expect(appended[0]!.envelopes).toMatchObject([{ seq: 1, event: { plan: { title: '停车难' } } }]);
    expect(appended[0]!.commands.map(({ key }) => key)).toEqual([submissions[1]!.key]);
  });
});
