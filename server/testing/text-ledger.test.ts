import { describe, expect, it } from 'vitest';
import { brokenPromises, createLedger } from './text-ledger.ts';

function ledger(acknowledged: number) {
  const one = createLedger();
  one.note({ kind: 'write', mark: '〔a.1〕' });
  one.note({ kind: 'write', mark: '〔a.2〕' });
  one.note({ kind: 'erase', mark: '〔a.1〕' });
  one.acknowledge(acknowledged);
  return one;
}

describe('brokenPromises', () => {
  it('finds nothing where everything that was called saved is there, and nothing twice', () => {
    expect(brokenPromises([ledger(3)], '〔a.2〕')).toEqual([]);
    expect(brokenPromises([ledger(2)], '〔a.1〕〔a.2〕')).toEqual([]);
    // Never called saved: it may be there or not.
    expect(brokenPromises([ledger(0)], '')).toEqual([]);
    expect(brokenPromises([ledger(1)], '〔a.2〕')).toEqual([]);
  });

  it('finds what was called saved and is lost', () => {
    expect(brokenPromises([ledger(2)], '〔a.1〕')).toEqual(['〔a.2〕 was acknowledged and is lost']);
  });

  it('finds what is there twice', () => {
    expect(brokenPromises([ledger(3)], '〔a.2〕〔a.2〕')).toEqual(['〔a.2〕 stands there 2 times']);
  });

  it('finds what is back although its end was called saved', () => {
    expect(brokenPromises([ledger(3)], '〔a.1〕〔a.2〕')).toEqual(['〔a.1〕 is back although it was erased']);
  });
});
