import { kept } from '../../lib/kept.ts';
import { createPurse, type Purse } from './purse.ts';

/** The slips of this device. */
export const purse: Purse = createPurse(() => window.indexedDB);

const ANY = 'slips';

/** Notes that this device has slips, or has none any more: who has none is not asked to open a database. */
export function noteSlips(isAny: boolean): void {
  if (isAny) kept.set(ANY, '1');
  else kept.remove(ANY);
}

/** Whether this device may have slips. */
export function hasSlips(): boolean {
  return kept.get(ANY) !== null;
}
