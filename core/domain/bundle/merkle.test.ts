import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshSeed } from '../../testing/seed.ts';
import {
  consistencyProof,
  inclusionProof,
  isConsistent,
  isIncluded,
  merkleRoot,
  merkleTree,
} from './merkle.ts';

const seed = freshSeed();
/** Leaves and roots of the tests that came with Certificate Transparency. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(hexToBytes);
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leavesOf = (size: number) => Array.from({ length: size }, (_none, n) => Uint8Array.of(n & 255, n >> 8));

describe(`a tree over leaves (seed ${seed})`, () => {
  it('has the roots of Certificate Transparency, whole and as the beginning of a larger one [BU7]', () => {
    const whole = merkleTree(LEAVES);
    for (const [size, root] of ROOTS.entries()) {
      expect(bytesToHex(merkleRoot(merkleTree(LEAVES.slice(0, size))))).toBe(root);
      expect(bytesToHex(merkleRoot(whole, size))).toBe(root);
    }
  });

  it('proves each leaf and each beginning, and nothing else [BU7]', () => {
    const place = fc
      .integer({ min: 1, max: 300 })
      .chain((size) =>
        fc.tuple(fc.constant(size), fc.integer({ min: 1, max: size }), fc.nat({ max: size - 1 })),
      );
    fc.assert(
      fc.property(place, fc.nat(), ([size, first, index], salt) => {
        const leaves = leavesOf(size);
        const tree = merkleTree(leaves);
        const root = merkleRoot(tree);
        const leaf = leaves[index] ?? new Uint8Array();
        const proof = inclusionProof(tree, index);
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        const told = { leaf, index, size, proof, root };
        expect(isIncluded(told)).toBe(true);
        expect(isIncluded({ ...told, leaf: Uint8Array.of(9, 9, 9) })).toBe(false);
        if (size > 1) expect(isIncluded({ ...told, index: (index + 1) % size })).toBe(false);
        expect(isIncluded({ ...told, proof: [...proof, root] })).toBe(false);
        if (proof.length > 0) expect(isIncluded({ ...told, proof: proof.slice(1) })).toBe(false);

        const firstRoot = merkleRoot(tree, first);
        const begin = { first, firstRoot, size, root, proof: consistencyProof(tree, first) };
        expect(isConsistent(begin)).toBe(true);
        const other = merkleTree(leaves.map((one, n) => (n === salt % first ? Uint8Array.of(7) : one)));
        expect(isConsistent({ ...begin, firstRoot: merkleRoot(other, first) })).toBe(false);
        if (first < size) {
          expect(isConsistent({ ...begin, root: merkleRoot(other) })).toBe(false);
          expect(isConsistent({ ...begin, proof: begin.proof.slice(1) })).toBe(false);
        }
        expect(isConsistent({ ...begin, proof: [...begin.proof, root] })).toBe(false);
      }),
      { seed, numRuns: 300 },
    );
  });

  it.each([-1, 1.5, Number.NaN, 9])('takes %d for no place [BU7]', (index) => {
    const tree = merkleTree(LEAVES);
    const root = merkleRoot(tree);
    const leaf = LEAVES[0] ?? new Uint8Array();
    expect(isIncluded({ leaf, index, size: 8, proof: inclusionProof(tree, 0), root })).toBe(false);
    const proof = consistencyProof(tree, 3);
    expect(isConsistent({ first: index, firstRoot: root, size: 8, root, proof })).toBe(false);
  });
});
