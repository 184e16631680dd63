import { describe, expect, it } from 'vitest';
import { fastDigest } from '../digest.ts';
import { createMarkOf, isMarkOf } from './command-mark.ts';

const markOf = createMarkOf('a secret that only tests know about');
const DIGEST = fastDigest('words');

describe('what rests of a command beside its key', () => {
  it('is the same for the same words, and tells them to nobody without the secret [L7]', () => {
    expect(markOf(DIGEST)).toBe(createMarkOf('a secret that only tests know about')(DIGEST));
    expect(markOf(DIGEST)).not.toContain(DIGEST);
    expect(markOf(DIGEST)).not.toBe(createMarkOf('a secret of another installation')(DIGEST));
  });

  it('is known again, as is a digest of before there were marks; nothing else is [L7]', () => {
    const other = fastDigest('other words');
    expect(isMarkOf(markOf(DIGEST), DIGEST, markOf)).toBe(true);
    expect(isMarkOf(DIGEST, DIGEST, markOf)).toBe(true);
    for (const stored of [markOf(other), other, '']) expect(isMarkOf(stored, DIGEST, markOf)).toBe(false);
  });
});
