import { describe, expect, it } from 'vitest';
import type { Room } from '../../../core/domain/room/state.ts';
import { lastCall, leftOf } from './countdown.ts';

const OPENED = Date.parse('2026-11-21T08:00:00.000Z');
const at = (seconds: number) => OPENED + seconds * 1_000;
const instant = (seconds: number) => new Date(at(seconds)).toISOString();

function room(...lasting: readonly (number | null)[]): Pick<Room, 'polls'> {
  const polls = lasting.map((seconds, n) => ({
    phase: 'open',
    draft: { id: `p${n}`, question: `问${n}` },
    openedAt: instant(0),
    endsAt: seconds === null ? null : instant(seconds),
  }));
  return { polls: polls as unknown as Room['polls'] };
}

describe('leftOf', () => {
  it('counts down to nothing and stays there', () => {
    expect(leftOf({ endsAt: instant(90) }, at(30))).toBe(60_000);
    expect(leftOf({ endsAt: instant(90) }, at(100))).toBe(0);
    expect(leftOf({ endsAt: null }, at(100))).toBeNull();
  });
});

describe('lastCall', () => {
  it('says five minutes, a minute and ten seconds of the poll that ends first', () => {
    const of = room(600, null, 400);
    expect(lastCall(of, at(50))).toBeNull();
    expect(lastCall(of, at(100))).toEqual({ pollId: 'p2', question: '问2', leftMs: 300_000 });
    expect(lastCall(of, at(340))).toMatchObject({ leftMs: 60_000 });
    expect(lastCall(of, at(390))).toMatchObject({ leftMs: 10_000 });
    expect(lastCall(of, at(401))).toMatchObject({ pollId: 'p0', leftMs: 300_000 });
    expect(lastCall(room(null), at(0))).toBeNull();
  });

  it('does not say at the beginning that a minute is left of a minute', () => {
    expect(lastCall(room(60), at(0))).toBeNull();
    expect(lastCall(room(60), at(50))).toMatchObject({ leftMs: 10_000 });
  });
});
