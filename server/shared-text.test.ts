import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createPieces, gzipBehind } from './shared-text.ts';

const sharedText = createPieces(1_000_000);

describe('gzipBehind', () => {
  it.each([
    [[''], ''],
    [[], '自己的'],
    [[''], '自己的'],
    [['共有的'], ''],
    [['{"room":{"意见":"停车', '', '位🚲"}'], ',"now":"今天"}'],
    [['意见'.repeat(200_000), '意见'.repeat(100_000)], ',"mine":'.repeat(10_000)],
  ])('makes one stream that any browser reads: %#', async (common, own) => {
    const shared = sharedText(common);
    for (let n = 0; n < 2; n += 1)
      expect(gunzipSync(await gzipBehind(shared, own)).toString()).toBe(common.join('') + own);
  });

  it('compresses what is shared once, for all who ask at the same time', async () => {
    const shared = sharedText(['x'.repeat(10_000)]);
    const [one, other] = await Promise.all([shared.deflated(), shared.deflated()]);
    expect(other).toBe(one);
    expect(one.blocks.length).toBeLessThan(200);
  });

  it('does without a shared part', async () => {
    expect(gunzipSync(await gzipBehind(null, '只有自己')).toString()).toBe('只有自己');
  });
});

describe('createPieces', () => {
  it('says a text right again after it was forgotten for want of space', async () => {
    const small = createPieces(20_000);
    const long = (letter: string) => letter.repeat(9_000);
    for (const letters of ['ab', 'bc', 'ca', 'ab']) {
      const pieces = [...letters].map(long);
      const stream = await gzipBehind(small(pieces), '.');
      expect(gunzipSync(stream).toString()).toBe(`${pieces.join('')}.`);
    }
  });
});
