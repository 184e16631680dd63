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
import { COURSE } from './course.ts';
import { openCases } from './open-cases.ts';
import { roomSeenBy, seenBy } from './seen-by.ts';
import { guardVoice } from './keeping-order.ts';
import { guardSignal } from './signalling.ts';
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

describe('views that are looked at first', () => {
  it('are those of the roles that the chair named; of whoever moderates never [X1]', () => {
    const t = held('resident', 'convener');
    t.must(as(3), post(1));
    t.must(as(1), post(2));
    t.must(as(0), { type: 'postView', view: view(3) });
    expect(t.room().views.map(({ id }) => id)).toEqual([viewId(2), viewId(3)]);
    expect(t.log.at(-3)).toMatchObject({ by: 'withheld', event: { type: 'view:held' } });
    expect(t.ask(as(5), { type: 'ruleModeration', rules: { hold: [], hideAt: null } })).toMatchObject(
      refused('ROLE_MAY_NOT'),
    );
  });

  it('are published whole when they are passed, at that moment, under their author’s name [X3]', () => {
    const t = held('resident');
    t.must(as(3), post(1));
    expect(t.ask(as(1), on('passView'))).toMatchObject(refused('ROLE_MAY_NOT'));
    const later = '2026-03-02T08:02:00.000Z';
    t.must(as(5), on('passView'), { at: later });
    expect(t.room().views[0]).toMatchObject({
      id: viewId(1),
      by: participantId(3),
      at: later,
      text: '意见 1',
    });
    expect(t.ask(as(5), on('passView'))).toMatchObject(refused('VIEW_UNKNOWN'));
    expect(t.room().moderation?.secrets?.waits).toEqual([120_000]);
    // What was looked at is not changed behind the back of whoever looked.
    expect(t.ask(as(3), { ...on('editView'), text: '另一句' }, { at: later })).toMatchObject(
      refused('EDIT_IS_HELD'),
    );
  });

  it('are refused with a reason; the corrected one takes the place of the refused one [X4]', () => {
    const t = held('resident');
    t.must(as(3), post(1));
    t.must(as(5), { ...on('refuseView'), ...WHY });
    // Another's case is none of theirs: what they write is theirs, and the case stays.
    t.must(as(6), post(3, 1));
    t.must(as(3), post(2, 1));
    expect(t.room().moderation?.secrets?.cases.map(({ viewId: id }) => id)).toEqual([viewId(2)]);
    expect(t.ask(as(3), { ...on('appealView'), why: '请再看' })).toMatchObject(refused('VIEW_UNKNOWN'));
    expect(t.room().moderation?.counts).toMatchObject({ held: 2, refused: { off_topic: 1 }, waiting: 1 });
    // A case that was settled while its author wrote takes no words from them.
    t.must(as(3), post(4, 1));
    expect(t.room().moderation?.counts).toMatchObject({ held: 3, waiting: 2 });
  });

  it('are decided on behind the meeting too, published and appealed there; nothing new is posted [X4] [N1]', () => {
    const t = held('resident');
    for (const n of [1, 2, 3]) t.must(as(3), post(n));
    t.must(as(5), { ...on('refuseView', 3), ...WHY });
    t.must(as(0), { type: 'endMeeting' });
    expect(t.room().state).toBe('drafting');
    t.must(as(5), on('passView'));
    t.must(as(5), { ...on('refuseView', 2), ...WHY });
    t.must(as(3), { ...on('appealView', 2), why: '请再看' });
    t.must(as(0), { ...on('decideAppeal', 2), upheld: null });
    t.must(as(3), on('forgoView', 3));
    expect(t.room().views.map(({ id }) => id)).toEqual([viewId(1), viewId(2)]);
    t.must(as(5), { ...on('hideView'), ...WHY });
    t.must(as(0), on('restoreView'));
    expect(t.room().views[0]?.text).toBe('意见 1');
    expect(t.ask(as(3), post(4))).toMatchObject(refused('SESSION_NOT_OPEN'));
  });

  it('stand in the queue while somebody has to decide on them, and what is hidden behind them [X2]', () => {
    const t = held('resident');
    t.must(as(1), post(9));
    for (const n of [1, 2, 3]) t.must(as(3), post(n));
    t.must(as(5), { ...on('refuseView', 1), ...WHY });
    t.must(as(5), { ...on('refuseView', 2), ...WHY });
    t.must(as(3), { ...on('appealView', 2), why: '请再看' });
    t.must(as(4), { ...on('reportView', 9), reason: 'insult' });
    t.must(as(5), { ...on('hideView', 9), ...WHY });
    const queue = () => moderationFor(t.room(), as(0)).queue ?? [];
    expect(queue().map((one) => one.viewId)).toEqual([viewId(2), viewId(3), viewId(9)]);
    expect(queue()[2]).toMatchObject({ reports: ['insult'], isMyRefusal: false });
  });

  it('wait five of one author at a time at most [X2]', () => {
    const t = held('resident');
    for (let n = 1; n <= 5; n += 1) t.must(as(3), post(n));
    expect(t.ask(as(3), post(6))).toMatchObject(refused('HELD_WAITING'));
  });
});

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

