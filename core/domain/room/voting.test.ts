import { describe, expect, it } from 'vitest';
import {
  as,
  choose,
  participant,
  participantId,
  OFFICE,
  personId,
  poll,
  pollId,
  seated,
} from '../../testing/builders.ts';
import { PollDraft } from '../polls/draft.ts';
import type { Paper } from '../polls/paper.ts';
import { meanOf } from '../polls/reading.ts';
import { splitPersonal } from '../personal.ts';
import { applyAll } from './apply.ts';
import { AUDIENCES } from './audiences.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';

const score = (scores: Record<string, number>): Paper => ({ shape: 'scores', scores });
const options = (...ids: string[]) => ids.map((id) => ({ id, text: id }));

function opened(over: Parameters<typeof poll>[1] = {}) {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: poll(1, over) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  const cast = (n: number, paper: Paper) => t.ask(as(n), { type: 'castBallot', pollId: pollId(1), paper });
  const result = (papers: Paper[] = []) => {
    t.must(as(0), { type: 'closePoll', pollId: pollId(1) }, { papers });
    const closed = t.room().polls[0];
    if (closed?.phase !== 'closed' || closed.result === null) throw new Error('not closed');
    const [all] = closed.result.chambers;
    if (all === undefined) throw new Error('no chamber');
    return { ...closed, all, groups: closed.result.groups };
  };
  return { ...t, cast, result };
}

