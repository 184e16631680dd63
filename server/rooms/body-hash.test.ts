import { describe, expect, it } from 'vitest';
import { SessionId } from '../../core/domain/ids.ts';
import { askingAs } from '../../core/domain/room/acting.ts';
import type { Command } from '../../core/domain/room/commands.ts';
import type { Room } from '../../core/domain/room/state.ts';
import { as, participantId, plan, seated } from '../../core/testing/builders.ts';
import { testMarkOf } from '../testing/room-fixtures.ts';
import { bodyHashBefore } from './body-hash.ts';
import { draftBehind, judgeOne, type Draft } from './draft.ts';

const MEMBER = 1;
const named: Command = { type: 'nameHost', participantId: participantId(MEMBER) };

/** An administrator with a seat, who asks as the room makes them: the same key each time. */
function ask(draft: Draft, command: Command = named, actor = 'the administrator') {
  const who = askingAs(draft.room, { who: as(MEMBER), office: 'admin' }, command);
  return judgeOne(draft, {
    submission: { sessionId: SessionId.parse(plan().id), who, actor, key: 'the same', command },
    at: '2026-03-02T08:00:00.000Z',
    gathered: { facts: {}, outcome: null },
    known: new Map(),
    seated: null,
    markOf: testMarkOf,
  });
}

const room = (): Room => seated({ open: true }).room();

describe('a key that is used again', () => {
  it('is known though what it did made them act by their seat [L7] [P15]', () => {
    const draft = draftBehind(room());
    expect(ask(draft)).toMatchObject({ ok: true, value: [{ by: 'office' }] });
    // In the chair now, so by their seat.
    expect(askingAs(draft.room, { who: as(MEMBER), office: 'admin' }, named)).toEqual(as(MEMBER));
    expect(ask(draft)).toMatchObject({ replays: { key: 'the same', count: 1 } });
  });

  it('is refused for another body, and for another person [L7]', () => {
    const draft = draftBehind(room());
    ask(draft);
    const other = { ...named, participantId: participantId(0) };
    expect(ask(draft, other)).toMatchObject({ error: { reason: 'KEY_REUSED' } });
    expect(ask(draft, named, 'somebody else')).toMatchObject({ error: { reason: 'KEY_REUSED' } });
  });

  it('is known where its row is of before, when as whom they acted counted [L7]', () => {
    const draft = draftBehind(room());
    const who = { kind: 'office', office: 'admin' } as const;
    for (const hash of [
      bodyHashBefore,
      (...asked: Parameters<typeof bodyHashBefore>) => testMarkOf(bodyHashBefore(...asked)),
    ]) {
      const bodyHash = hash(draft.room, who, named);
      draft.commands.set('the same', {
        key: 'the same',
        actor: 'the administrator',
        bodyHash,
        firstSeq: 1,
        count: 1,
      });
      expect(ask(draft)).toMatchObject({ replays: { bodyHash } });
    }
  });
});
