import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, findAccount, reaching, runAs } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { EmbeddedPostgresError } from './failure.ts';
import { readLockFile, type Running } from './lock-file.ts';

/** PostgreSQL's files in their place, and how to run its programs on them. */
export type Cluster = { readonly folder: string; readonly account: Account; readonly binaries: Binaries };

/**
 * Settings that differ from PostgreSQL's defaults. What people wrote must not leak into its log: errors are logged
 * without the statement, its values and the row. fsync and synchronous_commit stay on: saved means saved.
 */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  wal_compression: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
} as const;

/** Makes PostgreSQL's files under home when there are none yet. A half-made folder never gets the final name. */
export async function openCluster(home: string, superPassword: string): Promise<Cluster> {
  const binaries = findBinaries();
  const account = reaching(findAccount(), binaries.postgres, home);
  const owner = findAccount();
  const folder = join(home, 'cluster');
  const cluster = { folder, account, binaries };
  if (existsSync(join(folder, 'PG_VERSION'))) return cluster;

  const draft = join(home, `cluster.${process.pid}`);
  const passwordFile = join(home, `password.${process.pid}`);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, superPassword, { mode: 0o600 });
  for (const path of [draft, passwordFile])
    if (owner.uid !== undefined && owner.gid !== undefined) chownSync(path, owner.uid, owner.gid);
  try {
    const made = await runAs(account, binaries.initdb, [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ]);
    if (made.code !== 0)
      throw new EmbeddedPostgresError(`PostgreSQL's files could not be made:\n${made.said}`);
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(join(folder, 'PG_VERSION'))) throw error;
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
  return cluster;
}

/** Starts PostgreSQL, detached from our terminal so that Ctrl-C reaches only us and we can finish writing. */
export async function startCluster(cluster: Cluster, port: number): Promise<Running> {
  const options = Object.entries(settings).map(([key, value]) => `-c ${key}='${value}'`);
  const startLog = join(cluster.folder, 'start.log');
  const started = await runAs(cluster.account, cluster.binaries.pgCtl, [
    'start',
    '--wait',
    '--silent',
    '--timeout=60',
    `--pgdata=${cluster.folder}`,
    `--log=${startLog}`,
    `--options=-p ${port} ${options.join(' ')}`,
  ]);
  const running = readLockFile(cluster.folder);
  if (running !== undefined) return running;
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL did not start: ${started.said} See ${startLog} and ${join(cluster.folder, 'log')}.`,
  );
}

/** Stops PostgreSQL: open transactions are rolled back, everything committed is on disk. */
export async function stopCluster(cluster: Cluster): Promise<void> {
  const stopped = await runAs(cluster.account, cluster.binaries.pgCtl, [
    'stop',
    '--wait',
    '--silent',
    '--mode=fast',
    '--timeout=60',
    `--pgdata=${cluster.folder}`,
  ]);
  if (stopped.code !== 0 && readLockFile(cluster.folder) !== undefined)
    throw new EmbeddedPostgresError(`The embedded PostgreSQL did not stop: ${stopped.said}`);
}

/** The folder that holds PostgreSQL's files, its port and passwords; others may pass through, and read nothing. */
export function makeHome(dataDir: string): string {
  const home = join(dataDir, 'postgres');
  mkdirSync(home, { recursive: true });
  if (process.getuid?.() === 0) for (const folder of [dataDir, home]) chmodSync(folder, 0o711);
  return home;
}
