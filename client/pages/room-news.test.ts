import { describe, expect, it } from 'vitest';
import type { AgendaItemId, ParticipantId, ViewId } from '../../core/domain/ids.ts';
import { usualRules } from '../../core/domain/polls/usual-rules.ts';
import { EMPTY_ROOM, type Room } from '../../core/domain/room/state.ts';
import {
  as,
  AT,
  participantId,
  poll,
  questionId,
  seated,
  view as postedView,
  viewId,
} from '../../core/testing/builders.ts';
import { mergeNews, newsBetween, signalNews } from './room-news.ts';

const [me, other] = ['me', 'other'].map((name) => name as ParticipantId) as [ParticipantId, ParticipantId];
const view = (seq: number, by: ParticipantId): Room['views'][number] => ({
  id: `v${seq}` as ViewId,
  stance: 'oppose',
  text: 't',
  replyTo: null,
  seq,
  by,
  at: 't',
  itemId: null,
});
const live: Room = { ...EMPTY_ROOM, seq: 5, state: 'in_session' };

describe('newsBetween', () => {
  it('tells of the words of others, not of my own', () => {
    const after = { ...live, seq: 8, views: [view(6, me), view(7, other)] };
    expect(newsBetween(live, after, me)).toEqual([
      { kind: 'views', count: 1, last: { by: other, stance: 'oppose' } },
    ]);
    expect(newsBetween(live, { ...live, seq: 6, views: [view(6, me)] }, me)).toEqual([]);
  });

  it('tells why a poll over days ended early, once, instead of only that it ended [B60]', () => {
    const t = seated({ open: false });
    const time = { ...usualRules(['member']).time, endsAt: '2026-03-09T08:00:00.000Z' };
    const draft = poll(1, { time });
    t.must(as(0), { type: 'preparePoll', poll: draft });
    t.must(as(0), { type: 'openPoll', pollId: draft.id }, { at: AT });
    const before = t.room();
    t.must(as(0), { type: 'closePoll', pollId: draft.id, why: '都已表态' }, { at: AT });
    const early = { kind: 'pollEarly', question: draft.question, why: '都已表态' };
    expect(newsBetween(before, t.room(), me)).toEqual([early]);
    expect(newsBetween(t.room(), { ...t.room() }, me)).toEqual([]);
  });

  it('tells of a pause, a speaker and a new agenda item before the views', () => {
    const itemId = 'i' as AgendaItemId;
    const after: Room = {
      ...live,
      seq: 9,
      state: 'paused',
      currentItemId: itemId,
      views: [view(9, other)],
      agenda: [
        {
          id: itemId,
          title: '互动交流',
          kind: 'exchange',
          speakerRole: 'any',
          minutes: 5,
          startedAt: 't',
          endedAt: null,
        },
      ],
      turns: [{ participantId: other, itemId, startedAt: 't', endedAt: null }],
    };
    expect(newsBetween(live, after, me).map((one) => one.kind)).toEqual([
      'state',
      'floorGiven',
      'itemMoved',
      'views',
    ]);
  });

  it('tells a department, and nobody else, that it is asked [D4]', () => {
    const t = seated({ open: true });
    t.must(as(3), { type: 'postView', view: postedView(1, { stance: 'question' }) });
    const before = t.room();
    const question = { id: questionId(1), viewId: viewId(1), to: participantId(2) };
    t.must(as(0), { type: 'putQuestion', question });
    expect(newsBetween(before, t.room(), participantId(2))).toEqual([{ kind: 'asked', count: 1 }]);
    expect(newsBetween(before, t.room(), participantId(3))).toEqual([]);
  });

  it('tells of a view that is put before everybody, once, whether it is held here or not [C2]', () => {
    const held = { ...live, views: [view(4, other)] };
    const spotlight = { viewId: 'v4' as ViewId, at: 't' };
    expect(newsBetween(held, { ...held, spotlight }, me)).toEqual([{ kind: 'spotlit', by: other }]);
    expect(newsBetween(live, { ...live, spotlight }, me)).toEqual([{ kind: 'spotlit', by: null }]);
    expect(newsBetween({ ...held, spotlight }, { ...held, spotlight }, me)).toEqual([]);
  });

  it('is silent when nothing changed', () => {
    expect(newsBetween(live, { ...live, seq: 6 }, me)).toEqual([]);
  });
});

describe('mergeNews', () => {
  it('adds views up into one sentence', () => {
    const one = newsBetween(live, { ...live, seq: 6, views: [view(6, other)] }, me);
    expect(mergeNews(one, [])).toEqual(one);
    expect(mergeNews(mergeNews(one, one), one)).toEqual([{ kind: 'views', count: 3, last: null }]);
  });
});

describe('signalNews', () => {
  const counts = (applause: number, unheard = 0) => ({ applause, unheard, overtime: 0 });

  it('tells what begins, not what goes on [Q3]', () => {
    expect(signalNews(null, counts(2))).toEqual([{ kind: 'signals', counts: counts(2) }]);
    expect(signalNews(counts(2), counts(9))).toEqual([]);
    expect(signalNews(counts(2), counts(3, 1))).toEqual([{ kind: 'signals', counts: counts(0, 1) }]);
    expect(signalNews(counts(2), null)).toEqual([]);
  });

  it('is merged into one sentence', () => {
    const news = [counts(2), counts(5, 1)].flatMap((one) => signalNews(null, one));
    expect(mergeNews(news, [])).toEqual([{ kind: 'signals', counts: counts(5, 1) }]);
  });
});
