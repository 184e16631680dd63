import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../core/domain/events.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { createSealing } from '../sealing.ts';
import { readHint, writeHint } from './hints.ts';

const sessionId = '00000000-0000-4000-8000-000000000001' as SessionId;
const event = (seq: number): Envelope => {
  return { seq, at: '2026-11-21T08:00:00.000Z', by: 'office', event: { type: 'session:paused' } };
};
const committed = { behind: 'aa', headHash: 'ab', events: [event(7), event(8)] };
const sealing = createSealing('a secret of the house', 'hints');

/** A hint, opened. */
function read(message: string, key: typeof sealing | null) {
  const hint = readHint(message, key);
  return hint && { sessionId: hint.sessionId, seq: hint.seq, committed: hint.open() };
}

describe('readHint', () => {
  it('reads the events that another process of the house closed', () => {
    const message = writeHint({ sessionId, seq: 8 }, committed, sealing);
    expect(message).not.toContain('paused');
    expect(read(message, sealing)).toEqual({ sessionId, seq: 8, committed });
  });

  it('knows only that there is something, where there is no key, another key, or too much to carry', () => {
    const plain = { sessionId, seq: 8, committed: null };
    const message = writeHint({ sessionId, seq: 8 }, committed, sealing);
    expect(read(message, null)).toEqual(plain);
    expect(read(message, createSealing('another', 'hints'))).toEqual(plain);
    expect(read(writeHint({ sessionId, seq: 8 }, committed, null), sealing)).toEqual(plain);
    expect(read(writeHint({ sessionId, seq: 8 }, null, sealing), sealing)).toEqual(plain);
    const many = { ...committed, events: Array.from({ length: 500 }, (_, n) => event(n + 1)) };
    const long = writeHint({ sessionId, seq: 500 }, many, sealing);
    expect(long.length).toBeLessThan(100);
    expect(read(long, sealing)).toEqual({ ...plain, seq: 500 });
  });

  it('takes nothing for an event that is none, and no event of another session', () => {
    const about = (text: string) =>
      JSON.stringify({ sessionId, seq: 8, sealed: sealing.close(text, sessionId) });
    for (const text of [
      '',
      '{',
      '{"behind":"aa","headHash":"ab","events":[]}',
      '{"behind":"aa","headHash":"ab","events":[{"seq":1}]}',
    ])
      expect(read(about(text), sealing)).toEqual({ sessionId, seq: 8, committed: null });
    const other = sealing.close(JSON.stringify(committed), '00000000-0000-4000-8000-000000000002');
    const moved = JSON.stringify({ sessionId, seq: 8, sealed: other });
    expect(read(moved, sealing)?.committed).toBeNull();
    for (const message of ['', '{', '{"sessionId":1}', JSON.stringify({ sessionId, seq: 0 })])
      expect(read(message, sealing)).toBeUndefined();
  });
});
