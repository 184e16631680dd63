import { describe, expect, it } from 'vitest';
import { as, itemId, participantId, seated, uuid, view, viewId } from '../../testing/builders.ts';
import { ReplyId } from '../ids.ts';
import { ReplyDraft, ViewDraft } from '../views.ts';

const reply = (toViews = [viewId(1)]) => ({
  id: ReplyId.parse(uuid('repl', 1)),
  toViews,
  commitment: 'can_do' as const,
  text: '15日内完成勘查和通告',
});

describe('ViewDraft', () => {
  const draft = (text: string) => ViewDraft.safeParse({ ...view(1), text }).success;

  it('holds 1 to 2 000 characters that can be stored and read [V1]', () => {
    expect(draft('好')).toBe(true);
    expect(draft('字'.repeat(2_000))).toBe(true);
    expect(draft('字'.repeat(2_001))).toBe(false);
    expect(draft('   ')).toBe(false);
    expect(draft('a\u0000b')).toBe(false);
    expect(draft('\ud800')).toBe(false);
    expect(draft('a\u202eb')).toBe(false);
    expect(draft('第一行\n第二行 👨‍👩‍👧')).toBe(true);
    expect(draft(`a${'\u0301'.repeat(40)}`)).toBe(false);
  });
});

describe('decideSpeaking', () => {
  it('puts a view under the item that is current [A2]', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(1) });
    t.must(as(1), { type: 'postView', view: view(1) });
    t.must(as(2), { type: 'postReply', reply: reply() });
    expect(t.room().views[0]).toMatchObject({ by: participantId(1), itemId: itemId(1) });
    expect(t.room().replies[0]).toMatchObject({ by: participantId(2), itemId: itemId(1) });
  });

  it('lets observers and recorders read only [V2]', () => {
    const t = seated({ open: true });
    for (const n of [4, 5]) {
      expect(t.ask(as(n), { type: 'postView', view: view(1) })).toMatchObject({
        error: { reason: 'ROLE_MAY_NOT' },
      });
    }
  });

  it('replies only to a view of this session [V3]', () => {
    const t = seated({ open: true });
    expect(t.ask(as(1), { type: 'postView', view: view(2, { replyTo: viewId(1) }) })).toMatchObject({
      error: { reason: 'VIEW_UNKNOWN' },
    });
    t.must(as(1), { type: 'postView', view: view(1) });
    t.must(as(3), { type: 'postView', view: view(2, { replyTo: viewId(1) }) });
  });

  it('keeps the chair neutral [V4]', () => {
    const t = seated({ open: true });
    expect(t.ask(as(0), { type: 'postView', view: view(1, { stance: 'support' }) })).toMatchObject({
      error: { reason: 'CHAIR_STAYS_NEUTRAL' },
    });
    t.must(as(0), { type: 'postView', view: view(1, { stance: 'question' }) });
    t.must(as(0), { type: 'nameHost', participantId: participantId(1) });
    t.must(as(0), { type: 'postView', view: view(2, { stance: 'support' }) });
  });

  it('takes an id once [V5]', () => {
    const t = seated({ open: true });
    t.must(as(1), { type: 'postView', view: view(1) });
    expect(t.ask(as(3), { type: 'postView', view: view(1) })).toMatchObject({
      error: { reason: 'ID_TAKEN' },
    });
  });

  it('lets only departments reply, to views that exist [D1] [D2]', () => {
    const t = seated({ open: true });
    t.must(as(1), { type: 'postView', view: view(1) });
    expect(t.ask(as(1), { type: 'postReply', reply: reply() })).toMatchObject({
      error: { reason: 'ROLE_MAY_NOT' },
    });
    expect(t.ask(as(2), { type: 'postReply', reply: reply([viewId(7)]) })).toMatchObject({
      error: { reason: 'VIEW_UNKNOWN' },
    });
    t.must(as(2), { type: 'postReply', reply: reply() });
    expect(ReplyDraft.safeParse({ ...reply(), commitment: 'maybe' }).success).toBe(false);
    expect(ReplyDraft.safeParse(reply([])).success).toBe(false);
  });
});
