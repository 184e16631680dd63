/** The migrated database that test databases are copies of. */
export const templateName = 'migrated';

/** The address of another database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * What drops a database. Not "with (force)": that fails where the server itself vacuums the database at this moment, whom
 * nobody but a superuser may end. Without it PostgreSQL asks its own worker to leave, and waits.
 */
export function dropping(name: string): readonly string[] {
  return [
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and usename = current_user`,
    `drop database ${name}`,
  ];
}
