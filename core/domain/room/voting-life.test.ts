import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENDING } from '../../testing/arbitrary-poll-life.ts';
import {
  ADMIN,
  as,
  choose,
  itemId,
  OFFICE,
  participantId,
  poll,
  pollId,
  seated,
  view,
  viewId,
} from '../../testing/builders.ts';
import { freshSeed } from '../../testing/seed.ts';
import { joinPersonal, splitPersonal } from '../personal.ts';
import type { PollDraft } from '../polls/draft.ts';
import { OfferedDraft } from '../polls/offered.ts';
import { SECRECIES, SHOWN, type Secrecy, type Shown } from '../polls/rules.ts';
import { LIMITS } from '../limits.ts';
import { AUDIENCES } from './audiences.ts';
import type { Who } from './guards.ts';
import { applyAll } from './apply.ts';
import { EMPTY_ROOM } from './state.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';
import { isSeenAsProposer } from './voting-voids.ts';

const seed = freshSeed();
type Table = ReturnType<typeof seated>;
const prepared = (over: Parameters<typeof poll>[1] = {}) => {
  const t = seated({ open: true });
  t.must(as(0), { type: 'preparePoll', poll: poll(1, over) });
  return t;
};
const opened = (over: Parameters<typeof poll>[1] = {}) => {
  const t = prepared(over);
  t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
  return t;
};
const closed = (over: Parameters<typeof poll>[1] = {}) => {
  const t = opened(over);
  t.must(as(1), { type: 'castBallot', pollId: pollId(1), paper: choose('y') });
  t.must(as(0), { type: 'closePoll', pollId: pollId(1) }, { papers: [] });
  return t;
};
const propose = (t: Table) => t.must(as(0), { type: 'proposeVoid', pollId: pollId(1), why: '名单有误' });
const refused = (reason: string) => ({ error: { reason } });

describe('a poll before it opens', () => {
  // Counts are shown before the close in an open poll, and in no other: else the draft is none.
  const rules = fc
    .record({ secrecy: fc.constantFrom(...SECRECIES.slice(0, 4)), shown: fc.constantFrom(...SHOWN) })
    .filter(({ secrecy, shown }) => (secrecy === 'open' ? shown === 'live' : SHOWN.indexOf(shown) >= 2));

  it(`becomes only stricter, whoever asks and how often (seed ${seed}) [B40]`, () => {
    fc.assert(
      fc.property(fc.array(rules, { minLength: 2, maxLength: 6 }), ([first, ...later]) => {
        const t = prepared(first);
        let told = first as { secrecy: Secrecy; shown: Shown };
        for (const asked of later) {
          const answer = t.ask(as(0), { type: 'revisePoll', poll: poll(1, asked) });
          const isLooser =
            SECRECIES.indexOf(asked.secrecy) < SECRECIES.indexOf(told.secrecy)
              ? 'secrecy'
              : SHOWN.indexOf(asked.shown) < SHOWN.indexOf(told.shown)
                ? 'shown'
                : null;
          if (isLooser === null) told = asked;
          else expect(answer).toMatchObject({ error: { reason: 'POLL_LOOSER', facts: { field: isLooser } } });
          expect(t.room().polls[0]?.draft.rules).toMatchObject(told);
        }
      }),
      { seed, numRuns: 100 },
    );
  });

  it('changes whole, by those who manage polls, until it opens [B40]', () => {
    const t = prepared();
    const other = poll(1, { question: '改了', smallestCell: 7 });
    expect(t.ask(as(1), { type: 'revisePoll', poll: other })).toMatchObject(refused('ROLE_MAY_NOT'));
    t.must(as(0), { type: 'revisePoll', poll: other });
    expect(t.room().polls.map(({ draft }) => draft)).toEqual([other]);
    t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
    const late = { type: 'revisePoll', poll: poll(1, { secrecy: 'secret' }) } as const;
    expect(t.ask(as(0), late)).toMatchObject(refused('POLL_ALREADY_OPENED'));
    expect(t.ask(as(0), { type: 'dropPoll', pollId: pollId(1) })).toMatchObject(
      refused('POLL_ALREADY_OPENED'),
    );
  });

  it('is dropped: the log knows of it, the room does not [B41]', () => {
    const t = prepared();
    expect(t.ask(as(1), { type: 'dropPoll', pollId: pollId(9) })).toMatchObject(refused('ROLE_MAY_NOT'));
    t.must(as(0), { type: 'dropPoll', pollId: pollId(1) });
    expect(t.room().polls).toEqual([]);
    expect(t.log.some(({ event }) => event.type === 'poll:prepared')).toBe(true);
    expect(t.ask(as(0), { type: 'openPoll', pollId: pollId(1) })).toMatchObject(refused('POLL_UNKNOWN'));
  });

  it('leaves its id to no other poll, which could be looser under the same one [B41] [B40]', () => {
    const t = prepared({ secrecy: 'secret' });
    const drop = { type: 'dropPoll', pollId: pollId(1) } as const;
    t.must(as(0), drop);
    const looser = { type: 'preparePoll', poll: poll(1, { secrecy: 'open' }) } as const;
    expect(t.ask(as(0), looser)).toMatchObject(refused('ID_TAKEN'));
    for (let n = 2; n <= LIMITS.droppedPolls; n += 1) {
      t.must(as(0), { type: 'preparePoll', poll: poll(n, { question: '第几个问题？' }) });
      t.must(as(0), { type: 'dropPoll', pollId: pollId(n) });
    }
    // What is kept has an end.
    t.must(as(0), { type: 'preparePoll', poll: poll(999, { question: '第几个问题？' }) });
    expect(t.ask(as(0), { type: 'dropPoll', pollId: pollId(999) })).toMatchObject(refused('SESSION_FULL'));
  });
});

