import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gzipBehind, sharedText } from './shared-text.ts';

describe('gzipBehind', () => {
  it.each([
    ['', ''],
    ['', '自己的'],
    ['共有的', ''],
    ['{"room":{"意见":"停车位🚲"}', ',"now":"今天"}'],
    ['意见'.repeat(200_000), ',"mine":'.repeat(10_000)],
  ])('makes one stream that any browser reads: %#', async (common, own) => {
    const shared = sharedText(common);
    for (let n = 0; n < 2; n += 1)
      expect(gunzipSync(await gzipBehind(shared, own)).toString()).toBe(common + own);
  });

  it('compresses what is shared once, for all who ask at the same time', async () => {
    const shared = sharedText('x'.repeat(10_000));
    const [one, other] = await Promise.all([shared.deflated(), shared.deflated()]);
    expect(other).toBe(one);
    expect(one.blocks.length).toBeLessThan(200);
  });

  it('does without a shared part', async () => {
    expect(gunzipSync(await gzipBehind(null, '只有自己')).toString()).toBe('只有自己');
  });
});
