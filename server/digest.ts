import { hash } from 'node:crypto';
import type { Digest } from '../core/domain/linking.ts';

/** The digest of core/domain/chain.ts by the machine's own hand: ten times faster than in JavaScript. */
export const fastDigest: Digest = (text) => hash('sha256', text, 'hex');
