import { describe, expect, it } from 'vitest';
import { ADMIN, as, AT, choose, participantId, poll, pollId, seated } from '../../testing/builders.ts';
import { BOX_KEY } from '../../testing/held-papers.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import { AUDIENCES } from '../room/audiences.ts';
import type { Command } from '../room/commands.ts';
import { boxesOf, votesOf } from '../room/reminding.ts';
import { roomSeenBy } from '../room/seen-by.ts';
import { guardExtension } from '../room/voting.ts';
import { firstEnd } from './days.ts';
import { isEarly } from './early.ts';
import { fileOf, PollFile } from './exporting.ts';
import { verifyPoll } from './verifying.ts';
import { PollDraft } from './draft.ts';
import { usualRules } from './usual-rules.ts';

const END = '2026-03-09T08:00:00.000Z';
const BEFORE_END = '2026-03-09T07:59:59.999Z';
const UNTIL = '2026-03-20T08:00:00.000Z';
const TIME = usualRules(['member']).time;
const overDays = (n: number) => poll(n, { time: { ...TIME, endsAt: END } });
const cast = (n: number, choice = 'y'): Command => ({
  type: 'castBallot',
  pollId: pollId(n),
  paper: choose(choice),
});
const refused = (reason: string) => ({ ok: false, error: { reason } });

/** A session before its meeting, with a poll over days that is open. */
function asked() {
  const t = seated({ open: false });
  t.must(as(0), { type: 'preparePoll', poll: overDays(1) }, { at: AT });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) }, { at: AT });
  return t;
}

