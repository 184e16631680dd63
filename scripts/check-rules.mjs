// Every numbered rule of docs/rules.md is cited by a test's title as [V3], and every cited rule exists.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeFolders, listFiles, root } from './lib/files.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const rules = existsSync(join(root, 'docs/rules.md'))
  ? [...read('docs/rules.md').matchAll(/\*\*([A-Z]{1,3}\d+[a-z]?)\*\*/g)].map(([, id]) => id)
  : [];
const twice = rules.filter((id, index) => rules.indexOf(id) !== index);

const cited = new Map();
for (const path of listFiles(codeFolders, (name) => /\.(test|spec)\.(ts|tsx|mjs)$/.test(name)))
  for (const [, ids] of read(path).matchAll(/['"`][^'"`\n]*?((?:\[[A-Z]{1,3}\d+[a-z]?\]\s*)+)/g))
    for (const [, id] of ids.matchAll(/\[(\w+)\]/g)) cited.set(id, path);

const complaints = [
  ...twice.map((id) => `docs/rules.md has ${id} twice`),
  ...rules.filter((id) => !cited.has(id)).map((id) => `no test's title cites [${id}]`),
  ...[...cited]
    .filter(([id]) => !rules.includes(id))
    .map(([id, path]) => `${path} cites [${id}], which is no rule`),
];
for (const complaint of complaints) console.error(complaint);
console.log(`${rules.length} rules, ${cited.size} cited by tests`);
if (complaints.length > 0) process.exit(1);
