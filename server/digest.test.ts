import fc from 'fast-check';
import { describe, it } from 'vitest';
import { digest } from '../core/domain/digest.ts';
import { fastDigest } from './digest.ts';

describe('fastDigest', () => {
  it('says what every verifier says, of any text [L2]', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fastDigest(text) === digest(text)));
  });
});
