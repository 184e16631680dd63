import { describe, expect, it } from 'vitest';
import {
  as,
  participant,
  participantId,
  personId,
  seated,
  view,
  viewId,
  ADMIN,
  AT,
} from '../../testing/builders.ts';
import { decide } from './decide.ts';

const RECORDER = 11;

function stage() {
  const t = seated({ open: true });
  t.must(ADMIN, {
    type: 'addParticipant',
    participant: participant(RECORDER, 'recorder'),
    personId: personId(RECORDER),
  });
  t.must(as(1), { type: 'postView', view: view(0) });
  t.must(as(1), { type: 'postView', view: view(1) });
  return t;
}

describe('key points', () => {
  it('are marked and unmarked by those who keep the record, once each [C1]', () => {
    const t = stage();
    const mark = { type: 'markView', viewId: viewId(0) } as const;
    expect(t.ask(as(1), mark)).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    t.must(as(RECORDER), mark);
    expect(t.room().views[0]?.keyPoint).toEqual({ by: participantId(RECORDER), at: AT });
    expect(t.ask(as(0), mark)).toMatchObject({ error: { reason: 'MARKED_ALREADY' } });
    t.must(as(0), { type: 'unmarkView', viewId: viewId(0) });
    expect(t.room().views[0]).not.toHaveProperty('keyPoint');
    expect(t.ask(as(0), { type: 'unmarkView', viewId: viewId(0) })).toMatchObject({
      error: { reason: 'NOT_MARKED' },
    });
  });
});

describe('the view before everybody', () => {
  it('is nobody’s to change once the meeting is over: there is no room to show it in [C2]', () => {
    const t = stage();
    t.must(as(0), { type: 'spotlightView', viewId: viewId(0) });
    t.must(as(0), { type: 'endMeeting' });
    const over = { error: { reason: 'SESSION_NOT_OPEN', facts: { state: 'drafting' } } };
    expect(t.ask(as(RECORDER), { type: 'spotlightView', viewId: viewId(1) })).toMatchObject(over);
    expect(t.ask(as(RECORDER), { type: 'endSpotlight' })).toMatchObject(over);
    t.must(as(RECORDER), { type: 'markView', viewId: viewId(1) });
  });

  it('is one, takes the place of another, and goes with its author’s withdrawal [C2]', () => {
    const t = stage();
    expect(t.ask(as(0), { type: 'endSpotlight' })).toMatchObject({ error: { reason: 'NOT_SHOWN' } });
    t.must(as(RECORDER), { type: 'spotlightView', viewId: viewId(0) });
    expect(t.ask(as(0), { type: 'spotlightView', viewId: viewId(0) })).toMatchObject({
      error: { reason: 'SHOWN_ALREADY' },
    });
    t.must(as(0), { type: 'spotlightView', viewId: viewId(1) });
    expect(t.room().spotlight?.viewId).toBe(viewId(1));
    t.must(as(1), { type: 'withdrawView', viewId: viewId(0) });
    expect(t.room().spotlight?.viewId).toBe(viewId(1));
    t.must(as(1), { type: 'withdrawView', viewId: viewId(1) });
    expect(t.room()).not.toHaveProperty('spotlight');
    expect(t.ask(as(0), { type: 'spotlightView', viewId: viewId(1) })).toMatchObject({
      error: { reason: 'VIEW_WITHDRAWN' },
    });
  });
});

describe('the big screen', () => {
  it('shows what whoever runs the session says, from the log [C5]', () => {
    const t = stage();
    const show = { type: 'showScene', scene: 'agenda' } as const;
    expect(decide(t.room(), as(0), { type: 'showScene', scene: 'auto' })).toMatchObject({
      error: { reason: 'SHOWN_ALREADY' },
    });
    expect(t.ask(as(1), show)).toMatchObject({ error: { reason: 'ROLE_MAY_NOT' } });
    t.must(as(0), show);
    expect(t.room().screen).toBe('agenda');
    expect(t.ask(as(0), show)).toMatchObject({ error: { reason: 'SHOWN_ALREADY' } });
  });
});
