import { describe, expect, it } from 'vitest';
import { ADMIN, as, AT, participantId, seated, uuid, view, viewId } from '../../testing/builders.ts';
import type { Role } from '../people.ts';
import { ReplyId } from '../ids.ts';
import type { Command } from './commands.ts';
import { COURSE } from './course.ts';
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
      [
        ...Object.keys(speech),
        'makeAmendment',
        'makeRemark',
        'answerRemark',
        'giveAssent',
        'putQuestion',
        'takeQuestion',
        'passQuestion',
      ].sort(),
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
