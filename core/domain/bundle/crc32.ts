const TABLE = makeTable();

/** CRC-32 of bytes (as zip has it); before: that of what came before them, 0 at the beginning. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  // By index, because this goes over hundreds of megabytes.
  for (let at = 0; at < bytes.length; at += 1) {
    crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  return ~crc >>> 0;
}

function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_none, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xed_b8_83_20 : crc >>> 1;
    return crc;
  });
}
