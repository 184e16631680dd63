import { describe, expect, it } from 'vitest';
import { createFrameReader } from './line.ts';

function frames(sizes: readonly number[]): { readonly bytes: Buffer; readonly payloads: Buffer[] } {
  const payloads = sizes.map((size, index) => Buffer.alloc(size, index + 1));
  const bytes = Buffer.concat(
    payloads.flatMap((payload) => {
      const { length } = payload;
      if (length <= 125) return [Buffer.from([0x82, length]), payload];
      const header = Buffer.alloc(length > 0xffff ? 10 : 4);
      header[0] = 0x82;
      header[1] = length > 0xffff ? 127 : 126;
      if (length > 0xffff) header.writeBigUInt64BE(BigInt(length), 2);
      else header.writeUInt16BE(length, 2);
      return [header, payload];
    }),
  );
  return { bytes, payloads };
}

describe('createFrameReader', () => {
  const { bytes, payloads } = frames([0, 1, 125, 126, 300, 70_000, 2]);

  it.each([1, 2, 3, 7, 129, 4_096, 100_000])('finds every frame in chunks of %i bytes', (size) => {
    const heard: Buffer[] = [];
    const read = createFrameReader((opcode, payload) => {
      expect(opcode).toBe(2);
      heard.push(Buffer.from(payload));
    });
    for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size));
    expect(heard.map(({ length }) => length)).toEqual(payloads.map(({ length }) => length));
    expect(Buffer.concat(heard).equals(Buffer.concat(payloads))).toBe(true);
  });
});
