import { describe, expect, it } from 'vitest';
import { question, readFrame } from './wire.ts';

describe('readFrame', () => {
  it('reads what a server says', () => {
    expect(readFrame('0{"sid":"a","upgrades":[],"pingInterval":5000,"pingTimeout":4000}')).toEqual({
      kind: 'open',
      silenceMs: 9_000,
    });
    expect(readFrame('40{"sid":"b"}')).toEqual({ kind: 'connected' });
    expect(readFrame('2')).toEqual({ kind: 'ping' });
    expect(readFrame('42["room:events",{"events":[]}]')).toEqual({
      kind: 'event',
      name: 'room:events',
      value: { events: [] },
    });
    expect(readFrame('430[{"ok":true}]')).toEqual({ kind: 'ack', value: { ok: true } });
  });

  it('takes a dismissal for the end and leaves alone what it does not know', () => {
    expect(['1', '41', '44{"message":"no"}'].map((text) => readFrame(text).kind)).toEqual([
      'end',
      'end',
      'end',
    ]);
    expect(readFrame('6').kind).toBe('other');
  });
});

describe('question', () => {
  it('is an event that asks for an answer', () => {
    expect(question('room:hear', { after: 1 })).toBe('420["room:hear",{"after":1}]');
  });
});
