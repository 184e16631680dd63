import type { Socket } from 'socket.io';

type Connection = Socket['conn'];

const MOST_BUFFERED = 1024 * 1024;
const MOST_UNDRAINED_MS = 10_000;
const CHECK_MS = 1_000;

/**
 * Ends connections that do not read: Socket.io would buffer for them without a limit. Whoever is cut comes back and
 * catches up by seq, so nothing is lost but time.
 */
export function createBackPressure(
  connections: () => Iterable<Connection>,
  onCut: (bufferedBytes: number) => void,
) {
  const drainedAt = new WeakMap<Connection, number>();
  const check = () => {
    const now = performance.now();
    for (const connection of connections()) {
      const bytes = bufferedBytes(connection);
      if (bytes === 0 || !drainedAt.has(connection)) {
        drainedAt.set(connection, now);
        continue;
      }
      const isStuck = now - (drainedAt.get(connection) ?? now) > MOST_UNDRAINED_MS;
      if (bytes <= MOST_BUFFERED && !isStuck) continue;
      onCut(bytes);
      end(connection);
    }
  };
  const timer = setInterval(check, CHECK_MS);
  timer.unref();
  return {
    watch: (connection: Connection): void => {
      const handleDrain = () => drainedAt.set(connection, performance.now());
      connection.on('drain', handleDrain);
      // What is told to many goes to the line itself.
      connection.request.socket.on('drain', handleDrain);
    },
    stop: () => clearInterval(timer),
  };
}

// -- reason: engine.io and ws have no public way to ask what is buffered; read as unknown, so that a change of
// theirs turns the check off instead of breaking it.
function bufferedBytes(connection: Connection): number {
  const inWebSocket: unknown = Reflect.get(webSocketOf(connection) ?? {}, 'bufferedAmount');
  const queue: unknown = Reflect.get(connection, 'writeBuffer');
  const inQueue = Array.isArray(queue)
    ? queue.reduce((sum: number, packet: unknown) => sum + sizeOf(packet), 0)
    : 0;
  return (typeof inWebSocket === 'number' ? inWebSocket : 0) + inQueue;
}

function sizeOf(packet: unknown): number {
  const content: unknown =
    typeof packet === 'object' && packet !== null ? Reflect.get(packet, 'data') : undefined;
  return typeof content === 'string' ? content.length : 1;
}

function webSocketOf(connection: Connection): object | undefined {
  const socket: unknown = Reflect.get(connection.transport, 'socket');
  return typeof socket === 'object' && socket !== null ? socket : undefined;
}

/** Without a goodbye: one who does not read would not read that either. */
function end(connection: Connection): void {
  const socket = webSocketOf(connection);
  const terminate: unknown = socket === undefined ? undefined : Reflect.get(socket, 'terminate');
  if (typeof terminate === 'function') terminate.call(socket);
  else connection.close(true);
}
