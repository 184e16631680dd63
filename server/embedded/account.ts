import { spawn, spawnSync } from 'node:child_process';
import { EmbeddedPostgresError } from './failure.ts';

/** How PostgreSQL's programs are run: PostgreSQL refuses to be root, so root lends them an ordinary account. */
export type Account = {
  readonly uid?: number;
  readonly gid?: number;
  /** Words put before the command. */
  readonly prefix: readonly string[];
};

const name = 'postgres';
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

/** The account that PostgreSQL runs under: our own, or for root the system's postgres user, made when missing. */
export function findAccount(): Account {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const found = lookUp() ?? create();
  if (found === undefined)
    throw new EmbeddedPostgresError(
      `PostgreSQL does not run as root, and no user "${name}" could be made for it. ` +
        `Start the server as an ordinary user, or set DATABASE_URL.`,
    );
  return { ...found, prefix: [] };
}

/**
 * The same account, able to enter the folders that it needs. Below a folder that is closed to others (as /root or a
 * fresh temporary folder) root keeps one capability for it: to pass through folders and read.
 */
export function reaching(account: Account, program: string, folder: string): Account {
  if (account.uid === undefined || reaches(account, program, folder)) return account;
  for (const capability of ['dac_read_search', 'dac_override']) {
    const lent = {
      prefix: [
        'setpriv',
        `--reuid=${account.uid}`,
        `--regid=${account.gid}`,
        '--clear-groups',
        // Without this the kernel's access(2) forgets the lent capability, and PostgreSQL asks by it.
        '--securebits=+no_setuid_fixup',
        `--inh-caps=-all,+${capability}`,
        `--ambient-caps=-all,+${capability}`,
        '--',
      ],
    };
    if (reaches(lent, program, folder)) return lent;
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL runs as the user "${name}", who cannot reach ${folder} or ${program}. ` +
      `Put the project and DATA_DIR where others may enter (chmod o+x on the folders above), ` +
      `start the server as an ordinary user, or set DATABASE_URL.`,
  );
}

/** What a finished program said. */
export type Finished = { readonly code: number | null; readonly said: string };

/** Runs a program to its end under the account. */
export async function runAs(account: Account, program: string, args: readonly string[]): Promise<Finished> {
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  return await new Promise((resolve, reject) => {
    const child = spawn(command, rest, {
      ...ids(account),
      env: environment,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      // A terminal's Ctrl-C is for us: a program cut in the middle would leave a server that nobody stops.
      detached: true,
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString()));
    child.on('error', reject);
    // Not 'close': a server left running by pg_ctl may hold the pipes open.
    child.on('exit', (code) => {
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ code, said: said.trim() });
    });
  });
}

function ids(account: Account): { uid?: number; gid?: number } {
  return account.uid === undefined || account.gid === undefined ? {} : { uid: account.uid, gid: account.gid };
}

function reaches(account: Account, program: string, folder: string): boolean {
  const [command = '/bin/sh', ...rest] = [
    ...account.prefix,
    '/bin/sh',
    '-c',
    '"$0" --version >/dev/null && cd "$1"',
    program,
    folder,
  ];
  const run = spawnSync(command, rest, { ...ids(account), env: environment, cwd: '/', stdio: 'ignore' });
  return run.status === 0;
}

function lookUp(): { uid: number; gid: number } | undefined {
  const [uid, gid] = ['-u', '-g'].map((what) => {
    const run = spawnSync('id', [what, name], { encoding: 'utf8' });
    return run.status === 0 ? Number(run.stdout.trim()) : undefined;
  });
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function create(): { uid: number; gid: number } | undefined {
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', name]);
  if (made.status !== 0) {
    // BusyBox systems name the same thing otherwise.
    spawnSync('addgroup', ['-S', name]);
    spawnSync('adduser', ['-S', '-D', '-H', '-G', name, name]);
  }
  return lookUp();
}