describe('a poll over days [B27]', () => {
  it('is voted in before, in, between and behind the sittings, and ends by the clock in each of them', () => {
    const t = asked();
    const votes = (n: number, choice: string) => t.must(as(n), cast(1, choice), { at: AT });
    votes(1, 'y');
    t.must(as(0), { type: 'collectViews', until: UNTIL }, { at: AT });
    votes(3, 'n');
    t.must(as(0), { type: 'endCollecting' });
    t.must(as(0), { type: 'enterRoom' });
    t.must(as(0), { type: 'openSession', why: '测试' });
    votes(3, 'y');
    t.must(as(0), { type: 'pauseSession' });
    votes(6, 'n');
    t.must(as(0), { type: 'resumeSession' });
    t.must(as(0), { type: 'adjournSession', until: UNTIL }, { at: AT });
    votes(6, 'a');
    t.must(as(0), { type: 'resumeSession' });
    t.must(as(0), { type: 'endMeeting' });
    votes(1, 'n');
    // The text is not settled, nor the session closed, while people still vote.
    expect(t.ask(as(0), { type: 'settleText' })).toMatchObject(refused('POLL_STILL_OPEN'));
    const clock = { kind: 'clock' } as const;
    const over: Command = { type: 'endOverduePoll', pollId: pollId(1) };
    expect(t.ask(clock, over, { at: BEFORE_END })).toMatchObject(refused('POLL_NOT_OVERDUE'));
    expect(t.ask(as(3), cast(1), { at: END })).toMatchObject(refused('POLL_CLOSED'));
    t.must(clock, over, { at: END });
    const [closed] = t.room().polls;
    if (closed?.phase !== 'closed') throw new Error('it is still open');
    expect(closed.ballots?.map(({ by, paper }) => [by, paper])).toEqual([
      [participantId(1), choose('n')],
      [participantId(3), choose('y')],
      [participantId(6), choose('a')],
    ]);
  });

  it('is alone in that: a poll of the meeting is opened and voted in while people sit together', () => {
    const t = asked();
    t.must(as(0), { type: 'preparePoll', poll: poll(2) });
    const open: Command = { type: 'openPoll', pollId: pollId(2) };
    expect(t.ask(as(0), open)).toMatchObject(refused('SESSION_NOT_OPEN'));
    t.must(as(0), { type: 'enterRoom' });
    t.must(as(0), { type: 'openSession', why: '测试' });
    t.must(as(0), open);
    t.must(as(0), { type: 'pauseSession' });
    expect(t.ask(as(1), cast(2))).toMatchObject(refused('SESSION_NOT_OPEN'));
    t.must(as(0), { type: 'resumeSession' });
    for (const command of [{ type: 'adjournSession', until: UNTIL }, { type: 'endMeeting' }] as const)
      expect(t.ask(as(0), command, { at: AT })).toMatchObject(refused('POLL_STILL_OPEN'));
    t.must(as(0), { type: 'closePoll', pollId: pollId(2) });
    // Over the record nobody votes: that of a cancelled session neither.
    expect(t.ask(as(0), { type: 'closeSession' })).toMatchObject(refused('POLL_STILL_OPEN'));
    t.must(as(0), { type: 'adjournSession', until: UNTIL }, { at: AT });
    t.must(as(0), { type: 'closePoll', pollId: pollId(1), why: '都已表态' });
  });

  it('keeps a session from being cancelled over the heads of those who vote', () => {
    const t = asked();
    const cancel: Command = { type: 'cancelSession', why: '台风' };
    expect(t.ask(ADMIN, cancel)).toMatchObject(refused('POLL_STILL_OPEN'));
    t.must(as(0), { type: 'closePoll', pollId: pollId(1), why: '都已表态' });
    t.must(ADMIN, cancel);
  });

  it('ends within two months of its opening, also where it can be put off [B27] [B44]', () => {
    const at = Date.parse(AT);
    const after = (days: number) => new Date(at + days * 86_400_000).toISOString();
    const opened = (days: number, extensionSeconds: number | null = null) => {
      const t = seated({ open: false });
      const time = { ...TIME, endsAt: after(days), extensionSeconds };
      t.must(as(0), { type: 'preparePoll', poll: poll(1, { time }) }, { at: after(-1) });
      return { t, asked: t.ask(as(0), { type: 'openPoll', pollId: pollId(1) }, { at: AT }) };
    };
    const open = (days: number, extension?: number) => opened(days, extension).asked;
    const tooLate = { error: { reason: 'POLL_END_TOO_LATE', facts: { days: 60 } } };
    expect(open(60).ok).toBe(true);
    expect(open(60.001)).toMatchObject(tooLate);
    expect(open(0)).toMatchObject(refused('POLL_END_PASSED'));
    const week = 604_800;
    expect(open(54, week)).toMatchObject(tooLate);
    const { t } = opened(53, week);
    t.must(as(0), { type: 'extendPoll', pollId: pollId(1) }, { at: AT });
    expect(t.room().polls).toMatchObject([{ endsAt: after(60) }]);
    // One that was opened before this was asked is not put off beyond it.
    const [one] = t.room().polls;
    if (one?.phase !== 'open') throw new Error('it is not open');
    const { isExtended: _was, ...before } = one;
    expect(guardExtension({ ...before, endsAt: after(59) }, AT)).toMatchObject(tooLate);
  });

  it('is not prepared with an end that has passed, nor changed to one [B9]', () => {
    const t = seated({ open: false });
    const prepared = (endsAt: string) => poll(1, { time: { ...TIME, endsAt } });
    expect(t.ask(as(0), { type: 'preparePoll', poll: prepared(AT) })).toMatchObject(
      refused('POLL_END_PASSED'),
    );
    t.must(as(0), { type: 'preparePoll', poll: prepared(END) });
    expect(t.ask(as(0), { type: 'revisePoll', poll: prepared('2020-01-01T00:00:00.000Z') })).toMatchObject(
      refused('POLL_END_PASSED'),
    );
  });

  it('cannot ask how many are there, and has one end [B9]', () => {
    const attendance = { relation: 'more', of: { part: 1, whole: 2 } } as const;
    const { rules, ...rest } = overDays(1);
    const paths = (over: Partial<typeof rules>) =>
      PollDraft.safeParse({ ...rest, rules: { ...rules, ...over } }).error?.issues.map(({ path }) =>
        path.join('.'),
      );
    expect(paths({})).toBeUndefined();
    expect(paths({ quorum: { attendance, participation: null } })).toEqual(['rules.quorum.attendance']);
    expect(paths({ time: { ...TIME, endsAt: END, seconds: 60 } })).toEqual(['rules.time.endsAt']);
  });

  it('tells the clock when the first of the open polls ends [B28]', () => {
    const t = asked();
    expect(firstEnd(t.room())).toBe(END);
    t.must(as(0), {
      type: 'preparePoll',
      poll: poll(2, { time: { ...TIME, endsAt: '2026-03-05T08:00:00.000Z' } }),
    });
    expect(firstEnd(t.room())).toBe(END);
    t.must(as(0), { type: 'openPoll', pollId: pollId(2) }, { at: AT });
    expect(firstEnd(t.room())).toBe('2026-03-05T08:00:00.000Z');
    for (const n of [1, 2]) t.must(as(0), { type: 'closePoll', pollId: pollId(n), why: '都已表态' });
    expect(firstEnd(t.room())).toBeNull();
  });
});

