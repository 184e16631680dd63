import type pg from 'pg';
import { startSweeper } from '../sweeper.ts';
import type { Space } from './space.ts';

/** Who hears what the embedded database goes through. */
export type Hear = (news: string, error?: unknown) => void;

const ROUND_MS = 1_000;

export type Watched = {
  readonly space: Space;
  /** The connection that owns the database. */
  readonly keeper: pg.Client;
  /** Brings PostgreSQL back, at the same port, and owns it again. */
  readonly revive: () => Promise<pg.Client>;
  readonly hear: Hear;
};

/**
 * Keeps PostgreSQL going while its owner lives: when it ended by itself (its disk was full, somebody killed it) it is
 * started again, as often as it takes; while there is too little room it only reads. Stop it before PostgreSQL.
 */
export function watchOver({ space, keeper: first, revive, hear }: Watched): {
  readonly stop: () => Promise<void>;
} {
  let keeper: pg.Client | null = null;
  let isReading: boolean | null = null;
  let isTold = false;

  const adopt = (client: pg.Client) => {
    keeper = client;
    isReading = null;
    client.on('end', () => {
      if (keeper === client) keeper = null;
    });
  };
  const round = async () => {
    const isLow = space.isLow();
    if (keeper === null) {
      if (!isTold) hear('the embedded database ended by itself and is started again');
      adopt(await revive());
      hear('the embedded database is back');
    }
    if (keeper === null || isLow === isReading) return;
    try {
      await setReading(keeper, isLow);
    } catch (error) {
      // Perhaps it ended before anybody listened: it is begun anew.
      await keeper.end().catch(() => undefined);
      keeper = null;
      throw error;
    }
    if (isLow)
      hear('there is too little room on the disk of DATA_DIR: nothing more is written until there is');
    else if (isReading !== null) hear('there is room on the disk of DATA_DIR again');
    isReading = isLow;
  };
  adopt(first);
  const sweeper = startSweeper({
    sweep: async () => {
      await round();
      isTold = false;
    },
    everyMs: () => ROUND_MS,
    onError: (error) => {
      if (!isTold) hear('the embedded database needs help; it is tried again every second', error);
      isTold = true;
    },
  });
  return {
    stop: async () => {
      await sweeper.stop();
      await keeper?.end().catch(() => undefined);
    },
  };
}

/** For everybody, from their next transaction on. */
async function setReading(keeper: pg.Client, isReading: boolean): Promise<void> {
  const setting = 'default_transaction_read_only';
  await keeper.query(isReading ? `alter system set ${setting} = on` : `alter system reset ${setting}`);
  await keeper.query('select pg_reload_conf()');
}
