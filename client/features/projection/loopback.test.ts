import { describe, expect, it } from 'vitest';
import { isLoopback } from './loopback.ts';

describe('isLoopback', () => {
  it.each([
    'http://127.0.0.1:3000/j#t',
    'http://127.1.2.3/',
    'http://localhost:3000/j',
    'http://room.localhost/',
    'http://[::1]:3000/j',
    'http://0.0.0.0:3000/j',
  ])('knows %s as an address of this machine only', (address) => {
    expect(isLoopback(address)).toBe(true);
  });

  it.each(['http://192.168.1.5:3000/j', 'https://room.example.cn/j', 'http://127.0.0.1.example.cn/', 'j'])(
    'lets %s pass',
    (address) => {
      expect(isLoopback(address)).toBe(false);
    },
  );
});
