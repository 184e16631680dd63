import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { missingInManifest } from './server/http/preloads.ts';

const server = process.env['DEV_SERVER'] ?? 'http://127.0.0.1:3000';

/** What several pages need, but not the first one: of what the first picture of a room is drawn from, all but its own. */
const SHARED = /\/core\/|client\/(ui\/|room\/names)/;
/** The first picture of a room, with all it imports; what it asks for later is not imported. */
const ROOM = /\/(client\/pages\/room\.tsx|core\/contract\/snapshot\.ts)$/;
/** Schemas of events and of most doors, and what folds events: a slow phone is long in building them, so they come after the first picture. */
const DOORS =
  /\/(client\/room\/commands|core\/contract\/(clock|moderation|sessions)|core\/domain\/room\/apply)\.ts$/;
/** Behind the first picture for everybody: the tabs, the forms, the windows of whoever takes part. */
const MORE =
  /\/client\/(pages\/room-more|features\/(curating\/merged-views|moderation\/ask-dialog|views\/mend-dialogs))\.tsx$/;
/** For those who lead a session, keep its record, moderate, or answer for a department. */
const DESK =
  /\/client\/(pages\/room-desk|features\/(agenda\/agenda-editor|curating\/curate-acts|floor\/(rules-dialog|turn-controls)|materials\/add-dialog|moderation\/queue-panel|polls\/poll-(about-form|form-fields)|questions\/(put-dialog|waiting-card)|roll\/(invite-dialog|look-dialog|name-host-dialog|remove-dialog|seat-acts)|shortcuts\/shortcuts-button|tasks\/task-fields|views\/reply-form))\.tsx$/;

/** Whether a module is part of the first picture of a room: what belongs to a later one is not fetched with it. */
const isOfFirstPicture = reachOf(join(import.meta.dirname, 'client/pages/room.tsx'));

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

/**
 * Of zod a browser needs neither JSON Schema, which all its schemas know how to make, nor sentences about what is wrong: a
 * person reads ours. Together a fifth of it.
 */
const lessOfZod: Plugin = {
  name: 'less-of-zod',
  apply: 'build',
  transform: {
    filter: { id: /zod\/v4\/(core\/(json-schema-processors|to-json-schema)|locales\/en)\.js$/ },
    handler: (code, id) => {
      if (id.endsWith('en.js'))
        return { code: 'export default () => ({ localeError: () => "invalid" });', map: null };
      const named = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
      const nothing = named.map((name) => `export const ${name} = none;`).join('\n');
      return { code: `const none = () => none;\n${nothing}\nexport { none as process };`, map: null };
    },
  },
};

const pack = promisify(brotliCompress);

/** Scripts and styles lie beside themselves packed as small as it goes, which takes too long while somebody waits for them. */
const packedAhead: Plugin = {
  name: 'packed-ahead',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const files = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name));
    await Promise.all(
      files.map(async (name) => {
        const path = join(dir, name);
        await writeFile(`${path}.br`, await pack(await readFile(path)));
      }),
    );
  },
};

interface Seen {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** Asks of a module whether this one imports it, directly or not. */
function reachOf(root: string): (id: string, seen: Seen) => boolean {
  let reached: Set<string> | null = null;
  return (id, seen) => {
    if (reached === null) {
      reached = new Set([root]);
      for (const one of reached)
        for (const next of seen.getModuleInfo(one)?.importedIds ?? []) reached.add(next);
    }
    return reached.has(id);
  };
}

/** The browser's half. In development the API, the socket and the shared text are passed on to the server. */
export default defineConfig({
  root: 'client',
  plugins: [react(), lessOfZod, preloadsAreThere, packedAhead],
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
            { name: 'early', test: /client\/lib\/early\.ts$/, priority: 9 },
            { name: 'base', tags: ['$initial'], priority: 8 },
            {
              debugName: 'shared',
              name: (id, seen) => (isOfFirstPicture(id, seen) ? 'shared' : null),
              test: SHARED,
              priority: 7,
            },
            // Each of these takes with it what it imports and none before it has.
            { name: 'room-page', test: ROOM, priority: 6 },
            { name: 'doors', test: DOORS, priority: 5 },
            { name: 'room-more', test: MORE, priority: 4 },
            { name: 'room-desk', test: DESK, priority: 3 },
            { name: 'line', test: /client\/lib\/socket\.ts$/, priority: 2 },
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
