// npm run build: builds what changed; with --force, everything.
import { ensureBuilt, ensureGenerated, ensureNode, ensurePackages } from './lib/ensure.mjs';

ensureNode();
await ensurePackages();
ensureGenerated();
await ensureBuilt({ force: process.argv.includes('--force') });
