import { describe, expect, it } from 'vitest';
import { framed } from './frame.ts';

/** Reads a server's frame as RFC 6455 describes it. */
function read(frame: Buffer): { opcode: number; payload: string } {
  const short = frame.readUInt8(1);
  const [from, length] =
    short < 126
      ? [2, short]
      : short === 126
        ? [4, frame.readUInt16BE(2)]
        : [10, Number(frame.readBigUInt64BE(2))];
  expect(frame.length).toBe(from + length);
  return { opcode: frame.readUInt8(0), payload: frame.subarray(from).toString() };
}

describe('framed', () => {
  // Both sides of each bound between the forms of a frame's length, in bytes of UTF-8.
  it.each([1, 50, 51, 52, 53, 54, 65_400, 65_464, 65_465, 65_466, 65_467, 70_000])(
    'frames a message with %d more bytes',
    (more) => {
      const message = { spreadMs: 5, words: 'a'.repeat(more - 1) + (more > 60 ? '我' : 'b') };
      const { text, frame } = framed('server:stopping', message);
      expect(read(frame)).toEqual({ opcode: 0x81, payload: `4${text}` });
      expect(text.startsWith('2')).toBe(true);
      expect(JSON.parse(text.slice(1))).toEqual(['server:stopping', message]);
    },
  );
});