describe('an appeal', () => {
  const appealed = () => {
    const t = held('resident');
    t.must(as(3), post(1));
    expect(t.ask(as(3), { ...on('appealView'), why: '请再看' })).toMatchObject(refused('NOT_REFUSED'));
    t.must(as(5), { ...on('refuseView'), ...WHY });
    t.must(as(3), { ...on('appealView'), why: '请再看' });
    return t;
  };

  it('is somebody else’s to decide, and the administrator’s where nobody else moderates [X4]', () => {
    const t = appealed();
    expect(t.ask(as(5), { ...on('decideAppeal'), upheld: null })).toMatchObject(refused('APPEAL_BY_ANOTHER'));
    expect(t.ask(as(3), { ...on('appealView'), why: '再看' })).toMatchObject(refused('APPEALED_ALREADY'));
    t.must(ADMIN, { ...on('decideAppeal'), upheld: null });
    expect(t.room().views[0]).toMatchObject({ id: viewId(1), by: participantId(3) });
    expect(t.room().moderation?.counts).toMatchObject({ appeals: 1, overturned: 0, waiting: 0 });
    // Said at once it would say whose view had been refused.
    t.must(as(0), { type: 'closeSession' });
    expect(t.log.at(-2)?.event).toEqual({ type: 'appeals:told', overturned: 1 });
    expect(t.room().moderation).toMatchObject({ counts: { overturned: 1 }, secrets: { overturned: 0 } });
  });

  it('that is upheld ends it, with words for the author [X4]', () => {
    const t = appealed();
    t.must(as(0), { ...on('decideAppeal'), upheld: '仍与议题无关' });
    expect(t.room().moderation?.secrets?.cases[0]?.state).toMatchObject({
      phase: 'upheld',
      answer: '仍与议题无关',
    });
    expect(t.ask(as(3), { ...on('appealView'), why: '再看' })).toMatchObject(refused('APPEALED_ALREADY'));
    expect(t.room().views).toEqual([]);
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

describe('what was published', () => {
  it('is hidden with a reason, loses its words in the room, and comes back whole [X5]', () => {
    const t = seated({ open: true });
    t.must(as(3), post(1));
    t.must(as(1), on('endorseView'));
    expect(t.ask(as(1), { ...on('hideView'), ...WHY })).toMatchObject(refused('ROLE_MAY_NOT'));
    t.must(as(5), { ...on('hideView'), ...WHY });
    expect(t.room().views[0]).toMatchObject({ text: '', hidden: { reason: 'off_topic' }, endorsedBy: [0] });
    expect(t.ask(as(6), on('endorseView'))).toMatchObject(refused('VIEW_HIDDEN'));
    expect(t.ask(as(3), { ...on('editView'), text: '另一句' }, { at: AT })).toMatchObject(
      refused('VIEW_HIDDEN'),
    );
    t.must(as(3), { ...on('appealView'), why: '请再看' });
    expect(t.ask(as(5), on('restoreView'))).toMatchObject(refused('DECIDED_ALREADY'));
    t.must(as(0), { ...on('decideAppeal'), upheld: null });
    expect(t.room().views[0]).toMatchObject({ text: '意见 1', endorsedBy: [0] });
    expect(t.room().views[0]?.hidden).toBeUndefined();
  });

  it('is hidden when as many people as the rules say report it, each once, until somebody looks [X5]', () => {
    const t = held();
    t.must(as(3), post(1));
    const report = { ...on('reportView'), reason: 'insult' } as const;
    expect(t.ask(as(3), report)).toMatchObject(refused('OWN_VIEW'));
    t.must(as(0), on('spotlightView'));
    t.must(as(4), report);
    expect(t.ask(as(4), report)).toMatchObject(refused('REPORTED_ALREADY'));
    expect(t.room().views[0]?.hidden).toBeUndefined();
    t.must(as(6), report);
    expect(t.room().views[0]).toMatchObject({ text: '', hidden: { reason: 'insult', byReports: true } });
    // It goes off the wall with its words, and nothing of it names who reported last.
    expect(t.room().spotlight).toBeUndefined();
    expect(t.log.slice(-3).map(({ by, event }) => [by, event.type])).toEqual([
      ['withheld', 'view:reported'],
      ['withheld', 'view:hidden'],
      ['withheld', 'spotlight:ended'],
    ]);
    t.must(as(1), post(2));
    expect(
      t.ask(as(0), { type: 'mergeViews', merging: { lead: viewId(2), others: [viewId(1)] } }),
    ).toMatchObject(refused('VIEW_HIDDEN'));
    t.must(as(5), on('restoreView'));
    expect(t.room().views[0]?.text).toBe('意见 1');
    // Who has looked has answered those who reported it: it takes as many again.
    t.must(as(1), report);
    expect(t.room().views[0]?.hidden).toBeUndefined();
    expect(t.room().moderation?.counts).toMatchObject({ hiddenByReports: 1, restored: 1, reports: 3 });
  });

  it('stays taken back when its author withdraws it while it is hidden [X5] [V9]', () => {
    const t = seated({ open: true });
    t.must(as(3), post(1));
    t.must(as(5), { ...on('hideView'), ...WHY });
    t.must(as(3), on('withdrawView'));
    expect(t.ask(as(0), on('restoreView'))).toMatchObject(refused('VIEW_UNKNOWN'));
    expect(t.room().views[0]?.text).toBe('');
  });
});

describe('silence', () => {
  const speech: Partial<Record<Command['type'], Command>> = {
    postView: post(9),
    editView: { ...on('editView'), text: '另一句' },
    endorseView: on('endorseView', 2),
    unendorseView: on('unendorseView', 3),
    postReply: {
      type: 'postReply',
      reply: { id: ReplyId.parse(uuid('repl', 1)), toViews: [viewId(1)], commitment: 'can_do', text: '答复' },
    },
  };
  const asker: Partial<Record<Command['type'], number>> = { postReply: 2 };

  it('stops everything that the table says speaks, of everybody who does not moderate [X6]', () => {
    const t = seated({ open: true });
    t.must(as(3), post(1));
    t.must(as(1), post(2));
    t.must(as(6), post(3));
    t.must(as(3), on('endorseView', 3));
    expect(t.ask(as(5), { type: 'silenceAll' })).toMatchObject(refused('ROLE_MAY_NOT'));
    t.must(as(0), { type: 'silenceAll' });
    expect(t.room().moderation?.silence).toEqual({ by: participantId(0), at: AT });
    for (const command of Object.values(speech)) {
      expect(COURSE[command.type].speaks).toBe(true);
      expect(t.ask(as(asker[command.type] ?? 3), command)).toMatchObject(refused('ALL_SILENT'));
    }
    t.must(as(0), { type: 'postView', view: view(4) });
    t.must(as(3), on('withdrawView'));
    for (const n of [1, 3]) expect(guardSignal(t.room(), as(n))).toMatchObject(refused('ALL_SILENT'));
    expect(guardVoice(t.room(), as(5)).ok).toBe(true);
    t.must(as(0), { type: 'liftSilence' });
    t.must(as(3), post(9));
    expect(t.ask(as(0), { type: 'liftSilence' })).toMatchObject(refused('NOT_SILENT'));
  });

  it('names what speaks, whole: a new command is asked about here [X6]', () => {
    const speaking = Object.entries(COURSE).filter(([, { speaks }]) => speaks === true);
    expect(speaking.map(([type]) => type).sort()).toEqual(
      [...Object.keys(speech), 'putQuestion', 'takeQuestion', 'passQuestion'].sort(),
    );
  });

  it('of one person stops the same of them alone, with the reason, and not of whoever moderates [X7]', () => {
    const t = seated({ open: true });
    const mute = { type: 'muteSpeaker', participantId: participantId(3), why: '多次人身攻击' } as const;
    expect(t.ask(as(1), mute)).toMatchObject(refused('ROLE_MAY_NOT'));
    expect(t.ask(as(0), { ...mute, participantId: participantId(5) })).toMatchObject(
      refused('MODERATOR_STAYS'),
    );
    t.must(as(5), mute);
    expect(t.ask(as(3), post(1))).toMatchObject(refused('SPEAKER_MUTED'));
    t.must(as(6), post(2));
    t.must(as(0), { type: 'unmuteSpeaker', participantId: participantId(3) });
    t.must(as(3), post(1));
    expect(t.room().moderation).toMatchObject({ muted: [], secrets: { mutedWhy: {} } });
  });
});
