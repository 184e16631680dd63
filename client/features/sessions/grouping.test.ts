import { describe, expect, it } from 'vitest';
import { SessionSummary } from '../../../core/contract/sessions.ts';
import { uuid } from '../../../core/testing/builders.ts';
import { groupSessions } from './grouping.ts';

const session = (n: number, over: Partial<SessionSummary>) =>
  SessionSummary.parse({
    id: uuid('sess', n),
    title: `s${n}`,
    until: null,
    awaitsMe: false,
    mode: 'hybrid',
    state: 'scheduled',
    studioName: '',
    startsAt: null,
    openedAt: null,
    closedAt: null,
    documentId: uuid('docu', n),
    seat: null,
    ...over,
  });

describe('groupSessions', () => {
  it('puts what waits for me and what goes on first, then today, then what comes, is prepared, and is over', () => {
    const now = new Date(2026, 10, 21, 12);
    const reminded = {
      participantId: uuid('part', 1),
      role: 'member',
      answer: 'silent',
      mayDelegate: false,
      reminders: ['answer'],
      votes: [],
    } as never;
    const at = (day: number) => new Date(2026, 10, day, 15).toISOString();
    const groups = groupSessions(
      [
        session(1, { state: 'archived', closedAt: at(1) }),
        session(2, { startsAt: null }),
        session(3, { startsAt: at(30) }),
        session(4, { startsAt: at(21) }),
        session(5, { state: 'paused', startsAt: at(21) }),
        session(6, { state: 'archived', closedAt: at(3) }),
        session(7, { startsAt: at(25) }),
        session(8, { state: 'in_review', awaitsMe: true }),
        session(9, { state: 'in_review' }),
        session(10, { state: 'cancelled', closedAt: at(2) }),
        session(11, { state: 'adjourned', startsAt: at(1), until: at(26) }),
        session(12, { state: 'collecting', startsAt: at(21), until: at(20) }),
        session(14, { startsAt: at(22), seat: reminded }),
        session(13, { state: 'confirming', startsAt: at(20) }),
      ],
      now,
    );
    const titles = Object.values(groups).map((group) => group.map(({ title }) => title));
    expect(titles).toEqual([
      ['s8'],
      ['s14'],
      ['s5'],
      ['s13'],
      ['s12', 's4'],
      ['s7', 's11', 's3', 's2'],
      ['s9'],
      ['s6', 's10', 's1'],
    ]);
  });
});
