import { EventEmitter } from 'node:events';
import type { Server } from 'socket.io';
import { describe, expect, it } from 'vitest';
import type { Presence, RoomEvents } from '../../core/contract/socket.ts';
import type { SessionId } from '../../core/domain/ids.ts';
import { createTelling } from './telling.ts';

const KB = 1024;
const sessionId = '00000000-0000-4000-8000-000000000000' as SessionId;
const presence = (online: number): Presence =>
  ({ sessionId, exact: true, online, byRole: [], named: null }) as never;
const events = { sessionId, events: [] } satisfies RoomEvents;

/** Two sockets of one channel: what each was written, in order. */
function hall() {
  const line = () => {
    const written: unknown[] = [];
    const queue = { writableLength: 0, writable: true };
    const emitter = Object.assign(new EventEmitter(), {
      readyState: 'open',
      transport: { writable: true },
      writeBuffer: [] as unknown[],
      request: { socket: { ...queue, write: (frame: Buffer) => written.push(said(frame)) } },
      write: (text: string, options: { wsPreEncodedFrame: Buffer[] }) => {
        expect(options.wsPreEncodedFrame[0]?.toString().endsWith(text)).toBe(true);
        emitter.writeBuffer.push({ data: text, options });
        written.push(said(Buffer.from(text)));
      },
    });
    return { written, line: emitter };
  };
  const lines = { one: line(), other: line() };
  const sockets = new Map(Object.entries(lines).map(([id, { line: conn }]) => [id, { conn }]));
  const rooms = new Map([['hall', new Set(sockets.keys())]]);
  const io = { of: () => ({ adapter: { rooms } }), sockets: { sockets } } as unknown as Server;
  return { telling: createTelling(io), ...lines };
}

/** How many are online in a message of presence, else the message's name. */
function said(frame: Buffer): unknown {
  const text = frame.toString();
  const [name, message] = JSON.parse(text.slice(text.indexOf('["')));
  return name === 'room:presence' ? message.online : name;
}

describe('createTelling', () => {
  it('does not tell passing things to whoever has 256 KB unread in the queue, and what lasts still [G4]', () => {
    const { telling, one, other } = hall();
    one.line.request.socket.writableLength = 256 * KB - 1;
    telling.passing(['hall'], 'room:presence', presence(1));
    one.line.request.socket.writableLength = 256 * KB;
    telling.passing(['hall'], 'room:presence', presence(2));
    telling.lasting('hall', 'room:events', events);
    expect(other.written).toEqual([1, 2, 'room:events']);
    expect(one.written).toEqual([1, 'room:events']);
  });

  it('counts what Engine.io holds back as well, in bytes [G4]', () => {
    const { telling, one, other } = hall();
    // 88 000 characters are more than 256 KB of UTF-8.
    one.line.writeBuffer.push({ data: '我'.repeat(88_000), options: {} });
    telling.passing(['hall'], 'room:presence', presence(1));
    expect([one.written, other.written]).toEqual([[], [1]]);
  });

  it('tells the newest of them once the line has drained', () => {
    const { telling, one } = hall();
    const { socket } = one.line.request;
    socket.writableLength = 300 * KB;
    for (const online of [1, 2, 3]) telling.passing(['hall'], 'room:presence', presence(online));
    one.line.emit('drain');
    expect(one.written).toEqual([]);
    socket.writableLength = 10;
    one.line.emit('drain');
    expect(one.written).toEqual([3]);
    one.line.emit('drain');
    telling.passing(['hall'], 'room:presence', presence(4));
    expect(one.written).toEqual([3, 4]);
  });

  it('takes its place behind what Engine.io holds back', () => {
    const { telling, one } = hall();
    one.line.transport.writable = false;
    telling.lasting('hall', 'room:events', events);
    expect([one.written, one.line.writeBuffer.length]).toEqual([['room:events'], 1]);
  });
});
