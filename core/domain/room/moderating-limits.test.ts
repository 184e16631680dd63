import { describe, expect, it } from 'vitest';
import {
  ADMIN,
  as,
  AT,
  participant,
  participantId,
  personId,
  questionId,
  seated,
  uuid,
  view,
  viewId,
} from '../../testing/builders.ts';
import type { Role } from '../people.ts';
import { ReplyId, ViewId } from '../ids.ts';
import type { Command } from './commands.ts';
import { openCases } from './open-cases.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';
import { moderationFor } from './my-moderation.ts';

const WHY = { reason: 'off_topic', why: '与议题无关' } as const;
const refused = (reason: string) => ({ ok: false, error: { reason } });

function held(...hold: Role[]) {
  const t = seated({ open: true });
  t.must(as(0), { type: 'ruleModeration', rules: { hold, hideAt: 2 } });
  return t;
}
const post = (n: number, insteadOf?: number): Command => ({
  type: 'postView',
  view: view(n),
  ...(insteadOf === undefined ? {} : { insteadOf: viewId(insteadOf) }),
});
const on = <T extends Command['type']>(type: T, n = 1) => ({ type, viewId: viewId(n) });

describe('replies of departments', () => {
  const reply = (n: number) => ({
    id: ReplyId.parse(uuid('repl', n)),
    toViews: [viewId(1)],
    commitment: 'can_do' as const,
    text: `答复 ${n}`,
  });
  const answer = (n: number, insteadOf?: number): Command => ({
    type: 'postReply',
    reply: reply(n),
    ...(insteadOf === undefined ? {} : { insteadOf: ViewId.parse(uuid('repl', insteadOf)) }),
  });
  const about = <T extends Command['type']>(type: T, n: number) => ({
    type,
    viewId: ViewId.parse(uuid('repl', n)),
  });

  it('are looked at first where the rules say so, and answer when they are published [X1] [X3] [D4]', () => {
    const t = held();
    t.must(as(3), {
      type: 'postView',
      view: view(1, { stance: 'question' }),
      questions: [{ id: questionId(1), to: participantId(2) }],
    });
    t.must(as(0), { type: 'ruleModeration', rules: { hold: [], holdReplies: true, hideAt: null } });
    t.must(as(2), answer(1));
    expect(t.room().replies).toEqual([]);
    expect(t.room().questions?.[0]?.state.phase).toBe('open');
    expect(moderationFor(t.room(), as(5)).queue).toMatchObject([
      { view: { by: participantId(2), text: '答复 1', reply: { commitment: 'can_do' } } },
    ]);
    t.must(as(5), { ...about('refuseView', 1), ...WHY });
    t.must(as(2), answer(2, 1));
    expect(t.room().moderation?.secrets?.cases).toHaveLength(1);
    expect(t.ask(as(2), answer(2))).toMatchObject(refused('ID_TAKEN'));
    // Nor the id of a view: hidden, it would come back with the words of the reply.
    const ofView = { ...reply(3), id: ReplyId.parse(view(1).id) };
    expect(t.ask(as(2), { type: 'postReply', reply: ofView })).toMatchObject(refused('ID_TAKEN'));
    t.must(as(5), about('passView', 2));
    expect(t.room().replies).toMatchObject([{ ...reply(2), by: participantId(2) }]);
    expect(t.room().questions?.[0]?.state).toMatchObject({ phase: 'answered', by: participantId(2) });
    expect(t.room().moderation?.counts).toMatchObject({ held: 2, passed: 1, waiting: 0 });
  });

  it('are published on appeal, by the office too [X4]', () => {
    const t = held();
    t.must(as(3), post(1));
    t.must(as(0), { type: 'ruleModeration', rules: { hold: [], holdReplies: true, hideAt: null } });
    t.must(as(2), answer(1));
    t.must(as(5), { ...about('refuseView', 1), ...WHY });
    t.must(as(2), { ...about('appealView', 1), why: '请再看' });
    t.must(ADMIN, { ...about('decideAppeal', 1), upheld: null });
    expect(t.room().replies).toMatchObject([{ id: uuid('repl', 1), by: participantId(2) }]);
  });
});

