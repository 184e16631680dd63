import { beforeEach, describe, expect, it } from 'vitest';
import { copyName, countAhead, markAhead, wipeAhead } from './ahead.ts';
import { createKept, type Kept } from './kept.ts';

let kept: Kept;
let clock = 0;
const name = copyName({ documentId: 'd', personId: 'p' });
const page = (pageId: string, of = name) => markAhead({ kept, name: of, now: () => (clock += 1) }, pageId);

beforeEach(() => {
  kept = createKept(() => {
    throw new Error('memory is enough');
  });
});

describe('markAhead', () => {
  it('is remembered by the next page until what was written is saved', () => {
    page('first').set(true);
    const second = page('second');
    expect(second.wasAhead).toBe(true);
    second.set(true);
    second.set(false);
    expect(page('third').wasAhead).toBe(true);
    second.settle();
    expect(page('fourth').wasAhead).toBe(false);
  });

  it('keeps a tab’s mark while another one of the same person is saved [W14]', () => {
    const tab = page('tab');
    const other = page('other');
    tab.set(true);
    other.set(true);
    other.set(false);
    other.settle();
    expect(countAhead(kept, 'p')).toBe(1);
    expect(page('later').wasAhead).toBe(true);
    tab.set(false);
    expect(page('latest').wasAhead).toBe(false);
  });

  it('leaves the mark of a tab that went on writing after this page had read its copy', () => {
    const tab = page('tab');
    tab.set(true);
    const reader = page('reader');
    tab.set(true);
    reader.settle();
    expect(page('later').wasAhead).toBe(true);
  });
});

describe('countAhead', () => {
  it('counts texts, not tabs, and each person’s own', () => {
    page('a').set(true);
    page('b').set(true);
    page('a', copyName({ documentId: 'e', personId: 'p' })).set(true);
    page('a', copyName({ documentId: 'd', personId: 'q' })).set(true);
    expect(countAhead(kept, 'p')).toBe(2);
    wipeAhead(kept, 'p');
    expect(countAhead(kept, 'p')).toBe(0);
    expect(countAhead(kept, 'q')).toBe(1);
  });
});
