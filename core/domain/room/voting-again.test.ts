import { describe, expect, it } from 'vitest';
import { ADMIN, as, choose, participantId, poll, pollId, seated } from '../../testing/builders.ts';
import { limit } from '../../testing/poll-rules.ts';
import { OfferedDraft } from '../polls/offered.ts';
import { otherInRerun, unheld } from '../polls/stricter.ts';
import { mayBeFor } from '../polls/ties.ts';
import { tiesOf } from './voting-ties.ts';

const refused = (reason: string) => ({ error: { reason } });

function opened(over: Parameters<typeof poll>[1]) {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: poll(1, over) });
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  return t;
}

function closed(over: Parameters<typeof poll>[1]) {
  const t = opened(over);
  t.must(as(0), { type: 'closePoll', pollId: pollId(1) }, { papers: [] });
  return t;
}

function voided(t: ReturnType<typeof opened>) {
  t.must(as(0), { type: 'proposeVoid', pollId: pollId(1), why: '名单有误' });
  t.must(ADMIN, { type: 'confirmVoid', pollId: pollId(1) });
}

describe('a poll that is void, by rules that are refused today', () => {
  // As an older log may hold it: for is bounded above, and nobody says what nobody met.
  const wrong = { thresholds: [limit('chosen', 'at_most', [1, 2], 'cast')] };
  const right = { thresholds: [limit('chosen', 'more', [1, 2], 'cast')] };
  const again = (over: Parameters<typeof poll>[1] = {}) =>
    ({ type: 'preparePoll', poll: { ...poll(1, over), id: pollId(2), rerunOf: pollId(1) } }) as const;

  it('is held again with those changed, and nothing else [B43] [B9]', () => {
    const t = closed(wrong);
    voided(t);
    expect(unheld(poll(1, wrong))).toEqual(['thresholds']);
    expect(OfferedDraft.safeParse(again(wrong).poll).success).toBe(false);
    expect(t.ask(as(0), again({ ...right, base: 'due' }))).toMatchObject(refused('POLL_RERUN_OTHER'));
    expect(t.ask(as(0), again({ ...right, roles: ['member'] }))).toMatchObject(refused('POLL_RERUN_OTHER'));
    t.must(as(0), again(right));
  });

  it('is held again as it was where nothing of it is refused, and by the same hands [B43] [B61]', () => {
    expect(unheld(poll(1, right))).toEqual([]);
    const t = closed(right);
    voided(t);
    expect(t.ask(as(0), again())).toMatchObject(refused('POLL_RERUN_OTHER'));
    const election = { kind: 'election', options: [{ id: 'a', text: '甲' }], others: [], seats: 1 } as const;
    const [onPaper, onDevices] = [[participantId(1), participantId(3)], []].map((tellers) =>
      poll(1, { ask: { ...election, options: [...election.options], others: [] }, tellers }),
    );
    if (onPaper === undefined || onDevices === undefined) throw new Error('no drafts');
    expect(otherInRerun(onPaper, onDevices)).toBe('rules');
    const others = { ...onPaper, rules: { ...onPaper.rules, tellers: [participantId(1), participantId(6)] } };
    expect(otherInRerun(onPaper, others)).toBe(null);
  });
});

describe('options that lead together', () => {
  it('are settled for once, of one of them [B47]', () => {
    const t = opened({ tie: 'host', thresholds: [limit('chosen', 'more', [1, 2], 'cast')] });
    t.must(as(1), { type: 'castBallot', pollId: pollId(1), paper: choose('y') });
    t.must(as(3), { type: 'castBallot', pollId: pollId(1), paper: choose('n') });
    t.must(as(0), { type: 'closePoll', pollId: pollId(1) }, { papers: [] });
    const settle = (itemId: string, isFor: boolean) =>
      t.ask(as(0), {
        type: 'settleTie',
        pollId: pollId(1),
        chamberId: 'all',
        itemId,
        isFor,
        why: '先行试点',
      });
    const [one] = t.room().polls;
    if (one === undefined) throw new Error('no poll');
    expect(tiesOf(one).map(({ itemId }) => itemId)).toEqual(['y', 'n']);
    expect(settle('y', true)).toMatchObject({ ok: true });
    expect(settle('n', true)).toMatchObject(refused('TIE_ONE_FOR'));
    expect(settle('n', false)).toMatchObject({ ok: true });
    expect(
      mayBeFor({ ask: { kind: 'each' } }, { chamberId: 'all', itemId: 'n' }, [
        { chamberId: 'all', itemId: 'y', isFor: true },
      ]),
    ).toBe(true);
  });
});
