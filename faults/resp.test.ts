import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../core/testing/seed.ts';
import { isPublished, splitFrames } from './resp.ts';

const bulk = (text: string) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
const { frame } = fc.letrec<{ frame: string }>((tie) => ({
  frame: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('+OK\r\n', ':12\r\n', '-ERR no\r\n', '$-1\r\n', '*-1\r\n', '_\r\n', '#t\r\n'),
    fc.string({ unit: 'grapheme' }).map(bulk),
    fc
      .tuple(fc.constantFrom('*', '>', '~'), fc.array(tie('frame'), { maxLength: 4 }))
      .map(([kind, parts]) => `${kind}${parts.length}\r\n${parts.join('')}`),
    fc
      .array(fc.tuple(tie('frame'), tie('frame')), { maxLength: 3 })
      .map((pairs) => `%${pairs.length}\r\n${pairs.flat().join('')}`),
  ),
}));

describe('splitFrames', () => {
  const seed = freshSeed();
  it(`finds the same messages however the bytes come in (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.array(frame), fc.array(fc.nat()), (frames, cuts) => {
        const bytes = Buffer.from(frames.join(''));
        const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
        const found: string[] = [];
        let rest: Buffer = Buffer.alloc(0);
        let from = 0;
        for (const to of places) {
          const split = splitFrames(Buffer.concat([rest, bytes.subarray(from, to)]));
          found.push(...split.frames.map(String));
          rest = split.rest;
          from = to;
        }
        expect(found).toEqual(frames);
        expect(rest).toHaveLength(0);
      }),
      { seed },
    );
  });
});

describe('isPublished', () => {
  it('tells what was published from answers and subscriptions', () => {
    const published = (kind: string) => `${kind}3\r\n${bulk('message')}${bulk('a')}${bulk('b')}`;
    expect([published('*'), published('>')].map((text) => isPublished(Buffer.from(text)))).toEqual([
      true,
      true,
    ]);
    const others = [`>3\r\n${bulk('subscribe')}${bulk('a')}:1\r\n`, bulk('message'), '+OK\r\n'];
    expect(others.map((text) => isPublished(Buffer.from(text)))).toEqual([false, false, false]);
  });
});