describe('what nobody may use up', () => {
  const asks = (n: number, ids: readonly number[]): Command => ({
    type: 'postView',
    view: view(n, { stance: 'question' }),
    questions: ids.map((id) => ({ id: questionId(id), to: participantId(id % 2 === 0 ? 2 : 7) })),
  });
  const two = () => {
    const t = held('resident');
    const department = { ...participant(7, 'department'), affiliation: '住建局' };
    t.must(ADMIN, { type: 'addParticipant', participant: department, personId: personId(7) });
    return t;
  };

  it('is the questions of an author: those of held views count as well, before they pass and then [X3] [D3]', () => {
    const t = two();
    t.must(as(3), asks(1, [1, 2]));
    t.must(as(3), asks(2, [3, 4]));
    expect(t.ask(as(3), asks(3, [5, 6]))).toMatchObject(refused('QUESTIONS_WAITING'));
    t.must(as(5), { ...on('refuseView', 2), ...WHY });
    t.must(as(3), asks(3, [5, 6]));
    t.must(as(3), { ...on('appealView', 2), why: '请再看' });
    for (const n of [1, 3]) t.must(as(5), on('passView', n));
    // Six in all: the last is not put any more.
    t.must(as(0), { ...on('decideAppeal', 2), upheld: null });
    expect(t.room().questions?.map(({ id }) => id)).toEqual([1, 2, 5, 6, 3].map(questionId));
  });

  it('is the log: twenty times somebody lets go of what nobody has looked at [X2]', () => {
    const t = held('resident');
    for (let n = 1; n <= 20; n += 1) {
      t.must(as(3), post(n));
      t.must(as(3), on('forgoView', n));
    }
    t.must(as(3), post(21));
    expect(t.ask(as(3), on('forgoView', 21))).toMatchObject(refused('FORGONE_TOO_OFTEN'));
    // What was refused can be let go of as often as somebody refuses, and others are not counted with them.
    t.must(as(5), { ...on('refuseView', 21), ...WHY });
    t.must(as(3), on('forgoView', 21));
  });

  it('is the reports: guests of a link are one together, beside two who are vouched for [X5]', () => {
    const t = seated({ open: true });
    const guests = [11, 12, 13, 14, 15];
    for (const n of guests)
      t.must(ADMIN, {
        type: 'addParticipant',
        participant: participant(n, 'resident', true),
        personId: personId(n),
      });
    const report = (by: number) => t.must(as(by), { ...on('reportView', 1), reason: 'insult' });
    t.must(as(3), post(1));
    for (const n of [11, 12, 13]) report(n);
    report(1);
    expect(t.room().views[0]?.hidden).toBeUndefined();
    // Called by name on the roll, a guest is somebody.
    t.must(as(0), { type: 'checkIn', participantId: participantId(14), venueId: 'v-main' });
    report(14);
    expect(t.room().views[0]?.hidden).toMatchObject({ byReports: true });
  });

  it('is the office: an appeal against one of it is decided by another account of it, never by the same [X4]', () => {
    const t = held('resident');
    const [one, another] = [{ account: 'mark-of-one' }, { account: 'mark-of-another' }];
    for (const n of [1, 2, 3]) t.must(as(3), post(n));
    t.must(ADMIN, { ...on('refuseView', 1), ...WHY }, one);
    t.must(as(5), { ...on('refuseView', 2), ...WHY }, one);
    t.must(ADMIN, { ...on('refuseView', 3), ...WHY });
    for (const n of [1, 2, 3]) t.must(as(3), { ...on('appealView', n), why: '请再看' });
    const decide = (n: number) => ({ ...on('decideAppeal', n), upheld: null });
    expect(t.ask(ADMIN, decide(1), one)).toMatchObject(refused('APPEAL_BY_ANOTHER'));
    // The same account in a seat, and the other way round.
    expect(t.ask(as(0), decide(1), one)).toMatchObject(refused('APPEAL_BY_ANOTHER'));
    expect(t.ask(ADMIN, decide(2), one)).toMatchObject(refused('APPEAL_BY_ANOTHER'));
    // Where the log does not say which account it was, the office is one.
    expect(t.ask(ADMIN, decide(3), another)).toMatchObject(refused('APPEAL_BY_ANOTHER'));
    expect(
      moderationFor(t.room(), ADMIN, 'mark-of-one').queue?.map(({ isMyRefusal }) => isMyRefusal),
    ).toEqual([true, true, true]);
    t.must(ADMIN, decide(1), another);
    expect(JSON.stringify(t.log.map((envelope) => seenBy(envelope, 'chair')))).not.toContain('mark-of');
    expect(JSON.stringify(moderationFor(t.room(), ADMIN, 'mark-of-one'))).not.toContain('mark-of');
  });
});

describe('what waits when it ends', () => {
  it('is closed over only with a reason, which the record keeps with the number [X9]', () => {
    const t = held('resident');
    t.must(as(1), post(9));
    for (const n of [1, 2, 3]) t.must(as(3), post(n));
    t.must(as(5), { ...on('refuseView', 2), ...WHY });
    for (const by of [3, 4, 6]) t.ask(as(by), { ...on('reportView', 9), reason: 'insult' });
    // Two are held, one was hidden by reports; what was refused waits for nobody.
    expect(openCases(t.room())).toBe(3);
    expect(openCases(roomSeenBy(t.room()))).toBe(2);
    const open = { ok: false, error: { reason: 'CASES_OPEN', facts: { count: 3 } } };
    expect(t.ask(as(0), { type: 'closeSession' })).toMatchObject(open);
    expect(t.ask(as(0), { type: 'closeSession', waiver: '时间已到' }).ok).toBe(true);
    const waived = { why: '时间已到', count: 3, by: participantId(0), at: AT };
    expect(roomSeenBy(t.room(), 'room').moderation?.waived).toEqual(waived);
  });

  it('goes on while the text is drafted, and is waived before the text is laid before people [X9] [N2]', () => {
    const t = held('resident');
    for (const n of [1, 2]) t.must(as(3), post(n));
    t.must(as(0), { type: 'endMeeting' });
    expect(t.ask(as(0), { type: 'settleText' })).toMatchObject(refused('CASES_OPEN'));
    t.must(as(5), on('passView'));
    t.must(as(0), { type: 'settleText', waiver: '与纪要无关' });
    t.must(as(0), { type: 'reopenText', why: '再看' });
    t.must(as(5), on('passView', 2));
    t.must(as(0), { type: 'settleText' });
    expect(t.room().moderation?.waived).toMatchObject({ why: '与纪要无关', count: 1 });
  });
});
