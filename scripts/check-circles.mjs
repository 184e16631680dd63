// Refuses circles of imports, of values and of types alike, and arrows that the house does not have.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from 'oxc-parser';
import { codeFolders, listFiles, root } from './lib/files.mjs';
import { findCircles, forbidden, forbiddenPackage } from './lib/graph.mjs';

const files = listFiles(codeFolders, (path) => /\.(ts|tsx|mjs)$/.test(path));
const complaints = [];
const graph = new Map();
let edges = 0;

/** What a file imports or exports from elsewhere, types included, and modules that it loads later. */
function importsOf(path) {
  const text = readFileSync(join(root, path), 'utf8');
  const { module, errors } = parseSync(path, text);
  if (errors.length > 0) complaints.push(`${path} cannot be read: ${errors[0].message}`);
  const names = [
    ...module.staticImports.map((found) => found.moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.map((found) => found.moduleRequest?.value)),
    ...module.dynamicImports.map(
      ({ moduleRequest: { start, end } }) => /^(['"`])(.*)\1$/s.exec(text.slice(start, end))?.[2],
    ),
  ];
  return [...new Set(names.filter((name) => name !== undefined && !name.includes('${')))];
}

for (const path of files) {
  const targets = [];
  for (const name of importsOf(path)) {
    if (!name.startsWith('.')) {
      complaints.push(forbiddenPackage(path, name));
      continue;
    }
    // Three steps up only where the house itself is that deep: from a feature to the core that both ends share.
    if (/^(\.\.\/){3}(?!core\/)/.test(name)) complaints.push(`${path} imports ${name}: at most ../../`);
    const target = posix.normalize(posix.join(posix.dirname(path), name.replace(/\?.*$/, '')));
    const full = join(root, target);
    if (target.includes('/generated/')) continue;
    if (!existsSync(full) || !statSync(full).isFile())
      complaints.push(`${path} imports ${name}, which is not there`);
    edges += 1;
    if (!/\.(ts|tsx|mjs)$/.test(target)) continue;
    targets.push(target);
    complaints.push(forbidden(path, target));
  }
  graph.set(path, targets);
}
for (const circle of findCircles(graph)) complaints.push(`a circle: ${circle.join(' → ')}`);

// A reader that understands nothing finds nothing wrong: make sure that it read.
if (files.length < 40 || edges < files.length)
  complaints.push(`only ${files.length} files and ${edges} imports were seen: is this check still reading?`);

const said = complaints.filter(Boolean);
for (const complaint of said) console.error(complaint);
console.log(`${files.length} files, ${edges} imports between them`);
if (said.length > 0) process.exit(1);
