import { describe, expect, it } from 'vitest';
import type { AgendaItemId, ParticipantId, PollId, ViewId } from '../../../core/domain/ids.ts';
import type { Poll } from '../../../core/domain/polls/poll.ts';
import { usualPoll } from '../../../core/domain/polls/usual-rules.ts';
import { EMPTY_ROOM, type Room } from '../../../core/domain/room/state.ts';
import { lacking, newestResult, sceneOf, shownScene, sizeOf, wallWords } from './scene.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 21, 8, minutes)).toISOString();
const now = (minutes: number) => Date.parse(at(minutes));
const draft = usualPoll({
  id: 'p' as PollId,
  question: 'q',
  options: [
    { id: 'a', text: 'a' },
    { id: 'b', text: 'b' },
  ],
  roles: ['member'],
});
const opened = { draft, openedAt: at(1), seal: '', electorate: [], roll: [] };
const open: Poll = { ...opened, phase: 'open', endsAt: null, ballots: {} };
const closed = (minutes: number): Poll => ({
  ...opened,
  phase: 'closed',
  closedAt: at(minutes),
  ballots: null,
  papers: [],
  result: null,
});
const itemId = 'i' as AgendaItemId;
const live: Room = {
  ...EMPTY_ROOM,
  state: 'in_session',
  currentItemId: itemId,
  agenda: [
    { id: itemId, title: 't', kind: 'poll', speakerRole: 'any', minutes: 3, startedAt: at(0), endedAt: null },
  ],
};

describe('sceneOf', () => {
  it('welcomes before the opening and thanks after the close', () => {
    expect(sceneOf({ ...live, state: 'scheduled' }, now(0)).kind).toBe('welcome');
    expect(sceneOf({ ...live, state: 'archived' }, now(0)).kind).toBe('closed');
  });

  it('shows an open poll before everything else', () => {
    expect(sceneOf({ ...live, polls: [closed(1), open] }, now(2)).kind).toBe('voting');
  });

  it('shows a result until the agenda moves on, somebody speaks, or three minutes have passed', () => {
    const polls = [closed(5)];
    expect(sceneOf({ ...live, polls }, now(6)).kind).toBe('result');
    expect(sceneOf({ ...live, polls }, now(9)).kind).toBe('talk');
    const moved = { ...live, polls, agenda: live.agenda.map((item) => ({ ...item, startedAt: at(6) })) };
    expect(sceneOf(moved, now(6)).kind).toBe('talk');
    const turns = [{ participantId: 'x' as ParticipantId, itemId, startedAt: at(6), endedAt: null }];
    expect(sceneOf({ ...live, polls, turns }, now(6)).kind).toBe('talk');
  });
});

describe('newestResult', () => {
  it('is the poll that closed last', () => {
    expect(newestResult({ polls: [closed(2), closed(4), closed(3), open] })).toMatchObject({
      closedAt: at(4),
    });
    expect(newestResult({ polls: [open] })).toBeNull();
  });
});

describe('shownScene', () => {
  const viewId = 'v' as ViewId;
  const lit: Room = { ...live, spotlight: { viewId, at: at(1) } };

  it('shows what was chosen, and follows the room where what it needs is gone [C5]', () => {
    expect(shownScene(live, 'agenda', now(2))).toEqual({ kind: 'agenda' });
    expect(shownScene(live, 'code', now(2))).toEqual({ kind: 'welcome' });
    expect(lacking(live, 'spotlight')).toBe('spotlight');
    expect(shownScene(live, 'spotlight', now(2))).toEqual({ kind: 'talk' });
    expect(shownScene(lit, 'spotlight', now(2))).toEqual({ kind: 'spotlight', viewId });
    expect(lacking(live, 'poll')).toBe('poll');
    expect(shownScene({ ...live, polls: [open] }, 'poll', now(2)).kind).toBe('voting');
    expect(shownScene({ ...live, polls: [closed(2)] }, 'poll', now(60)).kind).toBe('result');
    expect(shownScene({ ...lit, state: 'archived' }, 'agenda', now(2))).toEqual({ kind: 'closed' });
  });

  it('puts the view before everybody by itself, but not over a poll that is open [C2]', () => {
    expect(shownScene(lit, 'auto', now(2))).toEqual({ kind: 'spotlight', viewId });
    expect(shownScene({ ...lit, polls: [open] }, 'auto', now(2)).kind).toBe('voting');
  });
});

describe('words on the wall', () => {
  it('are the larger the fewer they are, and cut where ten metres could not read them', () => {
    expect(sizeOf('字'.repeat(60))).toBe('large');
    expect(sizeOf('字'.repeat(150))).toBe('middle');
    expect(sizeOf('字'.repeat(300))).toBe('small');
    expect(sizeOf('一\n二\n三\n四\n五')).toBe('middle');
    expect(wallWords('短')).toEqual({ words: '短', isCut: false });
    // Never half a letter.
    expect(wallWords('𠮷'.repeat(400)).words).toBe(`${'𠮷'.repeat(300)}…`);
    expect(wallWords('字'.repeat(400), { hasPictures: true }).words).toBe(`${'字'.repeat(120)}…`);
    expect([sizeOf('短'), sizeOf('短', { hasPictures: true })]).toEqual(['large', 'middle']);
  });
});
