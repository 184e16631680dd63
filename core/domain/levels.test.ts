import { describe, expect, it } from 'vitest';
import { citation, cited, heading, paragraph, run, textOf } from '../testing/cited-texts.ts';
import { readCitations, withoutEvidence } from './citing.ts';
import { levelOfPoint } from './levels.ts';

describe(levelOfPoint.name, () => {
  it('reads the level that a point of the text ends with, before its full stop and its citations [O17]', () => {
    expect(levelOfPoint('先试行两周。（基本一致）')).toEqual({ level: 'broad', from: 6, to: 12 });
    expect(levelOfPoint('先试行两周（一致同意）。')).toMatchObject({ level: 'unanimous' });
    expect(levelOfPoint('先试行两周（存在分歧）\u2005\u2006')).toMatchObject({ level: 'divided' });
    expect(levelOfPoint('A trial (Further study).')).toMatchObject({ level: 'further' });
    expect(levelOfPoint('（一致同意）先试行两周。')).toBeNull();
    expect(levelOfPoint('各方一致同意')).toBeNull();
    expect(levelOfPoint('')).toBeNull();
  });

  it('belongs to the sentence before it, which is one with its evidence [O6] [O17]', () => {
    const point = paragraph(run('先试行两周。（基本一致）'), cited(citation(1)));
    const reading = readCitations(textOf(heading('形成的共识'), point));
    expect(reading.sentences.map(({ words }) => words)).toEqual(['先试行两周。（基本一致）']);
    expect(withoutEvidence(reading)).toEqual([]);
  });
});
