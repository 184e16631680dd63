import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export type Options = {
  readonly isLong: boolean;
  readonly seed: number;
  /** Only faults whose name holds this. */
  readonly only: string | null;
  readonly json: string | null;
};

export const USAGE = `Usage: npm run test:faults -- [--long] [--seed N] [--only WORDS] [--json FILE]

Two real server processes on a real PostgreSQL and a real Redis, a hall of virtual people, and one misfortune after
the other; then what everybody was told is held against what there is. Short: under five minutes. --long: the
misfortunes last as long as they do in life, twenty kills of each kind, and memory is watched too.
`;

/** Reads the command line; a string is what is wrong with it. */
export function readOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        long: { type: 'boolean' },
        seed: { type: 'string' },
        only: { type: 'string' },
        json: { type: 'string' },
      },
    });
    const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
    if (!Number.isInteger(seed) || seed < 0) return `--seed must be a whole number, not ${values.seed}`;
    return { isLong: values.long ?? false, seed, only: values.only ?? null, json: values.json ?? null };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
