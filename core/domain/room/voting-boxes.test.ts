import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { polling } from '../../testing/arbitrary-said.ts';
import { runSteps } from '../../testing/arbitrary.ts';
import { as, AT, choose, poll, pollId, seated } from '../../testing/builders.ts';
import { BOX_KEY } from '../../testing/held-papers.ts';
import { freshSeed } from '../../testing/seed.ts';
import { Envelope } from '../events.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { rootOf } from '../polls/box.ts';
import { fileOf } from '../polls/exporting.ts';
import { sealOf } from '../polls/sealing.ts';
import { verifyPoll } from '../polls/verifying.ts';
import { applyAll } from './apply.ts';
import { AUDIENCES } from './audiences.ts';
import { decide } from './decide.ts';
import type { Facts } from './facts.ts';
import { guardBallot } from './guards.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';
import { EMPTY_ROOM, type Room } from './state.ts';
import { guardClose, isPollDue } from './voting.ts';

const seed = freshSeed();
const box = (shown: 'after_close' | 'after_publish' = 'after_close', over = {}) =>
  poll(0, { secrecy: 'verifiable', shown, ...over });

function opened(draft = box()) {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: draft });
  t.must(as(0), { type: 'openPoll', pollId: pollId(0) }, { key: BOX_KEY });
  return t;
}

const held = (papers: NonNullable<Facts['papers']>, roster: NonNullable<Facts['box']>['roster']): Facts => ({
  papers,
  box: { issued: roster.length, cast: papers.length, root: rootOf(pollId(0), []), roster },
});

