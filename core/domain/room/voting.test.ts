import { describe, expect, it } from 'vitest';
import {
  as,
  participant,
  participantId,
  OFFICE,
  personId,
  poll,
  pollId,
  seated,
} from '../../testing/builders.ts';
import { PollDraft, type Paper } from '../polls/kinds.ts';
import { meanOf } from '../polls/tally.ts';
import { seenBy } from './seen-by.ts';

const choose = (...choices: string[]): Paper => ({ choices, scores: null });
const score = (scores: Record<string, number>): Paper => ({ choices: [], scores });

function opened(over: Parameters<typeof poll>[1] = {}) {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: poll(1, over) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  const cast = (n: number, paper: Paper) => t.ask(as(n), { type: 'castBallot', pollId: pollId(1), paper });
  const result = (papers: Paper[] = []) => {
    t.must(as(0), { type: 'closePoll', pollId: pollId(1) }, { papers });
    const closed = t.room().polls[0];
    if (closed?.phase !== 'closed') throw new Error('not closed');
    return closed;
  };
  return { ...t, cast, result };
}

describe('decidePolls', () => {
  it('takes the roll when the poll opens, without the chair [B1]', () => {
    const t = opened({ eligibleRoles: ['convener', 'member', 'resident'] });
    t.must(OFFICE, {
      type: 'addParticipant',
      participant: participant(20, 'resident', true),
      personId: personId(20),
    });
    expect(t.cast(0, choose('y'))).toMatchObject({ error: { reason: 'NOT_ELIGIBLE' } });
    expect(t.cast(20, choose('y'))).toMatchObject({ error: { reason: 'NOT_ELIGIBLE' } });
    expect(t.cast(2, choose('y'))).toMatchObject({ error: { reason: 'NOT_ELIGIBLE' } });
    expect(t.cast(1, choose('y'))).toMatchObject({ ok: true });
    expect(t.result().result).toMatchObject({ eligible: 2, cast: 1 });
  });

  it('judges each ballot against its poll [B2]', () => {
    const t = opened();
    expect(t.cast(1, choose())).toMatchObject({ error: { reason: 'BALLOT_EMPTY' } });
    expect(t.cast(1, choose('ghost'))).toMatchObject({ error: { reason: 'OPTION_UNKNOWN' } });
    expect(t.cast(1, choose('y', 'n'))).toMatchObject({ error: { reason: 'BALLOT_TOO_MANY' } });
    expect(t.cast(1, score({ y: 1 }))).toMatchObject({ error: { reason: 'BALLOT_SCORES' } });
    const many = opened({ kind: 'multiple', maxChoices: 2 });
    expect(many.cast(1, choose('y', 'y'))).toMatchObject({ error: { reason: 'BALLOT_TOO_MANY' } });
    expect(many.cast(1, choose('a', 'y'))).toMatchObject({ ok: true });
    expect(many.result().ballots?.[0]?.paper.choices).toEqual(['y', 'a']);
  });

  it('keeps scores within the scale and gives their mean [B2] [B3]', () => {
    const t = opened({
      kind: 'rating',
      scale: { lowest: 1, highest: 5 },
      options: [{ id: 's', text: '可行性' }],
    });
    expect(t.cast(1, score({ s: 6 }))).toMatchObject({ error: { reason: 'BALLOT_SCORES' } });
    expect(t.cast(1, score({ x: 3 }))).toMatchObject({ error: { reason: 'OPTION_UNKNOWN' } });
    expect(t.cast(1, choose('s'))).toMatchObject({ error: { reason: 'BALLOT_EMPTY' } });
    t.cast(1, score({ s: 5 }));
    t.cast(3, score({ s: 4 }));
    t.cast(6, score({ s: 4 }));
    expect(meanOf(t.result().result, 's')).toBe(4.33);
  });

  it('counts the last named ballot before the close, once a person [B3]', () => {
    const t = opened();
    t.cast(1, choose('y'));
    t.cast(1, choose('n'));
    t.cast(3, choose('n'));
    expect(t.result().result).toMatchObject({ cast: 2, counts: { y: 0, n: 2, a: 0 } });
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
    expect(t.result().result.byRole).toEqual([
      { role: 'member', eligible: 1, cast: 1, counts: { y: 1, n: 0, a: 0 } },
      { role: 'resident', eligible: 1, cast: 0, counts: { y: 0, n: 0, a: 0 } },
      { role: 'stakeholder', eligible: 1, cast: 0, counts: { y: 0, n: 0, a: 0 } },
    ]);
  });

  it('keeps a secret paper apart from its person, and counts by role withheld [B5]', () => {
    const t = opened({ secrecy: 'secret' });
    t.cast(1, choose('y'));
    expect(JSON.stringify(t.log)).not.toContain('"choices"');
    expect(t.cast(1, choose('n'))).toMatchObject({ error: { reason: 'BALLOT_ALREADY_CAST' } });
    const closed = t.result([choose('y')]);
    expect(closed.ballots).toBeNull();
    expect(closed.result).toMatchObject({ cast: 1, counts: { y: 1 } });
    expect(closed.result.byRole.map((part) => part.counts)).toEqual([null, null, null]);
    expect(closed.result.byRole[0]).toMatchObject({ role: 'member', cast: 1 });
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
    const parses = (over: object) => PollDraft.safeParse({ ...poll(1), ...over }).success;
    expect(parses({ options: [{ id: 'y', text: 'y' }] })).toBe(false);
    expect(parses({ options: ['y', 'y'].map((id) => ({ id, text: id })) })).toBe(false);
    expect(parses({ maxChoices: 2 })).toBe(false);
    expect(parses({ kind: 'rating' })).toBe(false);
    expect(parses({ kind: 'multiple', maxChoices: 4 })).toBe(false);
    expect(parses({ options: ['__proto__', 'y'].map((id) => ({ id, text: id })) })).toBe(false);
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
    const ids = ['constructor', 'toString', 'valueOf'];
    const options = ids.map((id) => ({ id, text: id }));
    const scale = { lowest: 1, highest: 5 };
    const { cast, result } = opened({ kind: 'rating', options, scale });
    expect(cast(1, score({ constructor: 4 })).ok).toBe(true);
    const closed = result();
    expect(JSON.stringify(closed.result.counts)).toBe('{"constructor":1,"toString":0,"valueOf":0}');
    expect(JSON.stringify(closed.result.sums)).toBe('{"constructor":4,"toString":0,"valueOf":0}');
  });
});
