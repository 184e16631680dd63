import { describe, expect, it } from 'vitest';
import type { DocumentId } from '../../core/domain/ids.ts';
import { uuid } from '../../core/testing/builders.ts';
import { readAdvances, writeAdvances } from './hints.ts';

const [one, two] = [uuid('docu', 1) as DocumentId, uuid('docu', 2) as DocumentId];

describe(readAdvances.name, () => {
  it('reads what was written, of one text and of many', () => {
    for (const told of [
      new Map([[one, 1]]),
      new Map([
        [one, 7],
        [two, 123_456_789_012_345],
      ]),
    ])
      expect(readAdvances(writeAdvances(told))).toEqual(told);
  });

  it('leaves out what is not one of ours, and reads the rest', () => {
    const lines = [
      `${one} -1`,
      `${one} 1e9`,
      `${one} 1 2`,
      one,
      'x 1',
      '',
      `${two} 1234567890123456`,
      `${two} 3`,
    ];
    expect(readAdvances(lines.join('\n'))).toEqual(new Map([[two, 3]]));
  });
});
