const FINAL_BINARY = 0x82;

/** A message as it goes over the wire: a WebSocket frame (RFC 6455 5.2), made once and written to many sockets. */
export function frame(message: Uint8Array): Buffer {
  return fill(Buffer.allocUnsafe(sizeOf(message)), message);
}

/** One that is kept: in memory of its own, because in shared memory it would keep eight kilobytes of others'. */
export function lastingFrame(message: Uint8Array): Buffer {
  return fill(Buffer.allocUnsafeSlow(sizeOf(message)), message);
}

function sizeOf({ byteLength }: Uint8Array): number {
  return byteLength + headerOf(byteLength);
}

function headerOf(size: number): number {
  return size > 0xffff ? 10 : size > 125 ? 4 : 2;
}

function fill(framed: Buffer, message: Uint8Array): Buffer {
  const size = message.byteLength;
  const header = headerOf(size);
  framed[0] = FINAL_BINARY;
  if (header === 2) framed[1] = size;
  else if (header === 4) {
    framed[1] = 126;
    framed.writeUInt16BE(size, 2);
  } else {
    framed[1] = 127;
    framed.writeBigUInt64BE(BigInt(size), 2);
  }
  framed.set(message, header);
  return framed;
}
