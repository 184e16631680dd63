import { describe, expect, it } from 'vitest';
import type { ClosedPoll, Poll } from '../../../core/domain/polls/poll.ts';
import { participantId, pollId } from '../../../core/testing/builders.ts';
import { draftOf } from '../../../core/testing/poll-rules.ts';
import { pollRows, resultIn } from './poll-news.ts';

const at = (minute: number) => `2026-11-21T08:${String(minute).padStart(2, '0')}:00.000Z`;
const said = [
  { seq: 10, at: at(10) },
  { seq: 20, at: at(20) },
];
const draft = { ...draftOf({ kind: 'yes_no' }), id: pollId(1) };
const opened = { draft, openedAt: at(5), seal: '', electorate: [], roll: [] };
const open: Poll = { ...opened, phase: 'open', endsAt: null, ballots: {} };
const closed: ClosedPoll = {
  ...opened,
  phase: 'closed',
  closedAt: at(15),
  result: { chambers: [], groups: [] },
  ballots: [],
  papers: [],
};
const voided = {
  by: participantId(1),
  at: at(25),
  why: '。',
  confirmedBy: participantId(2),
  confirmedAt: at(25),
};
const told = (polls: readonly Poll[], isAll = true) =>
  pollRows(polls, said, isAll).map(({ moment, seq, id }) => [moment, Math.floor(seq), id]);

describe('pollRows', () => {
  it('puts what happened to polls where it happened among what was said, each once [B71]', () => {
    const rows = pollRows([{ phase: 'prepared', draft }, closed], said, true);
    expect(rows.map(({ moment, seq }) => [moment, Math.floor(seq)])).toEqual([
      ['opened', 0],
      ['closed', 10],
    ]);
    const seqs = [...rows, ...said].map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  it('waits with what came before the first that is here, until it is all here', () => {
    expect(told([closed], false)).toEqual([['closed', 10, `${draft.id}/closed`]]);
    expect(told([open], false)).toEqual([]);
  });

  it('tells one that was made void while it was open once, and one that was closed before twice [B42]', () => {
    const names = (poll: Poll) => told([poll]).map(([moment]) => moment);
    expect(names({ ...closed, voided })).toEqual(['opened', 'closed', 'void']);
    expect(names({ ...closed, voided: { ...voided, confirmedAt: closed.closedAt } })).toEqual([
      'opened',
      'void',
    ]);
  });

  it('tells a result that waits only where it is published [B11]', () => {
    const rules = { ...draft.rules, shown: 'after_publish' as const };
    const waits: ClosedPoll = { ...closed, draft: { ...draft, rules } };
    const tells = (poll: Poll) =>
      pollRows([poll], said, true).flatMap((row) => (resultIn(row) === null ? [] : [row.moment]));
    expect(tells(closed)).toEqual(['closed']);
    expect(tells(waits)).toEqual([]);
    expect(tells({ ...waits, publishedAt: at(18) })).toEqual(['published']);
  });
});
