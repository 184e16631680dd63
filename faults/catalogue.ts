import { databaseFaults } from './database-faults.ts';
import type { Fault } from './fault.ts';
import { processFaults } from './process-faults.ts';
import { redisFaults } from './redis-faults.ts';
import { wireFaults } from './wire-faults.ts';

/** Everything that goes wrong, the harmless first. */
export const CATALOGUE: readonly Fault[] = [
  {
    name: 'nothing goes wrong',
    storm: null,
    people: 12,
    times: { short: 1, long: 1 },
    inject: ({ seconds }) => seconds(3, 10),
  },
  ...wireFaults,
  ...redisFaults,
  ...databaseFaults,
  ...processFaults,
];
