// No file of ours is longer than a person reads in one go.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeFolders, listFiles, root } from './lib/files.mjs';

const limit = 400;
const files = listFiles(codeFolders, (path) => /\.(ts|tsx|mjs|css)$/.test(path));
const lengths = files.map((path) => ({
  path,
  lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1,
}));
const tooLong = lengths.filter(({ lines }) => lines > limit);
for (const { path, lines } of tooLong) console.error(`${path} has ${lines} lines; at most ${limit}`);
const sorted = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b);
console.log(
  `${files.length} files, median ${sorted[Math.floor(sorted.length / 2)] ?? 0} lines, longest ${sorted.at(-1) ?? 0}`,
);
if (tooLong.length > 0) process.exit(1);
