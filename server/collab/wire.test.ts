import * as decoding from 'lib0/decoding';
import { describe, expect, it } from 'vitest';
import { presenceFrame, readPresence } from './wire.ts';

const cursor = (clientId: number) => ({ clientId, clock: 1, json: '{"cursor":null}' });

/** What stands inside a frame, behind its type. */
function inside(frame: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  return decoding.readVarUint8Array(decoder);
}

describe('readPresence', () => {
  it('reads one cursor', () => {
    expect(readPresence(inside(presenceFrame([cursor(7)])))).toEqual(cursor(7));
  });

  it('takes the cursors of others, that stock clients echo, for no news and no abuse [W7]', () => {
    expect(readPresence(inside(presenceFrame([cursor(7), cursor(8), cursor(9)])))).toBe('none');
    expect(readPresence(inside(presenceFrame([])))).toBe('none');
  });

  it('refuses what is cut short', () => {
    expect(readPresence(inside(presenceFrame([cursor(7)])).slice(0, 4))).toBeNull();
  });
});
