import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createUploads } from './uploads.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('files on their way in', () => {
  const none = () => undefined;

  it('are a few of each person at once [Y9]', () => {
    const uploads = createUploads({ mostEach: 2, mostBytes: 100, safeMs: 1_000 });
    const first = uploads.begin('甲', none);
    uploads.begin('甲', none);
    expect(() => uploads.begin('甲', none)).toThrow(expect.objectContaining({ reason: 'UPLOADS_AT_ONCE' }));
    uploads.begin('乙', none);
    first.end();
    first.end();
    uploads.begin('甲', none);
  });

  it('hold what came of them, not what was announced; dribbled ones make room for those that come quickly [Y9]', () => {
    const uploads = createUploads({ mostEach: 2, mostBytes: 100, safeMs: 1_000 });
    const cut: string[] = [];
    const begin = (person: string) => uploads.begin(person, () => cut.push(person));
    const six = ['甲', '乙', '丙', '丁', '戊', '己'].map(begin);
    for (const one of six) expect(one.hold(15)).toBe(true);
    const whole = begin('庚');
    expect(whole.hold(10)).toBe(true);
    whole.isWhole();
    // Nobody took too long yet.
    expect(begin('辛').hold(20)).toBe(false);
    expect(cut).toEqual([]);
    vi.advanceTimersByTime(1_000);
    const quick = begin('壬');
    expect(quick.hold(20)).toBe(true);
    expect(cut).toEqual(['甲', '乙']);
    // What was cut holds nothing any more, whatever comes of it.
    expect(six[0]?.hold(1)).toBe(false);
    expect(quick.hold(70)).toBe(true);
    expect(cut).toEqual(['甲', '乙', '丙', '丁', '戊', '己']);
    // Nobody is left but who asks, and a file that has come.
    expect(quick.hold(1)).toBe(false);
    whole.end();
    expect(begin('癸').hold(100)).toBe(true);
  });
});