describe('decidePolls', () => {
  it('folds ballots on without touching a room that somebody has [L5]', () => {
    const t = opened();
    const before = t.room();
    for (const n of [1, 3, 6]) expect(t.cast(n, choose(n === 3 ? 'n' : 'y'))).toMatchObject({ ok: true });
    const cast = t.log.slice(before.seq);
    const castIn = ({ polls: [one] }: typeof before) =>
      one?.phase === 'open' ? Object.keys(one.ballots).length : NaN;
    const [half, whole] = [applyAll(before, cast.slice(0, 2)), applyAll(before, cast)];
    expect([before, half, applyAll(half, cast.slice(2)), half, whole].map(castIn)).toEqual([0, 2, 3, 2, 3]);
    expect(whole).toEqual(t.room());
    // Whoever folds on from room to room keeps what they made, and nobody else's.
    const own = new WeakSet<object>();
    const last = cast.reduce((room, envelope) => applyAll(room, [envelope], own), before);
    expect([before, half, last].map(castIn)).toEqual([0, 2, 3]);
    expect(last).toEqual(whole);
  });

  it('takes the roll when the poll opens, without the chair [B1]', () => {
    const t = opened({ roles: ['convener', 'member', 'resident'] });
    t.must(OFFICE, {
      type: 'addParticipant',
      participant: participant(20, 'resident', true),
      personId: personId(20),
    });
    expect(t.cast(0, choose('y'))).toMatchObject({ error: { reason: 'NOT_ELIGIBLE' } });
    expect(t.cast(20, choose('y'))).toMatchObject({ error: { reason: 'NOT_ELIGIBLE' } });
    expect(t.cast(2, choose('y'))).toMatchObject({ error: { reason: 'NOT_ELIGIBLE' } });
    expect(t.cast(1, choose('y'))).toMatchObject({ ok: true });
    expect(t.result().all.turnout).toMatchObject({ due: 2, entitled: 2, cast: 1 });
  });

  it('judges each ballot against its poll [B2]', () => {
    const t = opened();
    expect(t.cast(1, choose())).toMatchObject({ error: { reason: 'BALLOT_EMPTY' } });
    expect(t.cast(1, choose('ghost'))).toMatchObject({ error: { reason: 'OPTION_UNKNOWN' } });
    expect(t.cast(1, choose('y', 'n'))).toMatchObject({ error: { reason: 'BALLOT_TOO_MANY' } });
    expect(t.cast(1, score({ y: 1 }))).toMatchObject({ error: { reason: 'BALLOT_SHAPE' } });
    const many = opened({
      ask: { kind: 'multiple', options: options('y', 'n', 'a'), least: 1, most: 2 },
    });
    expect(many.cast(1, choose('y', 'y'))).toMatchObject({ error: { reason: 'BALLOT_TWICE' } });
    expect(many.cast(1, choose('a', 'y'))).toMatchObject({ ok: true });
    expect(many.result().ballots?.[0]?.paper).toEqual(choose('y', 'a'));
  });

  it('keeps scores within the scale and gives their mean [B2] [B3]', () => {
    const t = opened({
      ask: { kind: 'score', options: options('s'), lowest: 1, highest: 5 },
    });
    expect(t.cast(1, score({ s: 6 }))).toMatchObject({ error: { reason: 'BALLOT_SCORES' } });
    expect(t.cast(1, score({ x: 3 }))).toMatchObject({ error: { reason: 'OPTION_UNKNOWN' } });
    expect(t.cast(1, choose('s'))).toMatchObject({ error: { reason: 'BALLOT_SHAPE' } });
    expect(t.cast(1, score({}))).toMatchObject({ error: { reason: 'BALLOT_EMPTY' } });
    t.cast(1, score({ s: 5 }));
    t.cast(3, score({ s: 4 }));
    t.cast(6, score({ s: 4 }));
    expect(meanOf(t.result().all.count, 's')).toBe(4.33);
  });

  it('counts the last named ballot before the close, once a person [B3]', () => {
    const t = opened();
    t.cast(1, choose('y'));
    t.cast(1, choose('n'));
    t.cast(3, choose('n'));
    expect(t.result().all).toMatchObject({ turnout: { cast: 2 }, count: { choices: { y: 0, n: 2, a: 0 } } });
    expect(t.cast(6, choose('y'))).toMatchObject({ error: { reason: 'POLL_CLOSED' } });
  });

  it('shows no choice before the close, and turnout by role after it [B4]', () => {
    const t = opened();
    t.cast(1, choose('y'));
    const last = t.log[t.log.length - 1];
    if (last === undefined) throw new Error('no event');
    for (const audience of ['chair', 'room'] as const) {
      expect(JSON.stringify(seenBy(last, audience))).not.toContain('"y"');
    }
    const count = (y: number) => ({ of: 'choices', choices: { y, n: 0, a: 0 } });
    expect(t.result().groups).toEqual([
      { role: 'member', entitled: 1, cast: 1, count: count(1) },
      { role: 'resident', entitled: 1, cast: 0, count: count(0) },
      { role: 'stakeholder', entitled: 1, cast: 0, count: count(0) },
    ]);
  });

  it('keeps a secret paper apart from its person, and counts by role withheld [B5]', () => {
    const t = opened({ secrecy: 'secret' });
    t.cast(1, choose('y'));
    expect(JSON.stringify(t.log)).not.toContain('"choices"');
    expect(t.cast(1, choose('n'))).toMatchObject({ error: { reason: 'BALLOT_ALREADY_CAST' } });
    const closed = t.result([choose('y')]);
    expect(closed.ballots).toBeNull();
    expect(closed.all).toMatchObject({ turnout: { cast: 1 }, count: { choices: { y: 1 } } });
    expect(closed.groups.map((part) => part.count)).toEqual([null, null, null]);
    expect(closed.groups[0]).toMatchObject({ role: 'member', cast: 1 });
  });

  it('opens and closes once, frozen in between [B6]', () => {
    const t = opened();
    expect(t.ask(as(0), { type: 'openPoll', pollId: pollId(1) })).toMatchObject({
      error: { reason: 'POLL_ALREADY_OPENED' },
    });
    expect(t.ask(as(0), { type: 'preparePoll', poll: poll(1, { question: '改了' }) })).toMatchObject({
      error: { reason: 'ID_TAKEN' },
    });
    t.result();
    expect(t.ask(as(0), { type: 'closePoll', pollId: pollId(1) })).toMatchObject({
      error: { reason: 'POLL_CLOSED' },
    });
    expect(t.ask(as(0), { type: 'closePoll', pollId: pollId(2) })).toMatchObject({
      error: { reason: 'POLL_UNKNOWN' },
    });
  });

  it('refuses a draft that cannot be voted on [B2]', () => {
    const parses = (ask: object) => PollDraft.safeParse({ ...poll(1), ask }).success;
    const single = { kind: 'single', options: options('y', 'n'), allowsNone: false };
    expect(parses(single)).toBe(true);
    expect(parses({ ...single, options: options('y') })).toBe(false);
    expect(parses({ ...single, options: options('y', 'y') })).toBe(false);
    expect(parses({ ...single, options: options('__proto__', 'y') })).toBe(false);
    expect(parses({ kind: 'multiple', options: options('y', 'n'), least: 1, most: 3 })).toBe(false);
    expect(parses({ kind: 'score', options: options('y'), lowest: 5, highest: 5 })).toBe(false);
  });

  it('names participants as pseudonyms in the roll [B1]', () => {
    const t = opened();
    const open = t.room().polls[0];
    expect(open?.phase === 'open' && open.electorate.map((voter) => voter.id)).toEqual([
      participantId(1),
      participantId(3),
      participantId(6),
    ]);
  });

  it('counts options that are called like what every object has [B3]', () => {
    const ask = {
      kind: 'score',
      options: options('constructor', 'toString', 'valueOf'),
      lowest: 1,
      highest: 5,
    } as const;
    const { cast, result } = opened({ ask });
    expect(cast(1, score({ constructor: 4 })).ok).toBe(true);
    const { count } = result().all;
    if (count?.of !== 'scores') throw new Error('no scores');
    expect(Object.entries(count.each).map(([id, { papers, sum }]) => [id, papers, sum])).toEqual([
      ['constructor', 1, 4],
      ['toString', 0, 0],
      ['valueOf', 0, 0],
    ]);
  });
});

