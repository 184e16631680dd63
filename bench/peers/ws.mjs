// The peer: a bare ws server that sends what one client says to every client in a loop. Nothing cheaper keeps one
// frame a message.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false }, () =>
  process.send?.({ port: server.address().port }),
);
server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => {
    const said = isBinary ? data : data.toString();
    for (const client of server.clients) client.send(said);
  });
});
