import { describe, expect, it } from 'vitest';
import { createPreloads } from './preloads.ts';

const manifest = JSON.stringify({
  'index.html': { file: 'assets/index.js', imports: ['_shared.js'], css: ['assets/index.css'] },
  '_shared.js': { file: 'assets/shared.js' },
  'app/early.ts': { file: 'assets/early.js' },
  'pages/room.tsx': {
    file: 'assets/room.js',
    imports: ['index.html', '_part.js'],
    css: ['assets/room.css'],
    isDynamicEntry: true,
  },
  '_part.js': { file: 'assets/part.js', imports: ['_shared.js', 'pages/room.tsx'], css: ['assets/room.css'] },
  '_first-zh-CN-a1.js': { file: 'assets/first-zh.js' },
  '_first-en-b2.js': { file: 'assets/first-en.js' },
  'locales/zh-CN/room.json': { file: 'assets/room-zh.js' },
  'locales/en/room.json': { file: 'assets/room-en.js' },
});
const room = '/sessions/0f0e0d0c-0000-4000-8000-000000000001';
const named = (head: string) => [...head.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, address]) => address);

describe('createPreloads', () => {
  it('names what the room needs beside the entry, each once, in the language the browser asks for', () => {
    const preloads = createPreloads(manifest);
    expect(named(preloads(room, ['zh-CN', 'en'])).sort()).toEqual([
      '/assets/early.js',
      '/assets/first-zh.js',
      '/assets/part.js',
      '/assets/room-zh.js',
      '/assets/room.css',
      '/assets/room.js',
    ]);
    expect(named(preloads(room, ['en-GB']))).toContain('/assets/room-en.js');
    expect(named(preloads(room, []))).toContain('/assets/first-zh.js');
    expect(named(preloads('/j', ['en']))).toEqual(['/assets/first-en.js']);
  });

  it('says nothing for other pages, and without a manifest that it can read', () => {
    expect(createPreloads(manifest)('/', ['zh-CN'])).toBe('');
    expect(createPreloads(manifest)(`${room}/archive`, ['zh-CN'])).toBe('');
    expect(createPreloads(undefined)(room, ['zh-CN'])).toBe('');
    expect(createPreloads('{"index.html":7}')(room, ['zh-CN'])).toBe('');
  });
});