describe('what is read of a poll, and when', () => {
  const papersIn = (value: unknown) => JSON.stringify(value).split('"shape"').length - 1;

  it.each([
    // secrecy, papers in the event of a ballot, and after the close to the chair and to the room.
    ['open', 'live', 1, 1, 1],
    ['open', 'after_own', 0, 1, 1],
    ['open', 'after_close', 0, 1, 1],
    ['open', 'after_publish', 0, 1, 0],
    ['named', 'after_close', 0, 1, 1],
    ['host', 'after_close', 0, 0, 0],
    ['host', 'after_publish', 0, 0, 0],
    ['secret', 'after_close', 0, 1, 1],
  ] as const)(
    'shows who chose what as %s, read %s, says [B10] [B11] [B4]',
    (secrecy, shown, live, chair, room) => {
      const t = opened({ secrecy, shown });
      t.cast(1, choose('y'));
      const cast = t.log[t.log.length - 1];
      if (cast === undefined) throw new Error('no event');
      for (const audience of AUDIENCES) {
        expect(papersIn(seenBy(cast, audience))).toBe(live);
        expect(papersIn(roomSeenBy(t.room(), audience).polls)).toBe(live);
      }
      t.result([choose('y')]);
      const closed = t.log[t.log.length - 1];
      if (closed === undefined) throw new Error('no event');
      expect(papersIn(seenBy(closed, 'chair'))).toBe(chair);
      expect(papersIn(seenBy(closed, 'room'))).toBe(room);
      expect(papersIn(roomSeenBy(t.room(), 'room').polls)).toBe(room);
    },
  );

  it('shows a result that waits to the chair alone until it is published, once [B11]', () => {
    const t = opened({ shown: 'after_publish' });
    t.cast(1, choose('y'));
    const result = (audience: 'chair' | 'room') => {
      const [poll] = roomSeenBy(t.room(), audience).polls;
      return poll?.phase === 'closed' ? poll.result : undefined;
    };
    expect(t.ask(as(0), { type: 'publishPoll', pollId: pollId(1) })).toMatchObject({
      error: { reason: 'POLL_STILL_OPEN' },
    });
    t.result();
    expect(result('chair')).not.toBeNull();
    expect(result('room')).toBeNull();
    const closed = t.log[t.log.length - 1];
    // Neither what everybody's chain hashes openly nor what the room is sent says anything of it.
    if (closed === undefined) throw new Error('no event');
    expect(JSON.stringify(splitPersonal(closed.event).payload)).not.toContain('choices');
    expect(JSON.stringify(seenBy(closed, 'room'))).not.toContain('choices');
    expect(t.ask(as(1), { type: 'publishPoll', pollId: pollId(1) })).toMatchObject({
      error: { reason: 'ROLE_MAY_NOT' },
    });
    t.must(as(0), { type: 'publishPoll', pollId: pollId(1) });
    expect(result('room')).toEqual(result('chair'));
    expect(t.ask(as(0), { type: 'publishPoll', pollId: pollId(1) })).toMatchObject({
      error: { reason: 'POLL_PUBLISHED' },
    });
  });
});
