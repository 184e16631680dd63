import { describe, expect, it } from 'vitest';
import { NUMBERS, readOptions } from './options.ts';

describe('readOptions', () => {
  it('tries everything against the demo on this computer when nothing is said', () => {
    expect(readOptions([])).toMatchObject({
      urls: ['http://127.0.0.1:3000'],
      login: 'admin',
      staffLogin: 'staff',
      only: NUMBERS,
    });
  });

  it('knows no office account of an installation that is not the demo', () => {
    expect(readOptions(['--admin', 'root'])).toMatchObject({ login: 'root', staffLogin: null });
  });

  it('keeps the order of the numbers, and refuses one that it does not know', () => {
    expect(readOptions(['--only', 'T25,T01'])).toMatchObject({ only: ['T01', 'T25'] });
    expect(readOptions(['--only', 'T99'])).toContain('T99');
  });

  it('loads no other computer unless it is told that it may', () => {
    const away = ['--url', 'https://room.example'];
    expect(readOptions(away)).toContain('--beyond-loopback');
    expect(readOptions([...away, '--only', 'T28'])).toContain('T28');
    expect(readOptions([...away, '--only', 'T01,T26'])).toMatchObject({ urls: ['https://room.example'] });
    expect(readOptions([...away, '--beyond-loopback'])).toMatchObject({ only: NUMBERS });
    expect(readOptions(['--url', 'http://127.0.0.1.evil.example'])).toContain('--beyond-loopback');
    expect(readOptions(['--url', 'http://[::1]:3000'])).toMatchObject({ urls: ['http://[::1]:3000'] });
  });

  it('says what is no address', () => {
    expect(readOptions(['--url', 'room'])).toBe('"room" is no http address');
  });
});
