import { readFile } from 'node:fs/promises';
import { paths } from '../paths.ts';

/** verify.mjs as it is built; null where the program runs from its source and nobody has built it. */
export function loadVerifier(): Promise<Uint8Array | null> {
  return readFile(paths.verifier).catch(() => null);
}
