// The peer: @y/websocket-server as it comes. It keeps texts in memory, stores nothing and acknowledges nothing.
import { setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false }, () =>
  process.send?.({ port: server.address().port }),
);
server.on('connection', (socket, request) => setupWSConnection(socket, request));
