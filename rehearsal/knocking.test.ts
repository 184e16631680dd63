import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { knockAt, Silence } from './knocking.ts';

const knock = { method: 'POST', headers: { 'x-one': '1' }, body: '{"说":"好"}', withinMs: 5_000 };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function door(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  closing.push(() => server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('knockAt', () => {
  it('brings what was sent, and gives back the whole answer unpacked', async () => {
    const url = await door((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(404, { 'content-encoding': 'gzip', 'set-cookie': 'a=b; Path=/' });
        const said = [request.method, request.headers['x-one'], Buffer.concat(chunks).toString()];
        response.end(gzipSync(said.join(' ')));
      });
    });
    const answer = await knockAt(url, knock);
    expect(answer.body.toString()).toBe('POST 1 {"说":"好"}');
    expect(answer).toMatchObject({ status: 404, cookies: ['a=b; Path=/'] });
    expect(answer.headers).toContain('set-cookie: a=b; Path=/');
  });

  it('says that nobody answers', async () => {
    const url = await door(() => undefined);
    for (const close of closing.splice(0)) close();
    await expect(knockAt(url, knock)).rejects.toThrow(Silence);
  });

  it('calls a part of an answer none', async () => {
    const url = await door((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('a part', () => response.destroy());
    });
    await expect(knockAt(url, knock)).rejects.toThrow(Silence);
  });

  it('waits no longer than it was told to', async () => {
    const url = await door(() => undefined);
    await expect(knockAt(url, { ...knock, withinMs: 20 })).rejects.toThrow(Silence);
  });

  it('takes a new line where the one that was kept has been closed', async () => {
    let answered = 0;
    const url = await door((request, response) => {
      answered += 1;
      // The second comes over the line of the first, which ends without a word.
      if (answered === 2) request.socket.resetAndDestroy();
      else response.end(String(answered));
    });
    expect((await knockAt(url, knock)).body.toString()).toBe('1');
    expect((await knockAt(url, knock)).body.toString()).toBe('3');
  });
});
