import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

// Files as people send them, and as they send them who mean ill. Made here: none is taken from anywhere.

type Rgba = readonly [number, number, number, number];

/** A PNG of one colour, whole. */
export function png(width: number, height: number, colour: Rgba = [180, 40, 30, 255]): Buffer {
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(width * 4, Buffer.of(...colour))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([pngHead(width, height), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** The first bytes of a PNG that states a size, and nothing behind them but its end: whoever believes it takes the memory. */
export function pngBomb(width: number, height: number): Buffer {
  const nothing = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([pngHead(width, height), chunk('IDAT', nothing), chunk('IEND', Buffer.alloc(0))]);
}

function pngHead(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head)]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The place that the picture below says it was taken at, as a camera writes it. */
export const GPS_PLACE = 'GPS 30/1 15/1 2991/100 N';

/** A JPEG with what a phone adds: where it was taken, by which camera, and that it lies on its side (6: turn right). */
export function withExif(jpeg: Uint8Array, orientation = 6): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM', 0, 'latin1');
  tiff.writeUInt16BE(42, 2);
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  // Orientation, one short.
  tiff.writeUInt16BE(0x0112, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const said = Buffer.from(`${GPS_PLACE}\0TestPhone 14\0`, 'latin1');
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, said]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** A PDF with one empty page. */
export function pdf(text = 'one'): Buffer {
  return Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n` +
      `3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\n%${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
    'latin1',
  );
}

export type ZipEntry = {
  readonly name: string;
  readonly data: string;
  /** What the directory says it unpacks to, where that is a lie. */
  readonly says?: number;
  readonly isLocked?: boolean;
};

/** A zip file. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data, says, isLocked = false } of entries) {
    const raw = Buffer.from(data);
    const packed = deflateRawSync(raw);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(isLocked ? 1 : 0, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(says ?? raw.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, Buffer.from(name)]),
    );
    locals.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, listed, end]);
}

const TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
} as const;

/** A document of an office program, as far as anybody looks. */
export function office(kind: keyof typeof TYPES, more: readonly ZipEntry[] = []): Buffer {
  const listed = `<Types><Override PartName="/main.xml" ContentType="${TYPES[kind]}"/></Types>`;
  return zip([{ name: '[Content_Types].xml', data: listed }, { name: 'main.xml', data: '<main/>' }, ...more]);
}