describe('what was announced', () => {
  it('is not asked more loosely under another id, once it was dropped or void [B40]', () => {
    const asks = (n: number, over: Parameters<typeof poll>[1]) =>
      ({ type: 'preparePoll', poll: poll(n, { time: ENDING, ...over }) }) as const;
    const t = seated({ open: true });
    t.must(as(0), asks(1, { question: '是否搬迁校门？', secrecy: 'verifiable' }));
    t.must(as(0), { type: 'dropPoll', pollId: pollId(1) });
    const again = { error: { reason: 'POLL_LOOSER_AGAIN', facts: { field: 'secrecy' } } };
    expect(t.ask(as(0), asks(2, { question: '是否搬迁校门？', secrecy: 'open' }))).toMatchObject(again);
    // Other signs make no other question.
    expect(t.ask(as(0), asks(2, { question: '是否 搬迁校门', secrecy: 'secret' }))).toMatchObject(again);
    t.must(as(0), asks(2, { question: '是否拓宽人行道？', secrecy: 'named' }));
    expect(
      t.ask(as(0), { ...asks(2, { question: '是否搬迁校门？', secrecy: 'named' }), type: 'revisePoll' }),
    ).toMatchObject(again);
    t.must(as(0), asks(3, { question: '是否搬迁校门？', secrecy: 'verifiable' }));
    t.must(as(0), { type: 'openPoll', pollId: pollId(2) });
    t.must(as(0), { type: 'proposeVoid', pollId: pollId(2), why: '名单有误' });
    t.must(ADMIN, { type: 'confirmVoid', pollId: pollId(2) });
    const looser = asks(4, { question: '是否拓宽人行道？', secrecy: 'open', shown: 'live' });
    expect(t.ask(as(0), looser)).toMatchObject(again);
    t.must(as(0), asks(4, { question: '是否拓宽人行道？', secrecy: 'secret' }));
  });
});

describe('what a poll is about', () => {
  it('is there when the poll is prepared or given it, and told to everybody [B54]', () => {
    const t = seated({ open: true });
    const about = { what: 'view', viewId: viewId(1) } as const;
    const asks = (over: PollDraft['about']) =>
      t.ask(as(0), { type: 'preparePoll', poll: poll(1, { about: over }) });
    const unknown = { error: { reason: 'POLL_ABOUT_UNKNOWN', facts: { field: 'about' } } };
    expect(asks(about)).toMatchObject(unknown);
    expect(asks({ what: 'item', itemId: itemId(99) })).toMatchObject(unknown);
    t.must(as(1), { type: 'postView', view: view(1) });
    expect(asks(about)).toMatchObject({ ok: true });
    const item = { what: 'item', itemId: itemId(1) } as const;
    t.must(as(0), { type: 'revisePoll', poll: poll(1, { about: item }) });
    t.must(as(0), { type: 'revisePoll', poll: poll(1, { about }) });
    t.must(as(1), { type: 'withdrawView', viewId: viewId(1) });
    // It was told what it is about; another poll is not begun about what was taken back.
    t.must(as(0), { type: 'revisePoll', poll: poll(1, { about, question: '改了' }) });
    expect(t.ask(as(0), { type: 'preparePoll', poll: poll(2, { about }) })).toMatchObject(unknown);
    for (const audience of AUDIENCES)
      expect(roomSeenBy(t.room(), audience).polls[0]?.draft.about).toEqual(about);
  });
});

