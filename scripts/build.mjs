// npm run build: builds what changed; with --force, everything.
import { ensureBuilt, ensureNode, ensurePackages } from './lib/ensure.mjs';

ensureNode();
await ensurePackages();
await ensureBuilt({ force: process.argv.includes('--force') });
