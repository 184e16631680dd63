const FINAL_BINARY = 0x82;

/** A message as it goes over the wire: a WebSocket frame (RFC 6455 5.2), made once and written to many sockets. */
export function frame(message: Uint8Array): Buffer {
  const size = message.byteLength;
  const header = size > 0xffff ? 10 : size > 125 ? 4 : 2;
  const framed = Buffer.allocUnsafe(header + size);
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
