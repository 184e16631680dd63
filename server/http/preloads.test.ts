import { describe, expect, it } from 'vitest';
import { createPreloads, languagesOf, missingInManifest } from './preloads.ts';

const html = '<script src="/assets/base.js"></script><link rel="stylesheet" href="/assets/base.css"></head>';
const manifest = JSON.stringify({
  '_base-x.js': { file: 'assets/base.js', css: ['assets/base.css'] },
  '_room-page-x.css': { file: 'assets/room.css' },
  '_room-page-x.js': {
    file: 'assets/room.js',
    imports: ['_base-x.js', '_shared-x.js'],
    css: ['assets/room.css', 'assets/shared.css'],
  },
  '_shared-x.js': {
    file: 'assets/shared.js',
    imports: ['_base-x.js', '_room-page-x.js'],
    css: ['assets/shared.css'],
  },
  '_texts-first-zh-CN-x.js': { file: 'assets/first-zh.js' },
  '_texts-first-en-x.js': { file: 'assets/first-en.js' },
  '_texts-room-zh-CN-x.js': { file: 'assets/room-zh.js' },
  '_texts-room-en-x.js': { file: 'assets/room-en.js' },
  '_early-x.js': { file: 'assets/early.js' },
  '_doors-x.js': { file: 'assets/doors.js', imports: ['_shared-x.js'] },
  '_line-x.js': { file: 'assets/line.js', imports: ['_doors-x.js'] },
  'app/desk-pages.tsx': { file: 'assets/desk.js', isDynamicEntry: true },
});
const room = '/sessions/0f0e0d0c-0000-4000-8000-000000000001';
const named = (head: string) => [...head.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, address]) => address);

describe('createPreloads', () => {
  it('names what the room needs beside the page, each once, in the language the browser asks for', () => {
    const preloads = createPreloads(manifest, html);
    expect(named(preloads(room, ['zh-CN', 'en'])).sort()).toEqual([
      '/assets/early.js',
      '/assets/first-zh.js',
      '/assets/room-zh.js',
      '/assets/room.css',
      '/assets/room.js',
      '/assets/shared.css',
      '/assets/shared.js',
    ]);
    expect(named(preloads(room, ['en-GB']))).toContain('/assets/room-en.js');
    expect(named(preloads(room, []))).toContain('/assets/first-zh.js');
    expect(named(preloads('/j', ['en']))).toEqual(['/assets/first-en.js']);
  });

  it('says nothing for other pages, and without a manifest that it can read', () => {
    expect(createPreloads(manifest, html)('/', ['zh-CN'])).toBe('');
    expect(createPreloads(manifest, html)(`${room}/archive`, ['zh-CN'])).toBe('');
    expect(createPreloads(undefined, html)(room, ['zh-CN'])).toBe('');
    expect(createPreloads('{"index.html":7}', html)(room, ['zh-CN'])).toBe('');
  });
});

describe('languagesOf', () => {
  it('begins with what the person chose in the product, whatever the browser asks for', () => {
    expect(languagesOf('a=b; shangliang.locale=en', ['zh-CN'])).toEqual(['en', 'zh-CN']);
    expect(languagesOf('shangliang.locale=zh-CN; a=b', ['en'])).toEqual(['zh-CN', 'en']);
    expect(languagesOf('a=shangliang.locale=en', ['zh-CN'])).toEqual(['zh-CN']);
    expect(languagesOf('shangliang.locale=xx', ['en'])).toEqual(['en']);
    expect(languagesOf(undefined, ['en'])).toEqual(['en']);
  });
});

describe('missingInManifest', () => {
  it('names every file of the table that the build no longer makes, in each language', () => {
    expect(missingInManifest(manifest)).toEqual([]);
    const renamed = manifest.replace('_early-x', '_first-x').replaceAll('_texts-room-en-x', '_texts-en-x');
    expect(missingInManifest(renamed)).toEqual(expect.arrayContaining(['_texts-room-en-', '_early-']));
    expect(new Set(missingInManifest(renamed)).size).toBe(2);
  });
});
