import { sha256 } from '@noble/hashes/sha2.js';

// The tree of RFC 9162 (Certificate Transparency 2.0), 2.1, with SHA-256: 2.1.1 the hashes, 2.1.3 that a leaf is in a tree, 2.1.4
// that a tree is the beginning of a later one. Exact to the byte, so that any library for such logs checks our proofs [BU7].

/** All its subtrees that are full: levels[k][i] is that of 2^k leaves, the ith of them. */
export type MerkleTree = { readonly size: number; readonly levels: readonly (readonly Uint8Array[])[] };

/** A tree over the data of its leaves. */
export function merkleTree(leaves: readonly Uint8Array[]): MerkleTree {
  let level = leaves.map((leaf) => hashed(0, leaf));
  const levels = [level];
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at + 1 < level.length; at += 2) above.push(nodeOf(level[at], level[at + 1]));
    levels.push(above);
    level = above;
  }
  return { size: leaves.length, levels };
}

/** The root over the first leaves of a tree, all of them unless told otherwise. */
export function merkleRoot(tree: MerkleTree, size = tree.size): Uint8Array {
  return size === 0 ? sha256(new Uint8Array()) : range(tree, 0, size);
}

/** The way from a leaf up to the root over the first leaves: what it is joined with, from below (2.1.3). */
export function inclusionProof(tree: MerkleTree, index: number, size = tree.size): Uint8Array[] {
  const proof: Uint8Array[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + halfOf(to - from);
    if (index < middle) {
      proof.push(range(tree, middle, to));
      to = middle;
    } else {
      proof.push(range(tree, from, middle));
      from = middle;
    }
  }
  return proof.reverse();
}

/** What proves that the root over the first leaves belongs to the beginning of the whole (2.1.4). */
export function consistencyProof(tree: MerkleTree, first: number, size = tree.size): Uint8Array[] {
  const proof: Uint8Array[] = [];
  let [from, to] = [0, size];
  // Whether what was gone down to is a subtree that the earlier tree has as its own root.
  let isWhole = true;
  while (to > first) {
    const middle = from + halfOf(to - from);
    if (first <= middle) {
      proof.push(range(tree, middle, to));
      to = middle;
    } else {
      proof.push(range(tree, from, middle));
      from = middle;
      isWhole = false;
    }
  }
  if (!isWhole) proof.push(range(tree, from, to));
  return proof.reverse();
}

type Included = {
  /** The data of the leaf. */
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
};

/** Whether a leaf is in the tree of a root (2.1.3). */
export function isIncluded({ leaf, index, size, proof, root }: Included): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  let [place, last] = [index, size - 1];
  let hash = hashed(0, leaf);
  for (const other of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = nodeOf(other, hash);
      for (; place % 2 === 0 && place !== 0; last = half(last)) place = half(place);
    } else hash = nodeOf(hash, other);
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && areSame(hash, root);
}

type Consistent = {
  readonly first: number;
  readonly firstRoot: Uint8Array;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

/** Whether a tree is the beginning of a later one (2.1.4). */
export function isConsistent({ first, firstRoot, size, root, proof }: Consistent): boolean {
  if (!isCount(first) || !isCount(size) || first === 0 || first > size) return false;
  if (first === size) return proof.length === 0 && areSame(firstRoot, root);
  const isFull = 2 ** Math.round(Math.log2(first)) === first;
  const [begin, ...rest] = isFull ? [firstRoot, ...proof] : proof;
  if (begin === undefined || proof.length === 0) return false;
  let [place, last] = [first - 1, size - 1];
  for (; place % 2 === 1; last = half(last)) place = half(place);
  let [ours, theirs] = [begin, begin];
  for (const other of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      ours = nodeOf(other, ours);
      theirs = nodeOf(other, theirs);
      for (; place % 2 === 0 && place !== 0; last = half(last)) place = half(place);
    } else theirs = nodeOf(theirs, other);
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && areSame(ours, firstRoot) && areSame(theirs, root);
}

/** Of leaves from a full subtree's beginning on. */
function range(tree: MerkleTree, from: number, to: number): Uint8Array {
  const middle = halfOf(to - from);
  const isFull = middle * 2 === to - from || to - from === 1;
  const level = Math.round(Math.log2(to - from));
  const known = isFull ? tree.levels[level]?.[from / 2 ** level] : undefined;
  return known ?? nodeOf(range(tree, from, from + middle), range(tree, from + middle, to));
}

/** The largest power of two below a number. */
function halfOf(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

function half(number: number): number {
  return Math.floor(number / 2);
}

function isCount(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0;
}

function areSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function nodeOf(left: Uint8Array | undefined, right: Uint8Array | undefined): Uint8Array {
  if (left === undefined || right === undefined) throw new Error('a subtree lacks a side');
  return hashed(1, left, right);
}

function hashed(kind: 0 | 1, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = sha256.create().update(Uint8Array.of(kind));
  for (const part of parts) hash.update(part);
  return hash.digest();
}
