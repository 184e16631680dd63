// The peer: a bare Socket.io server. What one client says is sent to all; nothing is stored, ordered or judged.
// Arguments, for one of several processes: classic | sharded | streams, and the address of Redis.
import { createServer } from 'node:http';
import { createAdapter, createShardedAdapter } from '@socket.io/redis-adapter';
import { createAdapter as createStreamsAdapter } from '@socket.io/redis-streams-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const [kind, address] = process.argv.slice(2);

async function adapter() {
  if (kind === undefined) return {};
  // Without a listener, as the client's documentation says, the first broken connection would end the process.
  const client = () =>
    createClient({ url: address })
      .on('error', () => undefined)
      .connect();
  if (kind === 'streams') return { adapter: createStreamsAdapter(await client()) };
  const make = kind === 'sharded' ? createShardedAdapter : createAdapter;
  return { adapter: make(await client(), await client()) };
}

const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  perMessageDeflate: false,
  serveClient: false,
  ...(await adapter()),
});
const counts = {};
let cast = 0;

io.on('connection', (socket) => {
  socket.on('post', (said, ack) => {
    io.emit('said', said);
    ack();
  });
  // As most who write this first would: whoever votes makes everybody hear the new numbers.
  socket.on('vote', (choice, ack) => {
    counts[choice] = (counts[choice] ?? 0) + 1;
    cast += 1;
    io.emit('said', { n: cast, counts });
    ack();
  });
});
http.listen(0, '127.0.0.1', () => process.send?.({ port: http.address().port }));
