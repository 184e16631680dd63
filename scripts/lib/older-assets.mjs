// What people's open pages may still ask for after a new build: the files of the builds before.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';

/** For how long after its successor a build's files are kept. A page is open for a meeting, or a day. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** Puts the files of the builds before aside; what comes back returns those that are not too old, and none of the new. */
export function setAside(folder, now = Date.now()) {
  const assets = join(folder, 'assets');
  const aside = `${folder}-older`;
  const manifest = join(folder, '.vite/manifest.json');
  if (existsSync(assets)) {
    const newest = existsSync(manifest) ? readFileSync(manifest, 'utf8') : '';
    // Their time begins when they are replaced, however long they were the newest.
    for (const name of readdirSync(assets))
      if (newest.includes(name)) utimesSync(join(assets, name), now / 1_000, now / 1_000);
    mkdirSync(aside, { recursive: true });
    cpSync(assets, aside, { recursive: true, preserveTimestamps: true });
  }
  return () => {
    if (!existsSync(aside)) return;
    for (const name of readdirSync(aside)) {
      const from = join(aside, name);
      const isNew = existsSync(join(assets, name));
      if (!isNew && now - statSync(from).mtimeMs < KEPT_MS) renameSync(from, join(assets, name));
    }
    rmSync(aside, { recursive: true });
  };
}
