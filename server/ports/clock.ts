import type { Instant } from '../../core/domain/ids.ts';

/** The only source of time. Instants are UTC ISO strings with milliseconds. */
export type Clock = { readonly now: () => Instant };