describe('a poll with a box', () => {
  it('opens with its key alone, and the seal covers it and the key of receipts [B30]', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'preparePoll', poll: box() });
    const ask = t.ask(as(0), { type: 'openPoll', pollId: pollId(0) });
    expect(ask).toMatchObject({ error: { reason: 'BOX_NOT_READY' } });
    t.must(as(0), { type: 'openPoll', pollId: pollId(0) }, { key: BOX_KEY });
    const [found] = t.room().polls;
    if (found?.phase !== 'open') throw new Error('not open');
    expect(found.key).toEqual(BOX_KEY);
    expect(found.seal).toBe(sealOf(found.draft, found.electorate, found.roll, BOX_KEY));
    expect(found.seal).not.toBe(sealOf(found.draft, found.electorate, found.roll));
    for (const other of [{ fingerprint: '6'.repeat(64) }, { receipts: 'Q'.repeat(42) + 'A' }])
      expect(found.seal).not.toBe(
        sealOf(found.draft, found.electorate, found.roll, { ...BOX_KEY, ...other }),
      );
  });

  it('gives no other poll a key, and takes no ballot but through the box [B30] [B32]', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'preparePoll', poll: poll(0, { secrecy: 'secret' }) });
    t.must(as(0), { type: 'openPoll', pollId: pollId(0) }, { key: BOX_KEY });
    expect(t.room().polls[0]).not.toHaveProperty('key');
    const cast = opened().ask(as(1), { type: 'castBallot', pollId: pollId(0), paper: choose('y') });
    expect(cast).toMatchObject({ error: { reason: 'BALLOT_BY_BOX' } });
  });

  it('counts the papers of the box; who took a token was there, and silence is told of all [B34] [B22]', () => {
    const t = opened();
    const [found] = t.room().polls;
    if (found?.phase !== 'open') throw new Error('not open');
    const roster = found.electorate.map(({ id }) => id);
    t.must(as(0), { type: 'closePoll', pollId: pollId(0) }, held([choose('y'), choose('n')], roster));
    const [closed] = t.room().polls;
    if (closed?.phase !== 'closed') throw new Error('not closed');
    expect(closed.box).toMatchObject({ issued: roster.length, cast: 2, roster });
    expect(closed.result).toMatchObject({
      groups: [],
      chambers: [{ turnout: { issued: roster.length, cast: 2, silent: roster.length - 2 } }],
    });
    const file = fileOf(closed);
    expect(file === null ? null : verifyPoll(file).holds).toBe(true);
  });

  it('is due once as many ballots as voters lie in the box, where that closes it [B16]', () => {
    const time = { ...box().rules.time, closesWhenAllVoted: true };
    const t = opened(box('after_close', { time }));
    const [found] = t.room().polls;
    if (found?.phase !== 'open') throw new Error('not open');
    const all = found.electorate.length;
    expect([isPollDue(found, AT), isPollDue(found, AT, all - 1), isPollDue(found, AT, all)]).toEqual([
      false,
      false,
      true,
    ]);
    const papers = found.electorate.map(() => choose('y'));
    const clock = { kind: 'clock' } as const;
    const end = { type: 'endOverduePoll', pollId: pollId(0) } as const;
    expect(t.ask(clock, end, { ...held(papers.slice(1), []), at: AT })).toMatchObject({ ok: false });
    expect(t.ask(clock, end, { ...held(papers, []), at: AT })).toMatchObject({ ok: true });
  });

  it('ends after a while where a token is out, in a break too, once, and not later than was said [B35]', () => {
    const later = (ms: number) => new Date(Date.parse(AT) + ms).toISOString();
    const close = { type: 'closePoll', pollId: pollId(0) } as const;
    const end = { type: 'endOverduePoll', pollId: pollId(0) } as const;
    const clock = { kind: 'clock' } as const;
    const time = { ...box().rules.time, seconds: 60, extensionSeconds: 60 };
    const t = opened(box());
    const [found] = t.room().polls;
    if (found?.phase !== 'open') throw new Error('not open');
    const roster = found.electorate.map(({ id }) => id);
    const out = { ...held([choose('y')], roster), at: AT, endingMs: 25_000 };
    const told = (room: Room, facts: Facts) => decide(room, as(0), close, facts);
    const isClosed = { value: [{ type: 'poll:closed' }] };
    expect(told(t.room(), { ...out, endingMs: 0 })).toMatchObject(isClosed);
    // Nobody is on the way: it is counted at once.
    const all = {
      ...out,
      ...held(
        roster.map(() => choose('y')),
        roster,
      ),
    };
    expect(told(t.room(), all)).toMatchObject(isClosed);
    expect(guardClose(found).ok).toBe(true);
    t.must(as(0), close, out);
    expect(t.log.at(-1)?.event).toEqual({ type: 'poll:ending', pollId: pollId(0), endsAt: later(25_000) });
    const [ending] = t.room().polls;
    expect(ending).toMatchObject({ phase: 'open', isEnding: true, endsAt: later(25_000) });
    expect(t.ask(as(0), close, out)).toMatchObject({ error: { reason: 'POLL_ENDING' } });
    t.must(as(0), { type: 'pauseSession' });
    expect(guardBallot(t.room(), as(1), pollId(0), later(24_999)).ok).toBe(true);
    expect(guardBallot(t.room(), as(1), pollId(0), later(25_000))).toMatchObject({
      error: { reason: 'POLL_CLOSED' },
    });
    expect(t.ask(clock, end, { ...out, at: later(24_999) })).toMatchObject({ ok: false });
    t.must(clock, end, { ...out, at: later(25_000) });
    expect(t.room().polls[0]).toMatchObject({ phase: 'closed', box: { cast: 1 } });
    expect(t.room().polls[0]).not.toHaveProperty('isEnding');

    // By its own clock it would end sooner.
    const soon = opened(box('after_close', { time }));
    const [timed] = soon.room().polls;
    const endsAt = timed?.phase === 'open' ? timed.endsAt : null;
    const before = new Date(Date.parse(endsAt ?? '') - 10_000).toISOString();
    expect(told(soon.room(), { ...out, at: before })).toMatchObject({
      value: [{ type: 'poll:ending', endsAt }],
    });
    expect(told(soon.room(), { ...out, at: endsAt ?? '' })).toMatchObject(isClosed);
    soon.must(as(0), close, { ...out, at: before });
    const extend = { type: 'extendPoll', pollId: pollId(0) } as const;
    expect(soon.ask(as(0), extend, { at: before })).toMatchObject({ error: { reason: 'POLL_ENDING' } });
  });

  it(`is the same for every reader, told or looked at; its roster lies beside the chain (seed ${seed}) [L4] [L6] [B34]`, () => {
    const rosters: (readonly string[])[] = [];
    const script = fc.array(
      fc.record({ who: fc.constantFrom(as(0), as(0), as(1), as(3), as(6)), command: polling }),
      { minLength: 40, maxLength: 80 },
    );
    const property = fc.property(script, (steps) => {
      const { log, room } = runSteps(steps);
      for (const { event } of log) {
        const { payload, personal } = splitPersonal(event);
        expect(joinPersonal(payload, personal)).toEqual(event);
        if (event.type !== 'poll:closed' || event.roster === undefined) continue;
        if (event.roster.length > 0) rosters.push(event.roster);
        for (const id of event.roster) expect(JSON.stringify(payload)).not.toContain(id);
      }
      for (const audience of AUDIENCES) {
        const seen = log.map((envelope) => Envelope.parse(seenBy(envelope, audience)));
        expect(applyAll(EMPTY_ROOM, seen).polls).toEqual(roomSeenBy(room, audience).polls);
      }
    });
    for (let again = 0; rosters.length === 0; again += 1)
      fc.assert(property, { seed: seed + again, numRuns: 40 });
  });
});