it('is not outrun by the record while somebody says that it should not count [B42]', () => {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: poll(1) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  t.must(as(0), { type: 'closePoll', pollId: pollId(1), why: '都已表态' });
  t.must(as(0), { type: 'proposeVoid', pollId: pollId(1), why: '念错了题目' });
  for (const command of [{ type: 'closeSession' }, { type: 'abortSession', why: '停电' }] as const)
    expect(t.ask(as(0), command)).toMatchObject(refused('POLL_VOIDING'));
  // The text can still be written, and not be settled.
  t.must(as(0), { type: 'endMeeting' });
  expect(t.ask(as(0), { type: 'settleText' })).toMatchObject(refused('POLL_VOIDING'));
  t.must(as(0), { type: 'declineVoid', pollId: pollId(1) });
  expect(t.ask(as(0), { type: 'settleText' })).not.toMatchObject(refused('POLL_VOIDING'));
});

it('reminds those on the roll who have not voted, and nobody else, until the end [B29]', () => {
  const t = asked();
  const waits = (n: number, at = AT) => votesOf(t.room(), participantId(n), at).map(({ pollId: id }) => id);
  expect(waits(1)).toEqual([pollId(1)]);
  // The chair, a department, an observer, somebody who is not here.
  for (const n of [0, 2, 4, 99]) expect(waits(n)).toEqual([]);
  t.must(as(1), cast(1), { at: AT });
  expect(waits(1)).toEqual([]);
  expect(waits(3, BEFORE_END)).toEqual([pollId(1)]);
  expect(waits(3, END)).toEqual([]);
  t.must(as(0), {
    type: 'preparePoll',
    poll: poll(2, { secrecy: 'secret', time: { ...TIME, endsAt: '2026-03-05T08:00:00.000Z' } }),
  });
  t.must(as(0), { type: 'openPoll', pollId: pollId(2) }, { at: AT });
  // What ends first stands first; who has cast a secret ballot is known, what is on it is not.
  expect(waits(3)).toEqual([pollId(2), pollId(1)]);
  t.must(as(3), cast(2), { at: AT });
  expect(waits(3)).toEqual([pollId(1)]);
});

it('reminds of a box whoever took no token for it, and nobody once it is ending [B29]', () => {
  const t = asked();
  t.must(as(0), {
    type: 'preparePoll',
    poll: poll(2, { secrecy: 'verifiable', time: { ...TIME, endsAt: END } }),
  });
  t.must(as(0), { type: 'openPoll', pollId: pollId(2) }, { at: AT, key: BOX_KEY });
  const boxes = (n: number) => boxesOf(t.room(), participantId(n));
  expect(boxes(1)).toEqual([{ pollId: pollId(2), place: participantId(1) }]);
  for (const n of [0, 2, 4, 99]) expect(boxes(n)).toEqual([]);
  const waits = (untaken: readonly number[]) =>
    votesOf(t.room(), participantId(1), AT, new Set(untaken.map(pollId))).map(({ pollId: id }) => id);
  expect(waits([2])).toContain(pollId(2));
  expect(waits([])).not.toContain(pollId(2));
});

