import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('readOptions', () => {
  it('has a default for everything and prints the seed it chose', () => {
    const options = readOptions([]);
    expect(options).toMatchObject({ people: 100, minutes: 1, joinSeconds: 1, ceiling: null });
    expect(options).toHaveProperty('seed', expect.any(Number));
  });

  it('reads what it is given', () => {
    const args = [
      '--people',
      '1000',
      '--url',
      'http://a.example/x',
      '--url',
      'https://b.example',
      '--seed',
      '7',
    ];
    expect(readOptions([...args, '--find-ceiling', '--ack-ms', '250'])).toMatchObject({
      people: 1_000,
      urls: ['http://a.example', 'https://b.example'],
      seed: 7,
      ceiling: { ackMs: 250, seenMs: 1_000 },
    });
  });

  it('says what is wrong, all of it', () => {
    const wrong = readOptions(['--people', 'many', '--minutes', '0', '--url', 'ftp://a']);
    expect(wrong).toContain('--people must be a number');
    expect(wrong).toContain('--minutes must be a number');
    expect(wrong).toContain('"ftp://a" is no http address');
    expect(readOptions(['--session', 'x'])).toContain('--session');
  });
});
