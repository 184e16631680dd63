import { POSTGRES_VARIABLE, startPostgres } from './postgres.ts';

/** One PostgreSQL for the run; every stack gets its own database in it. */
export default async function setup(): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  process.env[POSTGRES_VARIABLE] = postgres.url;
  return postgres.stop;
}
