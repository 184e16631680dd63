import { describe, expect, it } from 'vitest';
import { addressOf, queryOf, readAsked, yearsSince } from './asked.ts';

describe('what a search asks for [AR5]', () => {
  it('stands in its address, and is read back from it', () => {
    const asked = { q: '停车 & 电梯', topic: '小区', kind: 'view', role: 'member', year: 2026 } as const;
    expect(readAsked(addressOf(asked).split('?')[1] ?? '')).toEqual(asked);
    expect(addressOf({})).toBe('/archives');
  });

  it('leaves out what an address cannot ask for', () => {
    const bad = new URLSearchParams({ q: 'x'.repeat(61), kind: 'king', role: '', year: '26', house: 'x' });
    expect(readAsked(bad.toString())).toEqual({});
  });

  it('asks for a year as the instants between which this device has it', () => {
    const { from = '', to = '', after } = queryOf({ q: '停车', year: 2025 }, 'x');
    expect([new Date(from).getFullYear(), new Date(from).getMonth(), new Date(to).getFullYear()]).toEqual([
      2025, 0, 2026,
    ]);
    expect(after).toBe('x');
    expect(queryOf({ q: '停车' }, null)).toEqual({ q: '停车' });
  });

  it('offers the years since the first record', () => {
    expect(yearsSince('2024-06-01T00:00:00.000Z', new Date('2026-05-01'))).toEqual([2026, 2025, 2024]);
    expect(yearsSince(null, new Date())).toEqual([]);
  });
});
