import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** The port of the last start when it is still free, else a free one, which is remembered. */
export async function rememberedPort(file: string): Promise<number> {
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = (await tryPort(last)) ?? (await tryPort(0));
  if (port === undefined) throw new Error('no port on 127.0.0.1 is free');
  writeFileSync(file, `${port}\n`);
  return port;
}

async function tryPort(port: number): Promise<number | undefined> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return undefined;
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}
