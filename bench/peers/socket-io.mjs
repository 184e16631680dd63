// The peer: a bare Socket.io server that broadcasts a given text at a given pace. No storage, no order, no authority.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
http.listen(0, '127.0.0.1', () => process.send?.({ port: http.address().port }));

process.on('message', ({ broadcast }) => {
  if (broadcast === undefined) return;
  const { count, everyMs, body } = broadcast;
  const before = process.cpuUsage();
  let sent = 0;
  const timer = setInterval(() => {
    sent += 1;
    io.emit('room:events', { seq: sent, body });
    if (sent < count) return;
    clearInterval(timer);
    // What is still buffered is written in the same turn; the reader says when it has everything.
    process.once('message', () => {
      const { user, system } = process.cpuUsage(before);
      process.send?.({ cpuUs: user + system });
    });
  }, everyMs);
});
