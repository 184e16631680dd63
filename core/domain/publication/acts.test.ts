import { expect, it } from 'vitest';
import { guardPublishing, type PublishingAct } from './acts.ts';

const mine = (act: PublishingAct) => ({ act, isMine: true });
const theirs = (act: PublishingAct) => ({ act, isMine: false });
const said = (...asked: Parameters<typeof guardPublishing>) => {
  const answer = guardPublishing(...asked);
  return answer.ok ? 'ok' : answer.error.reason;
};

it('lets a page be released by another person than the one who asked, and by nobody else [PP1]', () => {
  expect(said([], 'asked')).toBe('ok');
  expect(said([], 'released')).toBe('PAGE_ELSEWHERE');
  expect(said([mine('asked')], 'released')).toBe('PAGE_BY_ANOTHER');
  expect(said([theirs('asked')], 'released')).toBe('ok');
  // Having asked once before hinders nobody from releasing what another asked for.
  expect(said([mine('asked'), mine('withdrawn'), theirs('asked')], 'released')).toBe('ok');
});

it('withdraws what is asked for or released, by anybody who may, and then begins anew [PP1]', () => {
  for (const last of [mine('asked'), theirs('asked'), theirs('released')]) {
    expect(said([last], 'withdrawn')).toBe('ok');
    expect(said([last], 'asked')).toBe('PAGE_ELSEWHERE');
  }
  expect(said([], 'withdrawn')).toBe('PAGE_ELSEWHERE');
  expect(said([theirs('released'), mine('withdrawn')], 'asked')).toBe('ok');
  expect(said([theirs('released')], 'released')).toBe('PAGE_ELSEWHERE');
});
