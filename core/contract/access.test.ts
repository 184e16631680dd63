import { describe, expect, it } from 'vitest';
import { ROLES } from '../domain/people.ts';
import { ACCESS, CALLERS, callerName, refusalAt, SOCKET_ACCESS, type Gate } from './access.ts';
import { ALL_ROUTES } from './api.ts';

const gates = new Map<string, Gate>(Object.entries(ACCESS));
const nobody = { kind: 'nobody' } as const;
const elsewhere = { kind: 'elsewhere' } as const;

describe('ACCESS', () => {
  it('has a gate for every route, and for nothing else [P1]', () => {
    expect([...gates.keys()].sort()).toEqual(Object.keys(ALL_ROUTES).sort());
  });

  it('lets nobody in where the route wants a sign-in [P1]', () => {
    for (const [name, { auth }] of Object.entries(ALL_ROUTES)) {
      const refusal = refusalAt(gates.get(name) ?? { to: 'anybody' }, nobody);
      expect([name, refusal]).toEqual([name, auth === 'person' ? 'UNAUTHENTICATED' : null]);
    }
  });

  it('shows a session to those who are in it and to the office, and hides it from others [P1]', () => {
    for (const [name, { path }] of Object.entries(ALL_ROUTES)) {
      if (!path.includes(':sessionId')) continue;
      expect([name, refusalAt(gates.get(name) ?? { to: 'anybody' }, elsewhere)]).toEqual([name, 'NOT_FOUND']);
    }
    expect(refusalAt(SOCKET_ACCESS['room:hear'], elsewhere)).toBe('NOT_FOUND');
  });
});

describe('refusalAt', () => {
  const letsIn = (gate: Gate) => CALLERS.filter((caller) => refusalAt(gate, caller) === null).map(callerName);

  it('goes by the permission table [P1]', () => {
    expect(letsIn(ACCESS.postReply)).toEqual(['department']);
    expect(letsIn(ACCESS.nameHost)).toEqual(['convener', 'host', 'office admin']);
    expect(letsIn(ACCESS.recordTask)).toEqual(['convener', 'host', 'recorder', 'staff', 'office staff']);
    expect(letsIn(ACCESS.planSession)).toEqual(['convener', 'office admin']);
  });

  it('needs a seat where somebody speaks for themselves [P1]', () => {
    const staff = { kind: 'office', office: 'staff' } as const;
    expect(refusalAt(SOCKET_ACCESS['text:write'], staff)).toBe('FORBIDDEN');
    expect(refusalAt(SOCKET_ACCESS['text:write'], { kind: 'seat', role: 'staff' })).toBeNull();
  });

  it('lets every role read, and nobody who was removed [P2]', () => {
    for (const role of ROLES) expect(refusalAt(ACCESS.getSnapshot, { kind: 'seat', role })).toBeNull();
    expect(refusalAt(ACCESS.getSnapshot, { kind: 'removed' })).toBe('FORBIDDEN');
  });
});
