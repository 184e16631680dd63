// The peer: a bare ws server that sends a given text to every client in a loop. Nothing cheaper keeps one frame a message.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false }, () =>
  process.send?.({ port: server.address().port }),
);

process.on('message', ({ broadcast }) => {
  if (broadcast === undefined) return;
  const { count, everyMs, body } = broadcast;
  const before = process.cpuUsage();
  let sent = 0;
  const timer = setInterval(() => {
    sent += 1;
    const text = JSON.stringify({ seq: sent, body });
    for (const client of server.clients) client.send(text);
    if (sent < count) return;
    clearInterval(timer);
    process.once('message', () => {
      const { user, system } = process.cpuUsage(before);
      process.send?.({ cpuUs: user + system });
    });
  }, everyMs);
});
