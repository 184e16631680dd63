// npm run dev: the server, restarted when its sources change, and beside it the browser's half with live reload.
import { spawn } from 'node:child_process';
import { ensureGenerated, ensureNode, ensurePackages, loadEnvFile } from './lib/ensure.mjs';
import { root } from './lib/files.mjs';
import { stopWithNpm } from './lib/parent.mjs';

ensureNode();
await ensurePackages();
await ensureGenerated();

// First, for what .env says counts more than what is set below.
loadEnvFile();
const port = process.env.PORT || '3000';
const commands = [
  ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'server/main.ts'],
  ['node_modules/vite/bin/vite.js', '--config', 'vite.config.ts', '--clearScreen', 'false'],
];
const env = {
  ...process.env,
  PORT: port,
  DEV_SERVER: `http://127.0.0.1:${port}`,
  PUBLIC_URL: process.env.PUBLIC_URL || 'http://localhost:5173',
};
const children = commands.map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env }));
let stopping = false;
const stop = (code) => {
  if (stopping) return;
  stopping = true;
  process.exitCode = code;
  for (const child of children) child.kill('SIGTERM');
};
for (const child of children) child.on('exit', (code) => stop(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));
stopWithNpm(() => stop(0));
