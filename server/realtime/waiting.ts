import type { Socket } from 'socket.io';

/** The line of one socket, whether or not it still hears anything. */
export type Line = Socket['conn'];

/** Bytes that a line was told and has not taken: in the queue of its connection, and what Engine.io holds back behind. */
export function bytesWaiting(line: Line): number {
  // -- reason: Engine.io has no public way to ask what it holds; read as unknown, so that a change of theirs leaves
  // the count of the connection itself.
  const held: unknown = Reflect.get(line, 'writeBuffer');
  const ofEngine = Array.isArray(held)
    ? held.reduce((sum: number, packet: unknown) => sum + sizeOf(packet), 0)
    : 0;
  return line.request.socket.writableLength + ofEngine;
}

/**
 * Changes whenever the line has taken anything. The queue's length does not say so, for it grows as well; neither does
 * an event of the stream, for that comes when everything is gone.
 */
export function takenMark(line: Line): string {
  const { socket } = line.request;
  // -- reason: how much of what is being written is left is known to the handle only; where there is none, whole
  // writes are counted.
  const handle: unknown = Reflect.get(socket, '_handle');
  const left: unknown =
    typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'writeQueueSize') : undefined;
  return `${socket.bytesWritten - socket.writableLength} ${String(left)}`;
}

function sizeOf(packet: unknown): number {
  if (typeof packet !== 'object' || packet === null) return 0;
  const options: unknown = Reflect.get(packet, 'options');
  const frames: unknown =
    typeof options === 'object' && options !== null ? Reflect.get(options, 'wsPreEncodedFrame') : undefined;
  if (Array.isArray(frames)) return frames.reduce((sum: number, frame: unknown) => sum + bytesOf(frame), 0);
  return bytesOf(Reflect.get(packet, 'data'));
}

function bytesOf(content: unknown): number {
  if (typeof content === 'string') return Buffer.byteLength(content);
  return content instanceof Uint8Array ? content.byteLength : 0;
}
