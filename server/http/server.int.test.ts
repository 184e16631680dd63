import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../testing/until.ts';
import { createHttpServer, listen, stopAccepting } from './server.ts';

const HOST = '127.0.0.1';

/** A server that says yes, and one connection to it that is kept open as a proxy keeps it. */
async function stage() {
  const app = express();
  app.post('/', (_request, response) => void response.send('yes'));
  const server = createHttpServer(app);
  onTestFinished(() => server.closeAllConnections());
  const port = await listen(server, { host: HOST, port: 0 });
  const kept = connect(port, HOST);
  onTestFinished(() => void kept.destroy());
  await once(kept, 'connect');
  return { server, port, kept, heard: hear(kept) };
}

function hear(connection: Socket): () => string {
  let heard = '';
  connection.on('data', (chunk: Buffer) => (heard += chunk.toString('utf8')));
  return () => heard;
}

const post = (connection: Socket) =>
  connection.write(`POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 0\r\n\r\n`);
const answers = (heard: string) => heard.split('HTTP/1.1 200').length - 1;

describe(stopAccepting.name, () => {
  it('answers what was on its way over a connection that was kept open, as the last on it', async () => {
    const { server, port, kept, heard } = await stage();
    post(kept);
    await until('the first answer is there', () => answers(heard()) === 1);
    const stopped = stopAccepting(server);
    const late = connect(port, HOST);
    const [refused] = await once(late, 'error');
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
    post(kept);
    await until('the second answer is there', () => answers(heard()) === 2);
    expect(heard().slice(heard().lastIndexOf('HTTP/1.1'))).toMatch(/^Connection: close\r$/m);
    await stopped;
  });

  it('ends at once when nobody keeps a connection, and after a moment when nothing comes over it', async () => {
    const { server, kept } = await stage();
    const gone = once(kept, 'close');
    await stopAccepting(server);
    await gone;
    const empty = createHttpServer(express());
    await listen(empty, { host: HOST, port: 0 });
    await stopAccepting(empty);
    expect(empty.listening).toBe(false);
  });
});

describe(listen.name, () => {
  it('has room for a whole hall that knocks in one moment', async () => {
    const { port } = await stage();
    // All in one turn, in which nobody is let in: whoever finds no room is dropped and knocks again a second later.
    const hall = Array.from({ length: 900 }, () => connect(port, HOST));
    onTestFinished(() => hall.forEach((one) => one.destroy()));
    const [first] = hall;
    if (first === undefined) throw new Error('nobody came');
    const heard = hear(first);
    post(first);
    await until('the first is answered', () => answers(heard()) === 1);
    expect(hall.filter(({ connecting }) => connecting)).toHaveLength(0);
  });
});
