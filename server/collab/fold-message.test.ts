import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packText, unpackText } from './fold-message.ts';

describe(packText.name, () => {
  it('is undone by unpackText, with and without a snapshot, with empty updates and with none', () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    const text = fc.record({
      snapshot: fc.option(bytes),
      updates: fc.array(fc.record({ data: bytes }), { maxLength: 12 }),
    });
    fc.assert(
      fc.property(text, (given) => {
        expect(unpackText(packText(given))).toEqual(given);
      }),
    );
  });

  it('takes no buffer along that somebody else reads', () => {
    const shared = new Uint8Array([1, 2, 3, 4]);
    const packed = packText({ snapshot: null, updates: [{ data: shared.subarray(1, 3) }] });
    structuredClone(packed, { transfer: [packed.bytes.buffer] });
    expect([...shared]).toEqual([1, 2, 3, 4]);
  });
});
