import { describe, expect, test } from 'vitest';
import { readOptions } from './options.ts';

describe('readOptions', () => {
  test('needs nothing but a file', () => {
    expect(readOptions(['meeting.json'])).toMatchObject({
      file: 'meeting.json',
      urls: ['http://127.0.0.1:3000'],
      pace: 0,
      json: false,
    });
  });

  test.each([
    ['fast', 0],
    ['real', 1],
    ['×10', 10],
    ['x2.5', 2.5],
    ['60', 60],
  ])('reads the pace %s as %d', (word, pace) => {
    expect(readOptions(['a.json', '--pace', word])).toMatchObject({ pace });
  });

  test('shares people out over several addresses', () => {
    const options = readOptions(['a.json', '--url', 'http://one:1/x', '--url', 'https://two']);
    expect(options).toMatchObject({ urls: ['http://one:1', 'https://two'] });
  });

  test.each([
    [[]],
    [['a.json', 'b.json']],
    [['a.json', '--pace', '0']],
    [['a.json', '--pace', 'quick']],
    [['a.json', '--url', 'ftp://x']],
    [['a.json', '--nonsense']],
  ])('says what is wrong with %j', (args) => {
    expect(typeof readOptions(args)).toBe('string');
  });
});
