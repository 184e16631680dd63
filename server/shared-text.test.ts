import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gzipBehind, pieceOf, sharedTextOf } from './shared-text.ts';

const sharedText = (texts: readonly string[]) => sharedTextOf(texts.map(pieceOf));

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
    for (const own of ['只有自己', '只有自己'.repeat(10_000)])
      expect(gunzipSync(await gzipBehind(null, own)).toString()).toBe(own);
  });
});

describe('sharedTextOf', () => {
  it('is the text of its pieces, compressed or not', async () => {
    const text = sharedText(['意见', '', '停车🚲']);
    expect(text.text()).toBe('意见停车🚲');
    expect(text.length).toBe(Buffer.byteLength('意见停车🚲'));
  });

  it('compresses a piece once, in however many texts it stands', async () => {
    const piece = pieceOf('x'.repeat(10_000));
    const blocks = await piece.blocks();
    await sharedTextOf([piece, pieceOf('more')]).deflated();
    expect(await piece.blocks()).toBe(blocks);
  });
});