describe('a poll over days that the host ends before its end [B60]', () => {
  const close: Command = { type: 'closePoll', pollId: pollId(1) };
  const told: Command = { ...close, why: '都已表态' };

  it('ends with the reason, which lies beside the chain, is told to everybody and goes with the file', () => {
    const t = asked();
    t.must(as(1), cast(1), { at: AT });
    expect(t.ask(as(0), close, { at: AT })).toMatchObject(refused('POLL_EARLY'));
    expect(t.ask(as(1), told, { at: AT })).toMatchObject(refused('ROLE_MAY_NOT'));
    t.must(as(0), told, { at: AT });
    const early = { by: participantId(0), why: '都已表态', endsAt: END };
    const [closed] = t.room().polls;
    if (closed?.phase !== 'closed') throw new Error('it is still open');
    expect(closed.early).toEqual(early);
    const file = fileOf(closed);
    expect(PollFile.parse(file).early).toEqual(early);
    expect(file === null ? null : verifyPoll(file).holds).toBe(true);
    const { event } = t.log.at(-1) ?? {};
    if (event?.type !== 'poll:closed') throw new Error('not the last');
    const { payload, personal } = splitPersonal(event);
    expect(JSON.stringify(payload)).not.toContain('都已表态');
    expect(joinPersonal(payload, personal)).toEqual(event);
    for (const audience of AUDIENCES)
      expect(roomSeenBy(t.room(), audience).polls[0]).toMatchObject({ early });
  });

  it('needs none once all have voted or its end has come, and none is kept of it then', () => {
    const t = asked();
    const [open] = t.room().polls;
    if (open?.phase !== 'open') throw new Error('it is not open');
    expect([isEarly(open, BEFORE_END), isEarly(open, undefined), isEarly(open, END)]).toEqual([
      true,
      true,
      false,
    ]);
    for (const { id } of open.electorate) t.must({ kind: 'participant', id }, cast(1), { at: AT });
    t.must(as(0), told, { at: AT });
    expect(t.room().polls[0]).toMatchObject({ phase: 'closed' });
    expect(t.room().polls[0]).not.toHaveProperty('early');
  });

  it('is told as soon as its box begins to end, as nobody knows who has voted', () => {
    const t = seated({ open: false });
    const time = { ...TIME, endsAt: END };
    t.must(as(0), { type: 'preparePoll', poll: poll(1, { secrecy: 'verifiable', time }) }, { at: AT });
    t.must(as(0), { type: 'openPoll', pollId: pollId(1) }, { at: AT, key: BOX_KEY });
    const box = { issued: 3, cast: 1, root: '', roster: [] };
    const facts = { at: AT, box, endingMs: 25_000 };
    expect(t.ask(as(0), close, facts)).toMatchObject(refused('POLL_EARLY'));
    t.must(as(0), told, facts);
    const early = { by: participantId(0), why: '都已表态', endsAt: END };
    expect(t.room().polls[0]).toMatchObject({ phase: 'open', isEnding: true, early });
    const { event } = t.log.at(-1) ?? {};
    if (event?.type !== 'poll:ending') throw new Error('not the last');
    const { payload, personal } = splitPersonal(event);
    expect(JSON.stringify(payload)).not.toContain('都已表态');
    expect(joinPersonal(payload, personal)).toEqual(event);
    const end: Command = { type: 'endOverduePoll', pollId: pollId(1) };
    t.must({ kind: 'clock' }, end, { ...facts, at: '2026-03-08T08:00:00.000Z' });
    expect(t.room().polls[0]).toMatchObject({ phase: 'closed', early });
  });
});
