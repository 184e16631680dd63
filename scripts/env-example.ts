// Writes .env.example from the configuration's schema; with --check, only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema } from '../server/config.ts';
import { projectRoot } from '../server/paths.ts';

const file = join(projectRoot, '.env.example');
const defaults: Record<string, string | number | boolean | readonly string[] | undefined> =
  configSchema.parse({});
const entries = Object.entries(configSchema.shape).map(
  ([name, schema]) => `# ${schema.description ?? ''}\n#${name}=${String(defaults[name] ?? '')}\n`,
);
const text = `# Every setting of the server, with its default. Copy to .env and uncomment what you change.
# Written by "npm run env:example".\n\n${entries.join('\n')}`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
  console.log('wrote .env.example');
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('.env.example does not agree with server/config.ts: run "npm run env:example"');
  process.exit(1);
}
