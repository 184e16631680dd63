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

/** How PostgreSQL names its socket, and the file that says whose it is, before the port. */
const SOCKET = '.s.PGSQL';

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
  // Another process of ours was quicker since we looked: the socket that lies there is in use.
  const already = readLockFile(cluster.folder);
  if (already !== undefined) return already;
  const own = { ...settings, unix_socket_directories: socketFolder(cluster.folder) };
  const options = Object.entries(own).map(([key, value]) => `-c ${key}='${value}'`);
  // Left by one that was killed: PostgreSQL would believe the number in there, as in postmaster.pid.
  for (const end of ['', '.lock']) rmSync(join(cluster.folder, `${SOCKET}.${port}${end}`), { force: true });
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

/**
 * Where a socket beside the port may lie: among PostgreSQL's own files, which nobody but its account and root may enter.
 * Empty where there is none: on Windows, in a folder too deep for an address (a kernel takes some hundred bytes), or
 * with letters that a setting would have to quote.
 */
function socketFolder(folder: string): string {
  const isFit = process.platform !== 'win32' && folder.length <= 85 && /^[A-Za-z0-9/._-]+$/.test(folder);
  return isFit ? folder : '';
}

/** The folder of the socket that a running PostgreSQL listens on beside its port; null when it has none. */
export function socketOf({ folder }: Cluster, port: number): string | null {
  return socketFolder(folder) !== '' && existsSync(join(folder, `${SOCKET}.${port}`)) ? folder : null;
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