describe('voters by name', () => {
  const named = (...people: number[]) => {
    const draft = poll(1);
    const eligible = { ...draft.rules.eligible, people: people.map(participantId) };
    return { ...draft, rules: { ...draft.rules, eligible } };
  };

  it('are in the session and vote by their role, or the draft is refused with the field named [B1] [B9]', () => {
    const t = seated({ open: true });
    const unknown = { error: { reason: 'VOTER_UNKNOWN', facts: { field: 'people' } } };
    // Nobody of this number; an observer.
    for (const wrong of [99, 4])
      expect(t.ask(as(0), { type: 'preparePoll', poll: named(1, wrong) })).toMatchObject(unknown);
    expect(OfferedDraft.safeParse(named()).error?.issues[0]?.path).toEqual(['rules', 'eligible', 'people']);
    t.must(as(0), { type: 'preparePoll', poll: named(1, 6) });
    t.must(as(0), { type: 'removeParticipant', participantId: participantId(6), why: '离场' });
    expect(t.ask(as(0), { type: 'revisePoll', poll: named(1, 6) })).toMatchObject(unknown);
    t.must(as(0), { type: 'revisePoll', poll: named(1, 3) });
    t.must(as(0), { type: 'openPoll', pollId: pollId(1) });
    expect(t.room().polls[0]).toMatchObject({
      electorate: [{ id: participantId(1) }, { id: participantId(3) }],
    });
  });
});

