import { describe, expect, it } from 'vitest';
import { as, AT, itemId, seated } from '../../testing/builders.ts';
import { forecastOf } from './agenda-time.ts';

const at = (minutes: number) => new Date(Date.parse(AT) + minutes * 60_000).toISOString();

/** The forecast at so many minutes after the opening: the minute of the end, and how many minutes late. */
function forecast(t: ReturnType<typeof seated>, now: number) {
  const found = forecastOf(t.room(), Date.parse(at(now)));
  return found === null ? null : [(found.endMs - Date.parse(AT)) / 60_000, found.lateMs / 60_000];
}

describe('forecastOf', () => {
  it('knows no end before the opening and after the close [A6]', () => {
    const t = seated({ open: false });
    expect(forecast(t, 0)).toBeNull();
    t.must(as(0), { type: 'enterRoom' });
    t.must(as(0), { type: 'openSession', why: '测试' });
    expect(forecast(t, 0)).toEqual([30, 0]);
    t.must(as(0), { type: 'closeSession' });
    expect(forecast(t, 5)).toBeNull();
  });

  it('moves with what takes longer or shorter than planned, and with breaks [A6]', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(0) }, { at: at(2) });
    expect(forecast(t, 5)).toEqual([32, 2]);
    // 15 minutes of 10: late by what it is over.
    expect(forecast(t, 17)).toEqual([37, 7]);
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(1) }, { at: at(6) });
    expect(forecast(t, 6)).toEqual([26, -4]);
    t.must(as(0), { type: 'pauseSession' }, { at: at(8) });
    expect(forecast(t, 18)).toEqual([36, 6]);
    t.must(as(0), { type: 'resumeSession' }, { at: at(18) });
    expect(forecast(t, 20)).toEqual([36, 6]);
  });

  it('does not wait for what was passed over, and counts what was added [A6]', () => {
    const t = seated({ open: true });
    t.must(as(0), { type: 'moveAgenda', itemId: itemId(2) });
    expect(forecast(t, 0)).toEqual([10, -20]);
    const item = { id: itemId(7), title: '补充', kind: 'exchange', speakerRole: 'any', minutes: 5 } as const;
    t.must(as(0), { type: 'addAgendaItem', item, before: null }, { at: at(1) });
    expect(forecast(t, 1)).toEqual([15, -15]);
    t.must(as(0), { type: 'removeAgendaItem', itemId: itemId(7) }, { at: at(1) });
    t.must(as(0), { type: 'removeAgendaItem', itemId: itemId(1) }, { at: at(1) });
    expect(forecast(t, 1)).toEqual([10, -20]);
  });
});
