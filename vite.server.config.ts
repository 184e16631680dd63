import { defineConfig } from 'vite';

/** The server's half: our modules in one file, packages stay in node_modules. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    copyPublicDir: false,
    rolldownOptions: {
      // The cluster script reads the settings and starts the embedded database, once for all processes. Texts are
      // folded, pictures made anew, and records packed in threads, which are scripts of their own.
      input: {
        main: 'server/main.ts',
        config: 'server/config.ts',
        embedded: 'server/embedded/postgres.ts',
        'fold-worker': 'server/collab/fold-worker.ts',
        'sign-worker': 'server/box/sign-worker.ts',
        'pack-worker': 'server/bundle/pack-worker.ts',
        'picture-worker': 'server/files/picture-worker.ts',
      },
      output: { entryFileNames: '[name].js' },
    },
  },
});