describe('a poll that is void', () => {
  it('is so by a second person alone, and keeps what it counted [B42]', () => {
    const t = closed();
    const before = t.room().polls[0];
    expect(t.ask(as(1), { type: 'proposeVoid', pollId: pollId(1), why: '我不服' })).toMatchObject(
      refused('ROLE_MAY_NOT'),
    );
    expect(t.ask(ADMIN, { type: 'confirmVoid', pollId: pollId(1) })).toMatchObject(
      refused('POLL_NOT_VOIDING'),
    );
    propose(t);
    expect(t.ask(as(0), { type: 'proposeVoid', pollId: pollId(1), why: '再说' })).toMatchObject(
      refused('POLL_VOIDING'),
    );
    expect(t.ask(as(0), { type: 'confirmVoid', pollId: pollId(1) })).toMatchObject(
      refused('VOID_BY_ANOTHER'),
    );
    expect(t.ask(OFFICE, { type: 'confirmVoid', pollId: pollId(1) })).toMatchObject(refused('ROLE_MAY_NOT'));
    t.must(ADMIN, { type: 'confirmVoid', pollId: pollId(1) });
    const after = t.room().polls[0];
    if (after?.phase !== 'closed' || before?.phase !== 'closed') throw new Error('not closed');
    const { voided, ...rest } = after;
    expect(rest).toEqual(before);
    expect(voided).toMatchObject({ why: '名单有误', by: participantId(0), confirmedBy: 'office' });
    expect(t.ask(as(0), { type: 'proposeVoid', pollId: pollId(1), why: '再说' })).toMatchObject(
      refused('POLL_VOID'),
    );
    for (const audience of AUDIENCES) expect(roomSeenBy(t.room(), audience).polls).toEqual([after]);
  });

  it('is told apart by the account where both are the office, and never without marks [B42]', () => {
    const t = closed();
    t.must(ADMIN, { type: 'proposeVoid', pollId: pollId(1), why: '名单有误' }, { account: 'first' });
    const confirm = { type: 'confirmVoid', pollId: pollId(1) } as const;
    expect(t.ask(ADMIN, confirm)).toMatchObject(refused('VOID_BY_ANOTHER'));
    expect(t.ask(ADMIN, confirm, { account: 'first' })).toMatchObject(refused('VOID_BY_ANOTHER'));
    // Another seat of the same account is the same person.
    expect(t.ask(as(0), confirm, { account: 'first' })).toMatchObject(refused('VOID_BY_ANOTHER'));
    t.must(ADMIN, confirm, { account: 'second' });
  });

  it('tells no reader whose account proposed it, only that the log knows [B42]', () => {
    const t = closed();
    t.must(ADMIN, { type: 'proposeVoid', pollId: pollId(1), why: '名单有误' }, { account: 'mark-1' });
    const [proposed, marked] = t.log.slice(-2);
    if (proposed === undefined || marked === undefined) throw new Error('no events');
    expect(marked.event).toMatchObject({ type: 'poll:voidMarked', account: 'mark-1' });
    const { payload, personal } = splitPersonal(marked.event);
    expect(JSON.stringify(payload)).not.toContain('mark-1');
    expect(joinPersonal(payload, personal)).toEqual(marked.event);
    for (const audience of AUDIENCES) {
      expect(JSON.stringify([proposed, marked].map((one) => seenBy(one, audience)))).not.toContain('mark-1');
      const told = roomSeenBy(t.room(), audience);
      expect(JSON.stringify(told)).not.toContain('mark-1');
      const fold = t.log.map((one) => seenBy(one, audience));
      expect(told.polls).toEqual(applyAll(EMPTY_ROOM, fold).polls);
    }
    t.must(as(0), { type: 'confirmVoid', pollId: pollId(1) }, { account: 'mark-2' });
    expect(JSON.stringify(t.room())).not.toContain('mark-');
  });

  it('can be confirmed on a screen of the office, which does not know who of it proposed it [B42]', () => {
    const voidingOf = (who: Who, facts?: { readonly account: string }) => {
      const t = closed();
      t.must(who, { type: 'proposeVoid', pollId: pollId(1), why: '名单有误' }, facts);
      const poll = t.room().polls[0];
      if (poll?.phase !== 'closed' || poll.voiding === undefined) throw new Error('not proposed');
      return poll.voiding;
    };
    expect(isSeenAsProposer(voidingOf(ADMIN, { account: 'first' }), ADMIN)).toBe(false);
    expect(isSeenAsProposer(voidingOf(ADMIN, { account: 'first' }), as(0))).toBe(false);
    // Without a mark it is refused to the whole office.
    expect(isSeenAsProposer(voidingOf(ADMIN), ADMIN)).toBe(true);
    expect(isSeenAsProposer(voidingOf(as(0), { account: 'first' }), as(0))).toBe(true);
    expect(isSeenAsProposer(voidingOf(as(0)), ADMIN)).toBe(false);
  });

  it('counts again once the proposal is declined or taken back [B42]', () => {
    const t = closed();
    const before = t.room().polls;
    propose(t);
    expect(t.room().polls).not.toEqual(before);
    t.must(ADMIN, { type: 'declineVoid', pollId: pollId(1) });
    expect(t.room().polls).toEqual(before);
    propose(t);
    t.must(as(0), { type: 'declineVoid', pollId: pollId(1) });
    expect(t.room().polls).toEqual(before);
  });

  it('goes on while it is proposed, and is closed and counted when it is confirmed [B42]', () => {
    const t = opened();
    propose(t);
    t.must(as(1), { type: 'castBallot', pollId: pollId(1), paper: choose('n') });
    t.must(ADMIN, { type: 'confirmVoid', pollId: pollId(1) });
    const [old] = t.room().polls;
    expect(old).toMatchObject({ phase: 'closed', voided: { why: '名单有误' } });
    expect(old?.phase === 'closed' && old.result?.chambers[0]?.turnout.cast).toBe(1);
    expect(t.ask(as(3), { type: 'castBallot', pollId: pollId(1), paper: choose('y') })).toMatchObject(
      refused('POLL_CLOSED'),
    );
  });

  it('keeps the reason beside the chain, where it can be erased [B42] [L4]', () => {
    const t = closed();
    propose(t);
    const proposal = t.log[t.log.length - 1];
    if (proposal === undefined) throw new Error('no event');
    const { payload, personal } = splitPersonal(proposal.event);
    expect(JSON.stringify(payload)).not.toContain('名单有误');
    expect(personal).toEqual({ why: '名单有误' });
    expect(seenBy(proposal, 'room')).toBe(proposal);
  });

  it('is held again once, the same or stricter [B43]', () => {
    const t = closed({ time: ENDING });
    const again = (over: Parameters<typeof poll>[1] = {}, id = 2) =>
      ({
        type: 'preparePoll',
        poll: { ...poll(1, { time: ENDING, ...over }), id: pollId(id), rerunOf: pollId(1) },
      }) as const;
    expect(t.ask(as(0), again())).toMatchObject(refused('POLL_NOT_VOID'));
    propose(t);
    t.must(ADMIN, { type: 'confirmVoid', pollId: pollId(1) });
    expect(t.ask(as(0), again({ question: '另一个问题' }))).toMatchObject({
      error: { reason: 'POLL_RERUN_OTHER', facts: { field: 'question' } },
    });
    expect(t.ask(as(0), again({ roles: ['member'] }))).toMatchObject(refused('POLL_RERUN_OTHER'));
    expect(t.ask(as(0), again({ secrecy: 'open' }))).toMatchObject(refused('POLL_LOOSER'));
    t.must(as(0), again({ secrecy: 'secret', time: { ...ENDING, seconds: 60 } }));
    expect(t.ask(as(0), again({}, 3))).toMatchObject(refused('POLL_HELD_AGAIN'));
    const changed = (draft: ReturnType<typeof poll>) => t.ask(as(0), { type: 'revisePoll', poll: draft });
    expect(changed(again({ secrecy: 'secret', base: 'due' }).poll)).toMatchObject(
      refused('POLL_RERUN_OTHER'),
    );
    const { rerunOf: _rerunOf, ...loose } = again({ secrecy: 'secret' }).poll;
    expect(changed(loose)).toMatchObject(refused('POLL_RERUN_OTHER'));
    expect(changed(again({ secrecy: 'secret', shown: 'after_publish' }).poll)).toMatchObject({ ok: true });
    // One that was dropped is in nobody's way, but people were told of it.
    t.must(as(0), { type: 'dropPoll', pollId: pollId(2) });
    expect(t.ask(as(0), again({}, 3))).toMatchObject(refused('POLL_LOOSER_AGAIN'));
    t.must(as(0), again({ secrecy: 'secret', shown: 'after_publish' }, 3));
  });
});

