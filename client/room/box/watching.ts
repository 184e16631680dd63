import { watchSignIns } from './left-behind.ts';

/** Begins to watch over what people leave on this device; behind the first page, which needs nothing of it. */
export function beginWatching(): void {
  watchSignIns();
}
