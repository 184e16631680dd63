// The peer: Hocuspocus with its default settings, but for the address, and the pings: nobody idle is sent away.
// Arguments: 3 | 4 (its version), the address of Redis or '', the address of PostgreSQL or ''. Its store hook is the
// one that its manual shows: the whole text, debounced.
import { Redis } from '@hocuspocus/extension-redis';
import pg from 'pg';
import * as Y from 'yjs';

const [version, redis = '', postgres = ''] = process.argv.slice(2);
const { Server } = await import(version === '3' ? 'hocuspocus3' : '@hocuspocus/server');

function extensions() {
  if (redis === '') return [];
  const { hostname, port } = new URL(redis);
  return [new Redis({ host: hostname, port: Number(port) })];
}

function hooks() {
  if (postgres === '') return {};
  const pool = new pg.Pool({ connectionString: postgres, max: 4 });
  return {
    onLoadDocument: async ({ documentName, document }) => {
      const { rows } = await pool.query('select data from peer_text where name = $1', [documentName]);
      if (rows[0] !== undefined) Y.applyUpdate(document, rows[0].data);
    },
    onStoreDocument: async ({ documentName, document }) => {
      await pool.query(
        'insert into peer_text (name, data) values ($1, $2) on conflict (name) do update set data = excluded.data',
        [documentName, Buffer.from(Y.encodeStateAsUpdate(document))],
      );
    },
  };
}

const server = new Server({
  quiet: true,
  stopOnSignals: false,
  timeout: 600_000,
  extensions: extensions(),
  ...hooks(),
});
// Not through listen(), which asks for every address of the machine.
server.httpServer.listen(0, '127.0.0.1', () => process.send?.({ port: server.httpServer.address().port }));