describe('the end of a poll', () => {
  const extend = { type: 'extendPoll', pollId: pollId(1) } as const;

  it('is put off once, by as much as was said, while one can still vote [B44]', () => {
    const t = opened({ time: ENDING });
    const [open] = t.room().polls;
    if (open?.phase !== 'open' || open.endsAt === null) throw new Error('no end');
    expect(t.ask(as(1), extend)).toMatchObject(refused('ROLE_MAY_NOT'));
    expect(t.ask(as(0), extend, { at: open.endsAt })).toMatchObject(refused('POLL_CLOSED'));
    t.must(as(0), extend);
    const [later] = t.room().polls;
    if (later?.phase !== 'open' || later.endsAt === null) throw new Error('no end');
    expect(Date.parse(later.endsAt) - Date.parse(open.endsAt)).toBe(60_000);
    expect(t.ask(as(0), extend)).toMatchObject(refused('POLL_EXTENDED'));
    // The clock of before does not close it, the one of now does.
    const over = { type: 'endOverduePoll', pollId: pollId(1) } as const;
    const clock = { kind: 'clock' } as const;
    expect(t.ask(clock, over, { at: open.endsAt })).toMatchObject(refused('POLL_NOT_OVERDUE'));
    t.must(as(1), { type: 'castBallot', pollId: pollId(1), paper: choose('y') }, { at: open.endsAt });
    t.must(clock, over, { at: later.endsAt });
  });

  it('is not put off where nothing was said of it, and a draft without an end cannot say it [B44] [B9]', () => {
    const t = opened({ time: { ...ENDING, extensionSeconds: null } });
    expect(t.ask(as(0), extend)).toMatchObject(refused('POLL_NO_EXTENSION'));
    const endless = { ...poll(1), rules: { ...poll(1).rules, time: { ...ENDING, seconds: null } } };
    const parsed = OfferedDraft.safeParse(endless);
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual(['rules.time.extensionSeconds']);
  });
});
