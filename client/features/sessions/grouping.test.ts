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
  it('puts what goes on first, then today, then what comes, then what is over', () => {
    const now = new Date(2026, 10, 21, 12);
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
      ],
      now,
    );
    const titles = Object.values(groups).map((group) => group.map(({ title }) => title));
    expect(titles).toEqual([['s5'], ['s4'], ['s7', 's3', 's2'], ['s6', 's1']]);
  });
});
