// npm start: makes what is missing, then runs the server until it is told to stop.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureAll, envFileArguments } from './lib/ensure.mjs';
import { root } from './lib/files.mjs';
import { stopWithNpm } from './lib/parent.mjs';

await ensureAll();

const server = spawn(
  process.execPath,
  ['--enable-source-maps', ...envFileArguments(), join(root, 'dist/server/main.js')],
  { cwd: root, stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    // Ctrl-C in a terminal already reaches the server; a second one would mean "at once".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) server.kill(signal);
  });
}
stopWithNpm(() => server.kill('SIGTERM'));
server.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
