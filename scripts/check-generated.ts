// tsx scripts/check-generated.ts: writes docs/generated; with --check, compares it and fails when it is stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_ROUTES } from '../core/contract/api.ts';
import { openApi } from '../server/http/open-api.ts';
import { projectRoot } from '../server/paths.ts';
import { describeEvents } from './lib/describe-events.ts';
import { describeMatrix } from './lib/describe-matrix.ts';

const folder = join(projectRoot, 'docs/generated');
// The version would make every release a difference that says nothing.
const wanted = {
  'openapi.json': `${JSON.stringify(openApi(ALL_ROUTES, 'current'), null, 2)}\n`,
  'events.md': describeEvents(),
  'matrix.md': describeMatrix(),
};

const isCheck = process.argv.includes('--check');
const stale = Object.entries(wanted).filter(([name, text]) => read(join(folder, name)) !== text);
if (!isCheck) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of stale) writeFileSync(join(folder, name), text);
}
for (const [name] of stale) console.log(`docs/generated/${name} ${isCheck ? 'is stale' : 'was written'}`);
if (isCheck && stale.length > 0) {
  console.error('Run: npx tsx scripts/check-generated.ts');
  process.exit(1);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
