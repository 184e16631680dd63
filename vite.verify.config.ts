import { defineConfig } from 'vite';

/** verify.mjs: one script for plain Node.js that needs nothing beside it, carried in every record that is taken away. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist/verify',
    emptyOutDir: true,
    target: 'node20',
    // To be read by people.
    minify: false,
    copyPublicDir: false,
    rolldownOptions: {
      input: { verify: 'scripts/verify-bundle.ts' },
      output: { entryFileNames: '[name].mjs', codeSplitting: false },
    },
  },
  ssr: { noExternal: true },
});
