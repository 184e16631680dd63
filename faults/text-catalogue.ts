import { textDatabaseFaults } from './text-database-faults.ts';
import type { TextFault } from './text-fault.ts';
import { textFuzz } from './text-fuzz.ts';
import { textHostileFaults } from './text-hostile-faults.ts';
import { textProcessFaults } from './text-process-faults.ts';
import { textRedisFaults } from './text-redis-faults.ts';
import { textSoak } from './text-soak.ts';

/** Everything that befalls texts. The numbers are those of the list of tests that the engine of the text must pass. */
export const TEXT_CATALOGUE: readonly TextFault[] = [
  ...textProcessFaults,
  ...textRedisFaults,
  ...textDatabaseFaults,
  ...textHostileFaults,
  textFuzz,
  textSoak,
];
