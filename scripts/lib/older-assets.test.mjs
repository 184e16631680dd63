import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setAside } from './older-assets.mjs';

const DAY_MS = 24 * 3_600_000;
let parent;
let folder;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'older-'));
  folder = join(parent, 'client');
});
afterEach(() => rmSync(parent, { recursive: true }));

/** Builds as the bundler does: the folder is emptied first. */
function build(names, at) {
  const bringBack = setAside(folder, at);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, '.vite'), { recursive: true });
  mkdirSync(join(folder, 'assets'));
  for (const name of names) writeFileSync(join(folder, 'assets', name), name);
  writeFileSync(join(folder, '.vite/manifest.json'), JSON.stringify(names));
  bringBack();
  return readdirSync(join(folder, 'assets')).toSorted();
}

describe('setAside', () => {
  it('keeps what a build replaced for a week after that, however old it was', () => {
    const now = Date.now();
    expect(build(['a1.js', 'same.js'], now)).toEqual(['a1.js', 'same.js']);
    expect(build(['a2.js', 'same.js'], now + 30 * DAY_MS)).toEqual(['a1.js', 'a2.js', 'same.js']);
    expect(build(['a3.js', 'same.js'], now + 35 * DAY_MS)).toEqual(['a1.js', 'a2.js', 'a3.js', 'same.js']);
    expect(build(['a4.js', 'same.js'], now + 38 * DAY_MS)).toEqual(['a2.js', 'a3.js', 'a4.js', 'same.js']);
    expect(readdirSync(parent)).toEqual(['client']);
  });
});
