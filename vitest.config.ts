import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', 'dist/**', 'data/**', 'e2e/**'];

export default defineConfig({
  plugins: [react()],
  resolve: { dedupe: ['yjs', 'react', 'react-dom'] },
  test: {
    projects: [
      {
        // Pure code: no disk, no network, no clock that matters.
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}', '**/*.test.mjs'],
          exclude: [...exclude, '**/*.int.test.ts'],
          // Left to itself vitest keeps one of two cores idle.
          maxWorkers: 2,
          // Reading the same modules anew for each of three hundred files took longer than the tests: no file may leave behind what
          // another one meets. Whoever doubts it: --sequence.shuffle.files.
          isolate: false,
          // A hundred random meetings take two seconds on a quiet machine; how fast it is, is no test's business.
          testTimeout: 30_000,
        },
      },
      {
        // Real PostgreSQL and Redis, started once for all files; each file has its own database.
        extends: true,
        test: {
          name: 'int',
          include: ['**/*.int.test.ts'],
          exclude,
          globalSetup: ['server/testing/global-setup.ts'],
          pool: 'forks',
          // As above; a worker of a hundred files reads the server once.
          isolate: false,
          // They wait for databases and for processes that come back, most of the time.
          maxWorkers: 3,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
