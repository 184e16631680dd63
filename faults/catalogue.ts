import { databaseFaults } from './database-faults.ts';
import type { Fault } from './fault.ts';
import { processFaults } from './process-faults.ts';
import { redisFaults } from './redis-faults.ts';
import { restoreFaults } from './restore-faults.ts';
import { wireFaults } from './wire-faults.ts';

/** What the memory of processes is held against that have worked once. */
export const CALM: Fault = {
  name: 'nothing goes wrong',
  storm: null,
  people: 12,
  times: { short: 1, long: 1 },
  inject: ({ seconds }) => seconds(3, 10),
};

/** Everything that goes wrong. Processes end first: afterwards the same two live through all the rest, and must give it back. */
export const CATALOGUE: readonly Fault[] = [
  ...processFaults,
  CALM,
  ...wireFaults,
  ...redisFaults,
  ...databaseFaults,
  ...restoreFaults,
];
