import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { missingInManifest } from './server/http/preloads.ts';

const server = process.env['DEV_SERVER'] ?? 'http://127.0.0.1:3000';

/** What several pages need, but not the first one; of the core without what only the record and the text need. */
const SHARED =
  /\/core\/(domain\/(?!chain|personal|canonical|events|room\/commands)|contract\/(?!archives|office|collab|sessions|room|socket))|client\/(ui\/|room\/names)/;
/** Schemas of events and of most doors: a slow phone is long in building them, so they come after the first picture. */
const DOORS = /\/core\/(domain\/(events|room\/commands)|contract\/(sessions|room|socket))\.ts$/;
/** The room but for what comes when it is asked for: the text, the codes. */
const ROOM =
  /client\/(room\/(?!commands)|pages\/(room(?!-links)|compose|use-room)|features\/(views|polls|floor|host|agenda|roll|tasks)\/)/;

/** What the server sends ahead of a page it finds by name: a name that is gone fails the build. */
const preloadsAreThere: Plugin = {
  name: 'preloads-are-there',
  apply: 'build',
  writeBundle(_options, bundle) {
    const manifest = bundle['.vite/manifest.json'];
    const missing =
      manifest?.type === 'asset' ? missingInManifest(String(manifest.source)) : ['the manifest itself'];
    if (missing.length > 0) this.error(`server/http/preloads.ts: the build has no ${missing.join(', ')}`);
  },
};

/** The browser's half. In development the API, the socket and the shared text are passed on to the server. */
export default defineConfig({
  root: 'client',
  plugins: [react(), preloadsAreThere],
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
      output: {
        codeSplitting: {
          groups: [
            // A slow network counts requests as much as bytes: what a first screen needs comes in as few files as
            // can be. Texts: one file a language.
            { name: 'texts-first-zh-CN', test: /locales\/zh-CN\/(shell|words|errors|join)\.json$/ },
            { name: 'texts-first-en', test: /locales\/en\/(shell|words|errors|join)\.json$/ },
            { name: 'texts-room-zh-CN', test: /locales\/zh-CN\/(room|text)\.json$/ },
            { name: 'texts-room-en', test: /locales\/en\/(room|text)\.json$/ },
            // The script that runs before everything else stands alone.
            { name: 'early', test: /client\/lib\/early\.ts$/, priority: 4 },
            { name: 'base', tags: ['$initial'], priority: 3 },
            { name: 'shared', test: SHARED, priority: 2 },
            { name: 'next-path', test: /accounts\/next-path/, priority: 2 },
            { name: 'doors', test: DOORS, priority: 1 },
            { name: 'room-page', test: ROOM, priority: 1 },
            { name: 'line', test: /client\/(lib\/socket|room\/commands)\.ts$/ },
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
