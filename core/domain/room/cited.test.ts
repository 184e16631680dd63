import { describe, expect, it } from 'vitest';
import { as, choose, poll, pollId, seated, uuid, view, viewId } from '../../testing/builders.ts';
import { standingOf } from './cited.ts';
import { trimmed } from './earlier.ts';

/** Two views and a poll; both are in the room. */
function discussion() {
  const t = seated({ open: true });
  t.must(as(3), { type: 'postView', view: view(0) });
  t.must(as(1), { type: 'postView', view: view(1) });
  t.must(as(0), { type: 'preparePoll', poll: poll(0) });
  return t;
}

const of = (n: number) => ({ kind: 'view' as const, id: viewId(n) });

describe('standingOf', () => {
  it('leads to what is there, and says of what is not why [O8]', () => {
    const t = discussion();
    expect(standingOf(t.room(), of(0))).toMatchObject({ how: 'here', held: { it: { id: viewId(0) } } });
    expect(standingOf(t.room(), of(9))).toEqual({ how: 'gone', held: null, why: 'unknown' });
    for (const kind of ['reply', 'question', 'material'] as const)
      expect(standingOf(t.room(), { kind, id: uuid('none', 1) })).toMatchObject({ why: 'unknown' });
    t.must(as(3), { type: 'withdrawView', viewId: viewId(0) });
    expect(standingOf(t.room(), of(0))).toMatchObject({ how: 'gone', why: 'withdrawn' });
  });

  it('takes a poll for evidence by its result, once it is closed [O8]', () => {
    const t = discussion();
    const cited = { kind: 'poll' as const, id: pollId(0) };
    expect(standingOf(t.room(), cited)).toMatchObject({ how: 'gone', why: 'notYet' });
    t.must(as(0), { type: 'openPoll', pollId: pollId(0) });
    t.must(as(1), { type: 'castBallot', pollId: pollId(0), paper: choose('y') });
    t.must(as(0), { type: 'closePoll', pollId: pollId(0) });
    expect(standingOf(t.room(), cited)).toMatchObject({ how: 'here', held: { kind: 'poll' } });
  });

  it('denies nothing that is earlier than what is held [O8]', () => {
    const room = trimmed(discussion().room(), { said: 1, roll: 100 });
    expect(standingOf(room, of(0))).toEqual({ how: 'earlier', held: null, why: null });
  });
});
