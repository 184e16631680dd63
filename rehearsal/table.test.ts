import { describe, expect, test } from 'vitest';
import { printed, table } from './table.ts';

describe('table', () => {
  test('keeps columns straight where letters are wide', () => {
    const lines = table([
      ['意见', 'a'],
      ['ab', 'b'],
    ]).split('\n');
    expect(lines).toEqual(['意见  a', 'ab    b']);
  });
});

describe('printed', () => {
  test('counts what differs and marks it', () => {
    const report = {
      scenario: 's',
      title: '题',
      sessionId: null,
      findings: [
        { what: 'views', expected: '3', happened: '2', agrees: false },
        { what: 'hash', expected: 'a'.repeat(64), happened: 'a'.repeat(64), agrees: true },
      ],
      agrees: false,
      seconds: 1,
      commands: 2,
      ackP50Ms: 1,
      ackP95Ms: 2,
    };
    expect(printed(report)).toContain('1 of 2 differ');
    expect(printed(report)).toMatch(/✗ {2}views {2}3/);
    expect(printed(report)).toContain(`${'a'.repeat(16)}…`);
  });
});
