import { describe, expect, it } from 'vitest';
import { packed } from '../../testing/sample-bundle.ts';
import { crc32 } from './crc32.ts';
import { BUNDLE_BYTES, unzip } from './unzip.ts';
import { directoryOf, isBundlePath, joined, localHeader, zipBytes } from './zip.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const files = new Map([
  ['a.txt', bytes('甲')],
  ['b/c.txt', bytes('乙')],
  ['manifest.json', bytes('{}')],
]);
const problemOf = (zip: Uint8Array) => {
  const read = unzip(zip);
  return read.ok ? null : read.problem;
};

describe('unzip', () => {
  it('gives back what was packed, in as many bytes as were foretold [BU2] [BU5]', () => {
    const zip = packed(files);
    expect(unzip(zip)).toEqual({ ok: true, files, damaged: [] });
    expect(zip.length).toBe(zipBytes([...files].map(([path, { length }]) => ({ path, bytes: length }))));
    expect(crc32(bytes('123456789'))).toBe(0xcb_f4_39_26);
    expect(crc32(bytes('6789'), crc32(bytes('12345')))).toBe(0xcb_f4_39_26);
  });

  it.each([
    '../up.txt',
    'a/../../up.txt',
    '/etc/passwd',
    'C:\\x',
    'a\\b',
    '.hidden',
    'a/.git/x',
    'a//b',
    'a/',
    'a b',
    'a\0b',
    '文.txt',
    'a'.repeat(121),
    '',
  ])('refuses the name %j, and shows it as nothing that does anything [BU5]', (name) => {
    expect(isBundlePath(name)).toBe(false);
    const hostile = { path: 'x'.repeat(new TextEncoder().encode(name).length), crc: 0, bytes: 0 };
    const header = localHeader(hostile);
    header.set(new TextEncoder().encode(name), 30);
    const problem = problemOf(joined([header, directoryOf([hostile])]));
    expect(problem?.code).toBe('ZIP_NAME');
    expect(problem?.path).toMatch(/^[\w./?-]*$/);
  });

  it('refuses what is compressed, whatever it says that it would unpack to [BU5]', () => {
    const entry = { path: 'a.txt', crc: 0, bytes: 10 };
    const bomb = localHeader(entry);
    new DataView(bomb.buffer).setUint16(8, 8, true);
    new DataView(bomb.buffer).setUint32(22, 0xff_ff_ff_f0, true);
    const zip = joined([bomb, new Uint8Array(10), directoryOf([entry])]);
    expect(problemOf(zip)).toEqual({ code: 'ZIP_FOREIGN', path: 'a.txt' });
    expect(problemOf(bytes('{"format":"shangliang/poll/1"}'))?.code).toBe('ZIP_FOREIGN');
    expect(problemOf(new Uint8Array())?.code).toBe('ZIP_FOREIGN');
  });

  it('refuses an entry that is longer than the file, twice there, or out of its order [BU5]', () => {
    const long = localHeader({ path: 'a.txt', crc: 0, bytes: 0xff_ff_ff_ff });
    expect(problemOf(long)).toEqual({ code: 'ZIP_CUT', path: 'a.txt' });
    const entry = { path: 'a.txt', crc: 0, bytes: 0 };
    const twice = joined([localHeader(entry), localHeader(entry), directoryOf([entry, entry])]);
    expect(problemOf(twice)).toEqual({ code: 'ENTRY_TWICE', path: 'a.txt' });
    const turned = packed(new Map([...files].toReversed()));
    expect(problemOf(turned)).toEqual({ code: 'ENTRY_ORDER', path: 'b/c.txt' });
  });

  it('refuses what stands between, before or behind its entries [BU5]', () => {
    const zip = packed(files);
    const [one = new Uint8Array()] = [bytes('x')];
    const first = 30 + 'a.txt'.length + 3;
    expect(problemOf(joined([one, zip]))?.code).toBe('ZIP_FOREIGN');
    expect(problemOf(joined([zip.subarray(0, first), one, zip.subarray(first)]))).toEqual({
      code: 'ZIP_ALTERED',
      path: 'a.txt',
    });
    expect(problemOf(joined([zip, one]))?.code).toBe('ZIP_ALTERED');
    expect(problemOf(joined([zip, zip]))?.code).toBe('ZIP_ALTERED');
  });

  it('refuses what is too large, or has too many entries, before it reads it [BU5]', () => {
    const large = { length: BUNDLE_BYTES + 1 } as Uint8Array;
    expect(problemOf(large)?.code).toBe('ZIP_TOO_LARGE');
    const many = Array.from({ length: 70_001 }, (_none, n) => ({
      path: `f${String(n).padStart(6, '0')}`,
      crc: 0,
      bytes: 0,
    }));
    expect(problemOf(joined(many.map(localHeader)))?.code).toBe('ZIP_TOO_MANY');
  });
});
