import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['DEV_SERVER'] ?? 'http://127.0.0.1:3000';

/** The browser's half. In development the API, the socket and the shared text are passed on to the server. */
export default defineConfig({
  root: 'client',
  plugins: [react()],
  resolve: { dedupe: ['yjs', 'react', 'react-dom'] },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // Old phones in in-app browsers are part of the meeting.
    target: ['chrome87', 'safari14', 'edge88', 'firefox85'],
    // The page's security policy allows no data: scripts or styles, so nothing is inlined.
    assetsInlineLimit: 0,
    manifest: true,
    rolldownOptions: {
      input: { index: 'client/index.html', early: 'client/app/early.ts' },
      output: {
        codeSplitting: {
          groups: [
            // Texts that the first screens need come in one file a language: each request is a round trip.
            { name: 'first-zh-CN', test: /locales\/zh-CN\/(shell|words|errors|join)\.json$/ },
            { name: 'first-en', test: /locales\/en\/(shell|words|errors|join)\.json$/ },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      '/api': server,
      '/healthz': server,
      '/readyz': server,
      '/socket.io': { target: server, ws: true },
      '/collab': { target: server, ws: true },
    },
  },
});
