import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine, SchemaFilter } from '@prisma/schema-engine-wasm';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { paths } from '../paths.ts';

/** Which tables are somebody else's: none. */
export const noFilter: SchemaFilter = { externalTables: [], externalEnums: [] };

/**
 * Runs fn with Prisma's own schema engine, as WebAssembly, on one database: it reads and writes migrations exactly as
 * the command line tool does, without the native program that the tool would download.
 */
export async function withSchemaEngine<T>(url: string, fn: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  await load();
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  try {
    const engine = await glue.SchemaEngine.new(
      { datamodels: [['schema.prisma', await readFile(paths.schema, 'utf8')]] },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(describing(new PrismaPg(pool))),
    );
    try {
      return await fn(engine);
    } finally {
      engine.free();
    }
  } finally {
    // The engine holds an advisory lock of its own on a connection: it must not linger in the pool.
    await pool.end();
  }
}

/** PostgreSQL's internal one-byte type "char", which its catalogue uses; a type that the adapter does know. */
const oneByteChar = 18;
const text = 25;

/** The adapter, able to read the catalogue too: without this, a database could be migrated but not described. */
function describing(factory: PrismaPg): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: async () => await factory.connectToShadowDb(),
    connect: async () => {
      const adapter = await factory.connect();
      const pool = adapter.underlyingDriver();
      const query = pool.query.bind(pool);
      const queryRaw = adapter.queryRaw.bind(adapter);
      const charColumns = new WeakMap<object, number[]>();
      const asText = async (config: pg.QueryArrayConfig) => {
        const result = await query(config);
        const chars = result.fields.flatMap((field, index) =>
          field.dataTypeID === oneByteChar ? [index] : [],
        );
        for (const field of result.fields) if (field.dataTypeID === oneByteChar) field.dataTypeID = text;
        charColumns.set(result.rows, chars);
        return result;
      };
      const asCharacter = async (asked: SqlQuery) => {
        const result = await queryRaw(asked);
        for (const index of charColumns.get(result.rows) ?? [])
          result.columnTypes[index] = ColumnTypeEnum.Character;
        return result;
      };
      // Whole, as the command line tool sends it: the adapter would cut it at every semicolon, also within a function.
      const executeScript = async (script: string) => void (await query(script));
      Object.assign(pool, { query: asText });
      return Object.assign(adapter, { queryRaw: asCharacter, executeScript });
    },
  };
}

let loading: Promise<void> | undefined;

async function load(): Promise<void> {
  loading ??= instantiate();
  await loading;
}

async function instantiate(): Promise<void> {
  const gluePath = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(gluePath.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...glue } });
  const { __wbg_set_wasm: setWasm } = glue as unknown as { __wbg_set_wasm: (exports: unknown) => void };
  setWasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
}
