// npm run build: builds what changed; with --force, everything.
import { ensureBuilt, ensureGenerated, ensureNode, ensurePackages } from './lib/ensure.mjs';

ensureNode();
ensurePackages();
ensureGenerated();
ensureBuilt({ force: process.argv.includes('--force') });
