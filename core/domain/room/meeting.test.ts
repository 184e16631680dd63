import { describe, expect, it } from 'vitest';
import { as, itemId, OFFICE, pollId, poll, seated, uuid, view } from '../../testing/builders.ts';
import { TaskId } from '../ids.ts';
import type { Command } from './commands.ts';

const task = {
  id: TaskId.parse(uuid('task', 1)),
  department: '县城市管理局',
  cooperating: ['解放社区'],
  dueDays: 20,
  task: '提出早餐摊点规范设置方案',
  acceptance: '点位图',
};

describe('decideMeeting', () => {
  it('opens only when whoever holds the chair has come in [S4]', () => {
    const t = seated({ open: false });
    expect(t.ask(as(0), { type: 'openSession' })).toMatchObject({ error: { reason: 'HOST_ABSENT' } });
    t.must(as(0), { type: 'enterRoom' });
    t.must(as(1), { type: 'enterRoom' });
    t.must(as(0), { type: 'openSession' });
    expect(t.ask(as(0), { type: 'openSession' })).toMatchObject({
      error: { reason: 'SESSION_ALREADY_OPEN' },
    });
  });

  it('goes through its states in order and no other way [S1]', () => {
    const t = seated({ open: false });
    t.must(as(0), { type: 'enterRoom' });
    t.must(as(1), { type: 'enterRoom' });
    expect(t.ask(as(0), { type: 'closeSession' })).toMatchObject({ error: { reason: 'SESSION_NOT_OPEN' } });
    expect(t.ask(as(0), { type: 'resumeSession' })).toMatchObject({
      error: { reason: 'SESSION_NOT_PAUSED' },
    });
    const states = (['openSession', 'pauseSession', 'resumeSession', 'closeSession'] as const).map((type) => {
      t.must(as(0), { type });
      return t.room().state;
    });
    expect(states).toEqual(['in_session', 'paused', 'in_session', 'archived']);
  });

  it('lets nobody but the chair run the session [P1]', () => {
    const t = seated({ open: true });
    for (const n of [1, 2, 3, 4, 5, 6]) {
      expect(t.ask(as(n), { type: 'closeSession' })).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    }
  });

  it('takes contributions only while in session [S3]', () => {
    const t = seated({ open: false });
    const post: Command = { type: 'postView', view: view(1) };
    expect(t.ask(as(1), post)).toMatchObject({ error: { reason: 'SESSION_NOT_OPEN' } });
    t.must(as(0), { type: 'enterRoom' });
    t.must(as(0), { type: 'openSession', why: '先行开始' });
    t.must(as(0), { type: 'pauseSession' });
    for (const command of [post, { type: 'requestFloor' }] satisfies Command[]) {
      expect(t.ask(as(1), command)).toMatchObject({ error: { reason: 'SESSION_NOT_OPEN' } });
    }
  });

  it('changes nothing once archived [S5]', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'closeSession' });
    const commands: Command[] = [
      { type: 'postView', view: view(1) },
      { type: 'enterRoom' },
      { type: 'moveAgenda', itemId: itemId(1) },
      { type: 'recordTask', task },
      { type: 'preparePoll', poll: poll(1) },
      { type: 'closeSession' },
    ];
    for (const command of commands) {
      expect(t.ask(as(0), command)).toMatchObject({ error: { reason: 'SESSION_CLOSED' } });
    }
  });

  it('does not close over an open poll [B7]', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'preparePoll', poll: poll(1) });
    t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
    expect(t.ask(as(0), { type: 'closeSession' })).toMatchObject({ error: { reason: 'POLL_STILL_OPEN' } });
  });

  it('keeps one agenda item current and its real times [A1]', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(0) });
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(1) });
    expect(t.ask(as(0), { type: 'moveAgenda', itemId: itemId(1) })).toMatchObject({
      error: { reason: 'ITEM_IS_CURRENT' },
    });
    expect(t.ask(as(0), { type: 'moveAgenda', itemId: itemId(9) })).toMatchObject({
      error: { reason: 'ITEM_UNKNOWN' },
    });
    const times = t.room().agenda.map((item) => [item.startedAt !== null, item.endedAt !== null]);
    expect(times).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ]);
  });

  it('ends what goes on when it closes [S5] [A1] [F3]', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(0) });
    t.must(as(1), { type: 'requestFloor' });
    t.must(as(0), {
      type: 'giveFloor',
      participantId:
        t.room().queue[0]?.participantId ??
        (() => {
          throw new Error('nobody waits');
        })(),
    });
    t.must(as(0), { type: 'closeSession' });
    expect(t.room().turns.every((turn) => turn.endedAt !== null)).toBe(true);
    expect(t.room().agenda[0]?.endedAt).not.toBeNull();
  });

  it('records tasks from the chair, a recorder or staff [T1]', () => {
    const t = seated({ open: true });
    expect(t.ask(as(3), { type: 'recordTask', task })).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    t.must(as(5), { type: 'recordTask', task });
    expect(t.ask(OFFICE, { type: 'recordTask', task })).toMatchObject({ error: { reason: 'ID_TAKEN' } });
    expect(t.room().tasks[0]).toMatchObject({ department: '县城市管理局', dueDays: 20 });
  });
});
