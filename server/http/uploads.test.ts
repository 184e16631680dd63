import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createUploads, type Sender, type Uploads } from './uploads.ts';

const options = { mostEach: 2, mostBytes: 100, mostGuestBytes: 80, safeMs: 1_000 };
const account = (person: string) => ({ person, party: person, isGuest: false });
const guest = (person: string, session = '一') => ({ person, party: `guests of ${session}`, isGuest: true });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('files on their way in', () => {
  const none = () => undefined;

  it('are a few of each person at once [Y9]', () => {
    const uploads = createUploads(options);
    const first = uploads.begin(account('甲'), none);
    uploads.begin(account('甲'), none);
    expect(() => uploads.begin(account('甲'), none)).toThrow(
      expect.objectContaining({ reason: 'UPLOADS_AT_ONCE' }),
    );
    uploads.begin(account('乙'), none);
    first.end();
    first.end();
    uploads.begin(account('甲'), none);
  });

  it('hold what came of them, not what was announced; dribbled ones make room for those that come quickly [Y9]', () => {
    const uploads = createUploads(options);
    const cut: string[] = [];
    const begin = (person: string) => uploads.begin(account(person), () => cut.push(person));
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

  /** Files that have come whole and wait; of whom one was turned away. */
  function setWaiting(uploads: Uploads) {
    const away: string[] = [];
    const wait = (sender: Sender, bytes: number) => {
      const one = uploads.begin(sender, none);
      expect(one.hold(bytes)).toBe(true);
      one.isWhole();
      return { one, over: one.whileWaiting(() => away.push(sender.person)) };
    };
    return { away, wait };
  }

  it('that wait make room where theirs hold most, be it one session’s guests or one of them [Y9]', () => {
    const uploads = createUploads(options);
    const { away, wait } = setWaiting(uploads);
    for (const seat of ['甲', '甲', '乙', '乙']) wait(guest(seat), 20);
    // What is kept for accounts no guest takes.
    expect(uploads.begin(account('丙'), none).hold(20)).toBe(true);
    expect(away).toEqual([]);
    // A guest of another session, one of the same, and an account.
    expect(uploads.begin(guest('丁', '二'), none).hold(10)).toBe(true);
    expect(away).toEqual(['乙']);
    expect(uploads.begin(guest('戊'), none).hold(15)).toBe(true);
    expect(away).toEqual(['乙', '甲']);
    expect(uploads.begin(account('己'), none).hold(20)).toBe(true);
    expect(away).toEqual(['乙', '甲', '乙']);
  });

  it('that wait stay where whoever asks would hold as much, and what is being made stays [Y9]', () => {
    const uploads = createUploads(options);
    const { away, wait } = setWaiting(uploads);
    const made = wait(account('甲'), 60);
    made.over();
    wait(account('乙'), 40);
    expect(uploads.begin(account('丙'), none).hold(40)).toBe(false);
    expect(uploads.begin(account('丁'), none).hold(10)).toBe(true);
    expect(away).toEqual(['乙']);
    made.one.end();
    expect(uploads.begin(account('戊'), none).hold(90)).toBe(true);
  });
});
