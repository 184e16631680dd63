import type { ServerMessages } from '../../core/contract/socket.ts';

type Name = keyof ServerMessages;

/** A message to many, made once: as Socket.io writes it, and framed for the line itself. */
export type Framed = {
  readonly text: string;
  readonly frame: Buffer;
  /** For what Engine.io holds back: it sends the same frame, so whoever waits holds no copy. */
  readonly options: { readonly compress: false; readonly wsPreEncodedFrame: readonly Buffer[] };
};

// Socket.io's protocol: packet 2 is an event; of Engine.io's: packet 4 is a message.
const EVENT = '2';
const MESSAGE = '4';

/** Serialises and frames a message, once for all who are told it. */
export function framed<N extends Name>(name: N, message: Parameters<ServerMessages[N]>[0]): Framed {
  const text = `${EVENT}${JSON.stringify([name, message])}`;
  const frame = textFrame(`${MESSAGE}${text}`);
  return { text, frame, options: { compress: false, wsPreEncodedFrame: [frame] } };
}

const TEXT_AND_LAST = 0x81;
const [TWO_BYTES, EIGHT_BYTES] = [126, 127];

/** One unmasked text frame of RFC 6455, section 5.2: what a server sends, in one buffer. */
function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const header = length < TWO_BYTES ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame.writeUInt8(TEXT_AND_LAST, 0);
  if (header === 2) frame.writeUInt8(length, 1);
  else if (header === 4) {
    frame.writeUInt8(TWO_BYTES, 1);
    frame.writeUInt16BE(length, 2);
  } else {
    frame.writeUInt8(EIGHT_BYTES, 1);
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, header);
  return frame;
}
